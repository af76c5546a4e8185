namespace ConfigEngine.Cli.Cases;

/// <summary>What <c>cfg test</c> was told.</summary>
sealed record TestChoice
{
    /// <summary>The recipe, or the directory of recipes.</summary>
    public string Path { get; init; } = ".";

    /// <summary>Only the cases with these names, in which <c>*</c> and <c>?</c> are wildcards; all when empty.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>The cases whose pages are accepted.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>How many pages are accepted, whatever they are; null where they are named.</summary>
    public int? AcceptAll { get; init; }

    /// <summary>Whether it is said what no case shows.</summary>
    public bool Unseen { get; init; }

    /// <summary>Whether pages are accepted that differ in cfg's own words alone.</summary>
    public bool Rewords { get; init; }

    /// <summary>Whether it is tried which slips the pages would show.</summary>
    public bool Mutates { get; init; }

    /// <summary>Chooses one mutant of each resource; all when null.</summary>
    public int? Seed { get; init; }

    /// <summary>How long a recipe's code may run, and each of its lambdas for a host.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Directories whose files are trusted.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>Whether a case is meant.</summary>
    public bool Has(string name) => Filter.Count == 0 || Filter.Any(pattern => Glob.Matches(pattern, name));
}
