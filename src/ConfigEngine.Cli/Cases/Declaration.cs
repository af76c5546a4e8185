namespace ConfigEngine.Cli.Cases;

/// <summary>What a plan can show of a resource.</summary>
enum Shown
{
    /// <summary>It is made.</summary>
    Created,

    /// <summary>It is altered.</summary>
    Changed,

    /// <summary>It is removed.</summary>
    Removed,

    /// <summary>It is run.</summary>
    Run,

    /// <summary>It is in its desired state.</summary>
    Unchanged,

    /// <summary>A handler runs because of it.</summary>
    Handler,

    /// <summary>It cannot reach its desired state.</summary>
    Error,
}

/// <summary>One resource of a script, on all hosts and in all recipes: what plans showed of it, and what they could.</summary>
/// <param name="At">Where it is declared.</param>
/// <param name="Address">What it is called; the first name where there are several.</param>
sealed record Declaration(SourceLine At, string Address)
{
    readonly HashSet<Shown> shown = [];
    readonly HashSet<Shown> possible = [Shown.Error];
    readonly HashSet<string> attributes = [];
    readonly HashSet<string> possibleAttributes = [];

    /// <summary>What was shown.</summary>
    public IReadOnlyList<Shown> Seen => [.. shown.Order()];

    /// <summary>
    /// What is possible and was never shown. Of a thing that was changed, and so was there, nobody knows whether a host can be
    /// without it.
    /// </summary>
    public IReadOnlyList<Shown> Unseen =>
        [.. possible.Except(shown).Where(what => what is not Shown.Created || !shown.Contains(Shown.Changed)).Order()];

    /// <summary>The attributes that no plan showed.</summary>
    public IReadOnlyList<string> UnseenAttributes => [.. possibleAttributes.Except(attributes).Order(StringComparer.Ordinal)];

    /// <summary>Adds what a plan shows.</summary>
    public void Add(Entry entry)
    {
        var resource = entry.Resource;
        if (entry.Obstacle is not null)
            shown.Add(Shown.Error);
        if (entry is PlannedChange { Waits: false, IsUntold: false } planned)
        {
            var what = Of(planned.Change.Verb);
            shown.Add(what);
            if (what is not Shown.Unchanged && resource.Notifies.Count > 0)
                shown.Add(Shown.Handler);
            attributes.UnionWith(planned.Change.Attributes.Select(attribute => attribute.Name));
        }
        else if (entry is { Now: not null })
            shown.Add(Shown.Unchanged);

        possible.UnionWith(shown);
        if (!resource.IsRepeated)
            possible.Add(Shown.Unchanged);
        if (resource.Notifies.Count > 0)
            possible.Add(Shown.Handler);
        if (Unknowns.Of(resource).Count > 0)
            return;
        foreach (var draft in Drafts(entry).OfType<Draft>())
        {
            possible.Add(Of(draft.Verb));
            possibleAttributes.UnionWith(draft.Attributes.Select(attribute => attribute.Name));
        }
    }

    /// <summary>Adds what another recipe showed of it.</summary>
    public void Add(Declaration other)
    {
        shown.UnionWith(other.shown);
        possible.UnionWith(other.possible);
        attributes.UnionWith(other.attributes);
        possibleAttributes.UnionWith(other.possibleAttributes);
    }

    /// <summary>
    /// The changes that are possible, by the planner's own model: of a host that has nothing of it, and of one where somebody changed it
    /// by hand.
    /// </summary>
    static IEnumerable<Draft?> Drafts(Entry entry)
    {
        var resource = entry.Resource;
        var made = Try(resource.Guess);
        yield return made;
        var planned = entry as PlannedChange;
        if ((planned?.After ?? entry.Now ?? made?.After) is not { State: not null } state)
            yield break;
        yield return Try(() => Drift.Of(resource, state, planned?.Before) is { } drifted ? resource.Compare(drifted) : null);
    }

    static Draft? Try(Func<Draft?> draft)
    {
        try
        {
            return draft();
        }
        catch (Exception impossible) when (impossible is not OutOfMemoryException)
        {
            // No host has such a state.
            return null;
        }
    }

    static Shown Of(Verb verb) =>
        verb switch
        {
            Verb.Create => Shown.Created,
            Verb.Remove => Shown.Removed,
            Verb.Run => Shown.Run,
            Verb.Recheck => Shown.Unchanged,
            _ => Shown.Changed,
        };
}

/// <summary>The declarations of recipes.</summary>
sealed class Declarations
{
    readonly Dictionary<(SourceLine, string), Declaration> all = [];

    /// <summary>The declarations, in no order.</summary>
    public IReadOnlyCollection<Declaration> All => all.Values;

    /// <summary>Adds what the plan of a case shows.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="recipe">The recipe, for a resource whose line is not known.</param>
    public void Add(HostPlan plan, string recipe)
    {
        foreach (var entry in plan.Entries)
            Of(entry.Resource.Source ?? new(recipe, 1), entry.Resource.Kind, entry.Resource.Address).Add(entry);
    }

    /// <summary>Adds those of another recipe.</summary>
    public void Add(Declarations others)
    {
        foreach (var (key, other) in others.all)
            Of(key.Item1, key.Item2, other.Address).Add(other);
    }

    Declaration Of(SourceLine at, string kind, string address) =>
        all.TryGetValue((at, kind), out var known) ? known : all[(at, kind)] = new(at, address);
}
