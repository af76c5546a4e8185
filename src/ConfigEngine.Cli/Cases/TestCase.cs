using ConfigEngine.Cli.Cases.Mutating;
using ConfigEngine.Scripting;

namespace ConfigEngine.Cli.Cases;

/// <summary>A recipe on one recorded host: a plan, and the page that it is compared with.</summary>
/// <param name="Recipe">The recipe's path.</param>
/// <param name="Host">The host.</param>
/// <param name="State">The state that the host was recorded in; null for the one without a name.</param>
/// <param name="Recording">The recording's path.</param>
sealed record TestCase(string Recipe, string Host, string? State, string Recording)
{
    /// <summary>The endings of a page's two files, as Verify has them.</summary>
    public const string VerifiedEnding = ".verified.txt",
        ReceivedEnding = ".received.txt";

    /// <summary>Its name: <c>site.web1</c>, <c>site.web1.converged</c>.</summary>
    /// <remarks>A colon, as in <c>cut:3</c>, is no part of a file's name on Windows.</remarks>
    public string Name => $"{Path.GetFileNameWithoutExtension(Recipe)}.{Short}";

    /// <summary>Its name without the recipe's.</summary>
    public string Short => $"{Host}{(State is null ? "" : $".{State.Replace(':', '-')}")}";

    /// <summary>The page that was read and accepted.</summary>
    public string Verified => Beside(VerifiedEnding);

    /// <summary>The page of the last run, if it is another one.</summary>
    public string Received => Beside(ReceivedEnding);

    string Beside(string ending) => Path.Combine(Path.GetDirectoryName(Recipe) ?? "", Name + ending);
}

/// <summary>How a case ended.</summary>
enum Outcome
{
    /// <summary>The page is the accepted one.</summary>
    Passed,

    /// <summary>The page is another one.</summary>
    Differs,

    /// <summary>No page was accepted yet.</summary>
    New,

    /// <summary>There is no plan, or it must not be shown.</summary>
    Failed,
}

/// <summary>The result of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">How it ended.</param>
sealed record CaseResult(TestCase Case, Outcome Outcome)
{
    /// <summary>The page of this run; null where there is none.</summary>
    public string? Page { get; init; }

    /// <summary>The accepted page; null where there is none.</summary>
    public string? Accepted { get; init; }

    /// <summary>The digest of the plan, whatever the words on its page; null where there is none.</summary>
    public string? Digest { get; init; }

    /// <summary>Why new words were not accepted; null where they were, or where nobody asked for that.</summary>
    public string? NotReworded { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>From how many states of the host it was planned that nobody recorded.</summary>
    public int States { get; init; }

    /// <summary>What was not tried of it, for people; null where all was.</summary>
    public string? Untried { get; init; }

    /// <summary>The mutants that were tried; null where none was.</summary>
    public IReadOnlyList<Mutation>? Mutations { get; init; }

    /// <summary>The properties of which no other value is known to mutants.</summary>
    public IReadOnlyCollection<string> Unchanged { get; init; } = [];

    /// <summary>How long the plan took.</summary>
    public TimeSpan Time { get; init; }
}

/// <summary>The results of one recipe.</summary>
/// <param name="Recipe">Its path.</param>
/// <param name="Cases">Its cases, in order of host and state.</param>
sealed record RecipeResult(string Recipe, IReadOnlyList<CaseResult> Cases)
{
    /// <summary>Why it cannot be tested; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Hosts of its blocks that have no recording.</summary>
    public IReadOnlyList<string> Unrecorded { get; init; } = [];

    /// <summary>Warnings about it and its recordings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The scripts that it loaded; none where it could not be loaded.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The recordings that it used.</summary>
    public IReadOnlyList<string> Used { get; init; } = [];

    /// <summary>Its branches; null if they were not seen.</summary>
    public SeenBranches? Branches { get; init; }

    /// <summary>What its cases show; null if nobody asked for it.</summary>
    public Declarations? Declared { get; init; }
}
