namespace ConfigEngine.Resources;

/// <summary>The package manager's list of what can be installed: fetched again when it is older than wanted.</summary>
/// <example><code>new PackageIndex { MaxAge = TimeSpan.FromDays(1) }</code></example>
public sealed record PackageIndex : Resource<PackageIndex.State>
{
    /// <summary>What of a host the index is, for resources that depend on it.</summary>
    internal const string Aspect = "package-index";

    /// <summary>How old it may be; a day unless said otherwise.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override string Key => "apt";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        MaxAge > TimeSpan.Zero ? [] : ["MaxAge must be longer than nothing, or the index would be fetched at every apply"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [new(Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Aspect, "*")];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fresh">Whether it is young enough.</param>
    public sealed record State(bool? Fresh);

    /// <inheritdoc/>
    protected override State Desired => new(true);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_index_fresh {(long)MaxAge.TotalSeconds}",
            output =>
                new(
                    output.Properties["fresh"] switch
                    {
                        "true" => true,
                        "false" => false,
                        var other => throw new UnexpectedOutputException($"expected true or false, got \"{other}\""),
                    }
                )
        )
        {
            Prelude = Shell.Verbatim(Script.OfProbe("index")),
            Tools = ["apt-get"],
        };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        yield return new($"cfg_apt_update")
        {
            Title = "$ apt-get update",
            TellsFirstWrite = true,
            Deadline = TimeSpan.FromMinutes(16),
        };
    }
}
