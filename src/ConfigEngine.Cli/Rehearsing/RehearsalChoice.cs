namespace ConfigEngine.Cli.Rehearsing;

/// <summary>What <c>cfg rehearse</c> was told.</summary>
/// <param name="Run">The hosts, and how those are reached that are asked for their distribution.</param>
sealed record RehearsalChoice(RunChoice Run)
{
    /// <summary>The recipe; the nearest <c>infra.csx</c> when null.</summary>
    public string? Recipe { get; init; }

    /// <summary>The saved plan that is rehearsed; null where it is a recipe.</summary>
    public SavedPlan? Plan { get; init; }

    /// <summary>The directories that containers are made from, by host; the one without a name is for all others.</summary>
    public IReadOnlyDictionary<string, string> Roots { get; init; } = new Dictionary<string, string>();

    /// <summary>The distribution of all hosts without a directory; each has its own when null.</summary>
    public BaseName? System { get; init; }

    /// <summary>Where distributions are installed from; debootstrap's choice when null.</summary>
    public string? Mirror { get; init; }

    /// <summary>Whether distributions are installed again.</summary>
    public Installing Installing { get; init; }

    /// <summary>Directories of this machine that containers see, each with its place there.</summary>
    public IReadOnlyList<(string Source, string Target)> Mounts { get; init; } = [];

    /// <summary>Commands that are run in each container before it is planned: what hosts have and the recipe does not say.</summary>
    public IReadOnlyList<string> Prepare { get; init; } = [];

    /// <summary>Other names by which containers find a host.</summary>
    public IReadOnlyList<(string Host, string Name)> Aliases { get; init; } = [];

    /// <summary>The secrets that containers get.</summary>
    public SecretValues Secrets { get; init; }

    /// <summary>Whether containers reach anything besides each other.</summary>
    public Outside Outside { get; init; }
}

/// <summary>Whether containers reach anything besides each other.</summary>
enum Outside
{
    /// <summary>They reach what this machine reaches, but not this machine itself.</summary>
    Open,

    /// <summary>They only reach each other.</summary>
    Closed,
}

/// <summary>Whether a distribution that was installed for an earlier rehearsal is good enough.</summary>
enum Installing
{
    /// <summary>It is.</summary>
    Once,

    /// <summary>It is installed again, with the packages of today.</summary>
    Again,
}

/// <summary>The secrets that containers get.</summary>
enum SecretValues
{
    /// <summary>Stand-ins: those of the recordings, and made-up ones.</summary>
    StandIns,

    /// <summary>The real ones.</summary>
    Real,
}
