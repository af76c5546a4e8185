using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases.Mutating;

/// <summary>
/// Plans one case again with each mutant of its resources, from the answers that the case was planned from. The recipe is not run again:
/// a resource of the plan is exchanged, and the planner does the rest.
/// </summary>
/// <param name="one">The case.</param>
/// <param name="plan">Its plan.</param>
/// <param name="session">Its recording.</param>
/// <param name="seed">Chooses one mutant of each resource; all when null.</param>
sealed class CaseMutants(TestCase one, HostPlan plan, ISession session, int? seed)
{
    readonly Dictionary<ProbeRequest, Output> answers = [];

    readonly IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks = [.. plan.Blocks.Select(block => block.Declared)];

    /// <summary>Properties of which no other value is known.</summary>
    public HashSet<string> Unchanged { get; } = [];

    /// <summary>The mutants, each with whether the page is another one with it.</summary>
    public async Task<IReadOnlyList<Mutation>> Run(CancellationToken ct)
    {
        var page = await PageOf(blocks, ct);
        if (page is null)
            return [];
        List<Mutation> tried = [];
        foreach (var (block, entry) in plan.Blocks.SelectMany(block => block.Entries, (block, entry) => (block, entry)))
        {
            foreach (var mutant in Chosen(Mutant.Of(entry.Resource, name => Unchanged.Add(name))))
            {
                ct.ThrowIfCancellationRequested();
                var other = await PageOf(With(block.Number, mutant), ct);
                var isNoticed = other?.Page != page.Page;
                tried.Add(
                    new(entry.Resource.Source, entry.Resource.Address, mutant.Property, mutant.What)
                    {
                        Noticed = isNoticed ? [one.Name] : [],
                        Unnoticed = isNoticed ? [] : [(one.Name, other?.Runs == page.Runs ? SightOf(entry) : Sight.Hidden)],
                    }
                );
            }
        }

        return tried;
    }

    IEnumerable<Mutant> Chosen(IReadOnlyList<Mutant> mutants)
    {
        if (seed is not { } chosen)
            return mutants;
        // Not the hash code of .NET, which is another one in every process.
        var place = mutants[0].Original.Address.Aggregate((uint)chosen * 2654435761, (hash, c) => (hash ^ c) * 16777619);
        return [mutants[(int)(place % (uint)mutants.Count)]];
    }

    static Sight SightOf(Entry entry) =>
        entry switch
        {
            { Obstacle: not null } => Sight.Refused,
            PlannedChange { Waits: true } or PlannedChange { Change: { Certainty: Certainty.Unknown, Operations: [] } } => Sight.Unknown,
            PlannedChange { Change.Verb: not Verb.Recheck } => Sight.Same,
            _ => Sight.UpToDate,
        };

    IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> With(int number, Mutant mutant) =>
        [
            .. blocks.Select(block =>
                block.Number == number
                    ? (
                        number,
                        [
                            .. block
                                .Resources.Select(resource => ReferenceEquals(resource, mutant.Original) ? mutant.Resource : resource)
                                .OfType<Resource>(),
                        ]
                    )
                    : block
            ),
        ];

    /// <summary>
    /// The page of the resources, and what an apply would run; null where there is none, because they contradict each other or the
    /// recording has no answer.
    /// </summary>
    async Task<PageAndRuns?> PageOf(IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> resources, CancellationToken ct)
    {
        try
        {
            List<Resource> all = [.. resources.SelectMany(block => block.Resources)];
            Conflicts.Check(plan.Host, all);
            IReadOnlyList<ProbeRequest> more = [.. Planner.Probes(all).Where(request => !answers.ContainsKey(request))];
            if (more.Count > 0)
                foreach (var (request, answer) in await Probing.Ask(session, more, ct))
                    answers[request] = answer;
            var planned = Planner.Plan(plan.Host, resources, answers, plan.Kept.Owed, session.Facts.RunningAs);
            planned = await Simulation.Ask(session, planned, ct);
            return new(
                PlanPage.Of(new([plan with { Blocks = planned.Blocks, Error = planned.Error }])),
                string.Join(' ', planned.Planned.Select(entry => entry.Runs))
            );
        }
        catch (CfgException)
        {
            return null;
        }
    }

    sealed record PageAndRuns(string Page, string Runs);
}
