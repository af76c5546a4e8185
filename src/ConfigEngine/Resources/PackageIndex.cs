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
    public override string Key => "host";

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
