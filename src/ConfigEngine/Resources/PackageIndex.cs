namespace ConfigEngine.Resources;

/// <summary>The package manager's list of packages that can be installed. It is fetched again when it is too old.</summary>
/// <theme>packages</theme>
/// <example><code>new PackageIndex { MaxAge = TimeSpan.FromDays(1) }</code></example>
public sealed record PackageIndex : Resource<PackageIndex.State>
{
    /// <summary>The index as an aspect of a host, for resources that depend on it.</summary>
    internal const string Aspect = "package-index";

    /// <summary>The greatest age of the list; one day by default.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override string Key => "host";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        MaxAge > TimeSpan.Zero ? [] : ["MaxAge must be more than 0, or the index would be fetched at every apply"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [new(Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Aspect, "*")];

    /// <summary>What a plan compares.</summary>
    /// <param name="Fresh">Whether the list is new enough.</param>
    public sealed record State(bool? Fresh)
    {
        /// <summary>The package manager that answered.</summary>
        internal PackageTool Tool { get; init; } = PackageTool.Usual;
    }

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
                {
                    Tool = PackageTool.Named(output.Properties["manager"]),
                }
        )
        {
            Prelude = PackageTool.Prelude,
            AnyTool = PackageTool.Commands,
        };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var tool = diff.Actual?.Tool ?? PackageTool.Usual;
        yield return new(tool.Refresh)
        {
            Title = $"$ {tool.Update}",
            TellsFirstWrite = true,
            Deadline = TimeSpan.FromMinutes(16),
        };
    }
}
