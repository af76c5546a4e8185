namespace ConfigEngine.Resources;

/// <summary>
/// A directory that the NFS server does not serve: its file in /etc/exports.d is removed, and the kernel serves it no more. What is in it
/// stays.
/// </summary>
/// <theme>storage</theme>
/// <example><code>new NoNfsExport("/srv/share")</code></example>
/// <param name="Path">The directory, as in <see cref="NfsExport"/>.</param>
public sealed record NoNfsExport(string Path) : Resource<NoNfsExport.State>
{
    /// <inheritdoc/>
    public override string Key => Path;

    string File => NfsExport.FileOf(Path);

    /// <summary>What a plan compares.</summary>
    /// <param name="File">The type of its file: <c>nothing</c>, or the name that stat(1) gives it.</param>
    /// <param name="Served">Whether the kernel serves it.</param>
    public sealed record State(string? File, bool? Served);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => NfsExport.PathProblems(Path);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoPath(File)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. Writes, Aspect.Path("/etc/exports")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new("nfs-export", Path), Aspect.Path(File)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected override State Desired => new("nothing", false);

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_no_nfs_export {Path} {File}", Parse)
        {
            Needs = output =>
            {
                var (said, file) = AnswerHead.Until(output, "file");
                return PathProbe
                    .Denials(File, file)
                    .Concat(
                        said["other"] is { Length: > 0 } other
                            ?
                            [
                                new Need(Aspect.Path(other), $"{other} exports it, too")
                                {
                                    Hint = $"take that line out first: new NoLine(\"{other}\") {{ Matching = … }}",
                                },
                            ]
                            : []
                    );
            },
        };

    static State? Parse(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "file");
        var (type, isServed) = (PathProbe.TypeAt(rest), NfsClient.Parse(said["served"]).Count > 0);
        return type is "absent" && !isServed && said["other"].Length == 0
            ? null
            : new(type is "absent" ? "nothing" : type, isServed || said["other"].Length > 0);
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.File))
            yield return new($"cfg_remove {PathProbe.Parent(File)} {File[(File.LastIndexOf('/') + 1)..]}")
            {
                TellsFirstWrite = true,
                Title = $"remove {File}",
            };
        yield return new($"cfg_nfs_reload") { Title = "$ exportfs -ra" };
    }
}
