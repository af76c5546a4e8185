namespace ConfigEngine.Cli.Rehearsing;

/// <summary>What a rehearsal showed.</summary>
/// <param name="Recipe">The recipe, as messages show it.</param>
/// <param name="Hosts">The hosts that containers stood in for.</param>
sealed record Rehearsal(string Recipe, IReadOnlyList<RehearsedHost> Hosts)
{
    /// <summary>The lines of a saved plan, where one was rehearsed.</summary>
    public IReadOnlyList<SavedLine> Saved { get; init; } = [];

    /// <summary>Every line of every host.</summary>
    public IEnumerable<LineOutcome> Lines => Hosts.SelectMany(host => host.Lines);

    /// <summary>The lines of each kind of resource, sorted.</summary>
    public IEnumerable<IGrouping<string, LineOutcome>> Kinds =>
        Lines.GroupBy(line => line.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal);

    /// <summary>Whether something could not be done.</summary>
    public bool Failed => Hosts.Any(host => host.Errors.Count > 0 || host.Lines.Any(line => line.Result is LineResult.Failed));

    /// <summary>Whether all came out as planned, and a second plan would be empty.</summary>
    public bool IsAsPlanned =>
        !Failed && Lines.All(line => line.IsAsSaid) && Hosts.All(host => host.Again.Count == 0) && Saved.All(line => line.Problem is null);
}

/// <summary>A host that a container stood in for.</summary>
/// <param name="Host">Its name.</param>
/// <param name="System">The container's distribution, for people.</param>
sealed record RehearsedHost(string Host, string? System)
{
    /// <summary>What became of the lines of its plan.</summary>
    public IReadOnlyList<LineOutcome> Lines { get; init; } = [];

    /// <summary>What a second plan would change again.</summary>
    public IReadOnlyList<Change> Again { get; init; } = [];

    /// <summary>Why it could not be planned, or not be applied.</summary>
    public IReadOnlyList<CfgException> Errors { get; init; } = [];

    /// <summary>How many of its lines have a result.</summary>
    public int Count(LineResult result) => Lines.Count(line => line.Result == result);
}

/// <summary>A line of a saved plan, and whether the container came to what it shows.</summary>
/// <param name="Host">The host.</param>
/// <param name="Address">The resource's address.</param>
/// <param name="Problem">What is not as it shows; null where all is.</param>
sealed record SavedLine(string Host, string Address, string? Problem);
