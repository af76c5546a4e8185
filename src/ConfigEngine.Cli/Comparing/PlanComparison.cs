using ConfigEngine.Rendering;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Comparing;

/// <summary>What two revisions plan, side by side.</summary>
/// <param name="Before">The name of the first side.</param>
/// <param name="After">The name of the second one.</param>
/// <param name="Recipes">The recipes, each in each state that its hosts were recorded in.</param>
sealed record PlanComparison(string Before, string After, IReadOnlyList<RecipeComparison> Recipes)
{
    /// <summary>The hosts whose plans differ, once for each recipe and state.</summary>
    public IReadOnlyList<HostComparison> Different => [.. Recipes.SelectMany(recipe => recipe.Hosts).Where(host => host.Differs)];

    /// <summary>How many plans are the same.</summary>
    public int Equal => Recipes.Sum(recipe => recipe.Hosts.Count(host => host is { Differs: false, Problem: null }));

    /// <summary>How many of these have the same errors on both sides.</summary>
    public int EqualErrors => Recipes.Sum(recipe => recipe.Hosts.Count(host => host is { Differs: false, HasErrors: true }));

    /// <summary>The hosts that could not be compared.</summary>
    public IReadOnlyList<HostComparison> Failed => [.. Recipes.SelectMany(recipe => recipe.Hosts).Where(host => host.Problem is not null)];

    /// <summary>Whether a recipe or a host could not be compared.</summary>
    public bool HasProblems => Failed.Count > 0 || Recipes.Any(recipe => recipe.Problem is not null);

    /// <summary>Whether a plan, or the order of its hosts, is another one.</summary>
    public bool Differs => Different.Count > 0 || Recipes.Any(recipe => recipe.OrderDiffers);
}

/// <summary>One recipe, on hosts in one state.</summary>
/// <param name="Recipe">Its path, relative to the repository's top.</param>
/// <param name="State">The state in which the hosts were recorded; null for the one without a name, and for hosts themselves.</param>
sealed record RecipeComparison(string Recipe, string? State)
{
    /// <summary>Its hosts.</summary>
    public IReadOnlyList<HostComparison> Hosts { get; init; } = [];

    /// <summary>Its hosts that have no recording.</summary>
    public IReadOnlyList<string> Unrecorded { get; init; } = [];

    /// <summary>Why it could not be planned at all; null where it could.</summary>
    public string? Problem { get; init; }

    /// <summary>The sentences about the order of hosts, of each side.</summary>
    public (IReadOnlyList<string> Before, IReadOnlyList<string> After) Order { get; init; } = ([], []);

    /// <summary>Whether hosts are changed in another order.</summary>
    public bool OrderDiffers => !Order.Before.SequenceEqual(Order.After);

    /// <summary>The recipe and the state, for people.</summary>
    public string Title => State is null ? Recipe : $"{Recipe} ({State})";
}

/// <summary>The two plans of a host.</summary>
/// <param name="Host">Its name.</param>
/// <param name="System">Its system, where it is known.</param>
/// <param name="Resources">The resources and handlers that differ.</param>
sealed record HostComparison(string Host, string? System, IReadOnlyList<ResourceComparison> Resources)
{
    /// <summary>Why it could not be compared; null where it could.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether both plans have errors, so that neither can be applied.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Whether its plans differ.</summary>
    public bool Differs => Resources.Count > 0;

    /// <summary>Compares the plans of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="before">The first plan; null where the recipe has nothing for the host.</param>
    /// <param name="after">The second one.</param>
    /// <param name="clean">Removes from a text what only one of the sides can have: secrets, and where its files are.</param>
    /// <param name="named">Names in a text the side that a file is of.</param>
    public static HostComparison Of(string host, HostPlan? before, HostPlan? after, Func<string, string> clean, Func<string, string> named)
    {
        var system = (after ?? before)?.System;
        return (Failure(before) ?? Failure(after)) is { } failure
            ? new(host, system, []) { Problem = named(ErrorText.Of(host, failure)) }
            : new(host, system, [.. Differences(Parts(before, clean), Parts(after, clean))])
            {
                HasErrors = before?.Error is not null && after?.Error is not null,
            };
    }

