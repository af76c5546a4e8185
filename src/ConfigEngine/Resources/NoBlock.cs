namespace ConfigEngine.Resources;

/// <summary>
/// A block that a file does not have: the lines that a <see cref="Block"/> put there are removed, with its markers.
/// </summary>
/// <theme>files</theme>
/// <example><code>new NoBlock("/etc/ssh/ssh_config", "keepalive")</code></example>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
/// <param name="Name">The block's name.</param>
public sealed record NoBlock(string Path, string Name) : Resource<PathState>
{
    /// <summary>The text that begins a comment in the file, the same as in the <see cref="Block"/>; <c>#</c> by default.</summary>
    public string Comment { get; init; } = "#";

    /// <inheritdoc/>
    public override string Key => $"{Path}: {Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => [.. PathProbe.Problems(Path), .. Region.Problems(Name, Comment, [])];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new(null);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => new PathProbe(Path, "file").Probe;

    /// <inheritdoc/>
    protected override PathState? Towards(PathState? actual) =>
        actual is null ? null : TextFile.Edit(actual, Path, lines => new Region(Name, Comment).Remove(lines));

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.NamesLeft(diff);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
