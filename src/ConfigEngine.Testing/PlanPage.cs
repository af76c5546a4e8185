using System.Text;
using System.Text.RegularExpressions;
using ConfigEngine.Rendering;

namespace ConfigEngine.Testing;

/// <summary>
/// A plan as a page for reviews: everything that would be changed and run, in full, without what changes by itself: no place in a
/// script, no width of a terminal, no time. It ends with what would not be settled after the plan was applied, if there is anything.
/// </summary>
/// <example><code>Snapshot.Verify(PlanPage.Of(plan));</code></example>
public static partial class PlanPage
{
    /// <summary>The page of all hosts of a plan; hosts with the same changes are together.</summary>
    public static string Of(Plan plan)
    {
        StringBuilder page = new(Text(plan));
        foreach (var host in plan.Hosts)
            page.Append(Rest(host, plan.Hosts.Count > 1 ? $" on {host.Host}" : ""));
        return page.ToString();
    }

    static string Text(Plan plan) => WithoutPlaces(Ansi.Plain(PlanText.Render(plan, Options)));

    /// <summary>Everything is shown, but for what changes by itself.</summary>
    internal static PlanTextOptions Options { get; } =
        new()
        {
            Verbose = true,
            Places = false,
            Diff = DiffDetail.Full,
        };

    /// <summary>A text with the names of scripts only, where it has places in them.</summary>
    internal static string WithoutPlaces(string text) => Place().Replace(text, place => place.Groups["file"].Value);

    /// <summary>What a page says of one resource of a host; nothing where the resource is in the desired state.</summary>
    internal static IReadOnlyList<string> Lines(string host, Entry entry) =>
        [
            .. (
                entry.Obstacle is { } obstacle ? Marks.Error(ErrorText.Of(host, obstacle), null)
                : entry is PlannedChange planned ? ChangeText.Of(planned.Change, Options)
                : []
            ).Select(line => WithoutPlaces(line.ToString())),
        ];

    static string Rest(HostPlan host, string where)
    {
        var rest = SecondPlan.Of(host);
        return rest.Count == 0
            ? ""
            : $"\nApplied again{where}, it would still change:\n{string.Concat(rest.Select(line => $"  {line}\n"))}";
    }

    // recipes/site.csx(12,5): the line is another one after every edit above it, and the directory where cfg runs elsewhere.
    [GeneratedRegex(@"(?:[^\s""(]*/)?(?<file>[^\s""(/]+\.csx)\(\d+,\d+\)")]
    private static partial Regex Place();
}

/// <summary>
/// The plan after the plan, by the planner's own predictions: each resource compared with the state that the plan leaves. It finds
/// resources that never settle, and resources that undo each other.
/// </summary>
static class SecondPlan
{
    /// <summary>The addresses of what would be changed again, with the reason.</summary>
    public static IReadOnlyList<string> Of(HostPlan plan)
    {
        var entries = plan.Blocks.SelectMany(block => block.Entries).Where(entry => entry.Obstacle is null).ToList();
        Dictionary<string, (Resource By, Observed State)> left = [];
        foreach (var entry in entries.OfType<PlannedChange>())
        {
            if (entry is { After: { } after, Probe: { Subject: { } subject, Put: null } })
                left[subject] = (entry.Resource, entry.Resource.OfSubject(after));
        }

        return [.. entries.Select(entry => Again(entry, left)).OfType<string>()];
    }

    static Draft? Compared(Resource resource, Observed state)
    {
        try
        {
            return resource.Compare(state);
        }
        catch (CfgException)
        {
            // A part of the state, such as the version of a new package, is known only when it is there.
            return null;
        }
    }

    static string? Again(Entry entry, Dictionary<string, (Resource By, Observed State)> left)
    {
        // What the host decides only then is not known to be settled, and not known to be unsettled.
        if (entry is PlannedChange { Waits: true } or PlannedChange { Change.Certainty: Certainty.Unknown })
            return null;
        var resource = entry.Resource;
        if (entry is PlannedChange { Change.Verb: not Verb.Recheck } && !resource.IsVerified)
            return $"{resource.Address}: it is done at every apply";
        if ((entry is PlannedChange { After: { } after } ? after : entry.Now) is not { } own)
            return null;
        var probe = resource.FirstProbe;
        var last =
            probe is { Subject: { } subject, Put: null } && left.TryGetValue(subject, out var found) ? found : (By: resource, State: own);
        if (Compared(resource, last.State) is not { } draft)
            return null;
        var what = string.Join(", ", draft.Attributes.Select(attribute => attribute.Name));
        return $"{resource.Address}{(what.Length == 0 ? "" : $": {what}")}"
            + (ReferenceEquals(last.By, resource) ? "" : $" (by {last.By.Address}, which is declared after it)");
    }
}