    /// <summary>Why there is no plan. A host with obstacles has one, and they are part of it.</summary>
    static CfgException? Failure(HostPlan? plan) => plan is { Error: { } error } && !plan.Obstacles.Any() ? error : null;

    /// <summary>What a plan says of each resource and handler, in order.</summary>
    static List<Part> Parts(HostPlan? plan, Func<string, string> clean)
    {
        if (plan is null)
            return [];
        List<Part> parts =
        [
            .. plan.Entries.Select(entry => new Part(
                Compared.Resource,
                entry.Resource.Address,
                Lines(plan.Host, entry, clean),
                entry is PlannedChange planned ? planned.Runs : "",
                entry is PlannedChange { Change.Verb: not Verb.Recheck }
            )),
            .. plan.Handlers.Select(call => new Part(
                Compared.Handler,
                $"handler {call.Handler.Name}",
                [.. HostText.Handler(call, PlanPage.Options).Select(line => clean(PlanPage.WithoutPlaces(line.ToString())))],
                "",
                IsChange: false
            )),
        ];

        // An address is there once, but nothing here depends on it.
        return
        [
            .. parts
                .GroupBy(part => part.Name)
                .SelectMany(same => same.Select((part, i) => i == 0 ? part : part with { Name = $"{part.Name} ({i + 1})" })),
        ];
    }

    static IReadOnlyList<string> Lines(string host, Entry entry, Func<string, string> clean) =>
        PlanPage.Lines(host, entry) is { Count: > 0 } lines ? [.. lines.Select(clean)] : ["in the desired state"];

    static IEnumerable<ResourceComparison> Differences(List<Part> before, List<Part> after)
    {
        var (old, now) = (before.ToDictionary(part => part.Name), after.ToDictionary(part => part.Name));
        foreach (var gone in before.Where(part => !now.ContainsKey(part.Name)))
            yield return new(gone.What, gone.Name, gone.Lines, null);
        foreach (var part in after)
        {
            if (!old.TryGetValue(part.Name, out var was))
                yield return new(part.What, part.Name, null, part.Lines);
            else if (!was.Lines.SequenceEqual(part.Lines))
                yield return new(part.What, part.Name, was.Lines, part.Lines);
            else if (was.Runs != part.Runs)
                yield return new(part.What, part.Name, was.Lines, [.. part.Lines, RunsOtherwise]);
        }

        List<string> first = [.. Changes(before, now)],
            second = [.. Changes(after, old)];
        if (!first.SequenceEqual(second))
            yield return new(Compared.Order, "order of the changes", first, second);

        static IEnumerable<string> Changes(List<Part> parts, Dictionary<string, Part> others) =>
            parts.Where(part => part.IsChange && others.TryGetValue(part.Name, out var other) && other.IsChange).Select(part => part.Name);
    }

    /// <summary>A line for a change that is shown alike and is made in another way.</summary>
    const string RunsOtherwise = "it is made in another way: a script of it differs";

    sealed record Part(Compared What, string Name, IReadOnlyList<string> Lines, string Runs, bool IsChange);
}

/// <summary>A resource or a handler of which two plans say different things.</summary>
/// <param name="What">Which of these it is.</param>
/// <param name="Name">Its address.</param>
/// <param name="Before">What the first plan says; null where it is not in it.</param>
/// <param name="After">What the second one says; null where it is not in it.</param>
sealed record ResourceComparison(Compared What, string Name, IReadOnlyList<string>? Before, IReadOnlyList<string>? After);

/// <summary>What is compared.</summary>
enum Compared
{
    /// <summary>A resource.</summary>
    Resource,

    /// <summary>A handler that runs.</summary>
    Handler,

    /// <summary>The order of the changes that both plans have.</summary>
    Order,
}
