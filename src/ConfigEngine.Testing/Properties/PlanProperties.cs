namespace ConfigEngine.Testing;

/// <summary>
/// What must be true of the plan of every host, although no test says it: nothing runs without a guard, nothing is lost that the recipe
/// does not name, and an apply settles everything, also one that is cut off and made again.
/// </summary>
/// <param name="plan">The plan, without an error.</param>
/// <param name="answers">What the host answered to the probes of the plan.</param>
/// <param name="user">The user that the session acts as.</param>
sealed class PlanProperties(HostPlan plan, IReadOnlyDictionary<ProbeRequest, Output> answers, RunningAs? user)
{
    /// <summary>How many places of a plan are tried as the place where an apply is cut off.</summary>
    public const int MostCuts = 40;

    readonly IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks = [.. plan.Blocks.Select(block => block.Declared)];

    HostPlan? drifted;
    IReadOnlyList<Violation>? violations;
    int states;

    readonly IReadOnlyList<PlanStep> steps = PlanStep.Of(plan);

    /// <summary>What does not hold.</summary>
    public IReadOnlyList<Violation> Violations => violations ??= Found();

    /// <summary>What was not tried, for people; null where all was.</summary>
    public string? Untried =>
        steps.Count - 1 > MostCuts ? $"an apply that is cut off was tried at {MostCuts} of {steps.Count - 1} places" : null;

    /// <summary>The plan after something was changed by hand.</summary>
    public HostPlan Drifted => drifted ??= From(PredictedHost.Drifted(plan, default));

    /// <summary>From how many predicted states it was planned: converged, drifted, with owed handlers, cut off at each place.</summary>
    public int States
    {
        get
        {
            _ = Violations;
            return states;
        }
    }

    IReadOnlyList<Violation> Found()
    {
        var again = Again;
        return [.. Unguarded, .. Lost, .. again, .. again.Count > 0 ? [] : (IEnumerable<Violation>)[.. CutOff, .. Drift, .. Pending]];
    }

    IEnumerable<Violation> Unguarded =>
        plan
            .Entries.Where(entry => entry is PlannedChange && entry.Resource.IsRepeated)
            .Select(entry => new Violation(
                plan.Host,
                entry.Resource,
                "it is done at every apply, so a second plan is never empty",
                $"give it a guard (Creates, Unless or OnlyIf), or allow it: {Allow(entry.Resource, nameof(Expectation.MayRepeat))}"
            )
            {
                Unless = new(AllowanceKind.Repeats, entry.Resource.Address),
            });

    IEnumerable<Violation> Lost =>
        from planned in plan.Planned
        let lost = planned.Change.Effects.Where(IsUnnamedLoss).ToList()
        where lost.Count > 0
        select new Violation(
            plan.Host,
            planned.Resource,
            $"it {Text.List([.. EffectWords.Of(lost).Select(line => line.Text)])}, which the recipe does not name",
            $"declare it, or allow the loss: {Allow(planned.Resource, nameof(Expectation.MayLose))}"
        )
        {
            Unless = new(AllowanceKind.Loses, planned.Resource.Address),
        };

    bool IsUnnamedLoss(Effect effect) =>
        effect is { IsLoss: true, InAttributes: false, IsNamed: false } && !plan.Entries.Any(entry => entry.Resource.Key == effect.What);

    string Allow(Resource resource, string how) => $"Expect({Literal(plan.Host)}).{how}({Literal(resource.Address)}, because: \"…\")";

    static string Literal(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>What a second apply would change again.</summary>
    IReadOnlyList<Violation> Again
    {
        get
        {
            var second = From(PredictedHost.After(plan, steps.Count, default));
            return
            [
                .. Unsettled(second)
                    .DistinctBy(found => SubjectOf(found.Resource) ?? (object)found.Resource)
                    .Select(found => new Violation(
                        plan.Host,
                        found.Resource,
                        $"a second apply would change it again: {found.What}",
                        By(found.Resource) is { } other
                            ? $"keep only one of the two; {other.Address} is declared after it{At(other)}, and leaves it otherwise"
                            : "the state after its own change is not the desired one: see its Desired and its Converge"
                    )),
            ];
        }
    }

    /// <summary>What an apply that is cut off, and then made again, leaves otherwise than one that is not.</summary>
    IEnumerable<Violation> CutOff
    {
        get
        {
            HashSet<Resource> found = new(ReferenceEqualityComparer.Instance);
            foreach (var cut in Cuts)
            {
                var second = From(PredictedHost.After(plan, cut, default));
                var where = $"an apply that is cut off after step {cut} of {steps.Count} ({steps[cut - 1].Name})";
                foreach (var obstacle in second.Obstacles.Where(entry => found.Add(entry.Resource)))
                    yield return new(
                        plan.Host,
                        obstacle.Resource,
                        $"{where} cannot be made again: {Obstacle(obstacle)}",
                        "declare the two in another order, or let it accept the state between them"
                    );
                foreach (var left in LeftBy(second, $"{where} and made again").Where(left => found.Add(left.Resource)))
                    yield return left;
            }
        }
    }

    /// <summary>What an apply does not repair after something was changed by hand, or cannot even plan then.</summary>
    IEnumerable<Violation> Drift
    {
        get
        {
            var second = Drifted;
            foreach (var obstacle in second.Obstacles)
                yield return new(
                    plan.Host,
                    obstacle.Resource,
                    $"it cannot be planned after something was changed by hand: {Obstacle(obstacle)}",
                    "let it accept what somebody may do to the host, or say in the recipe what comes before it"
                );
            foreach (var left in LeftBy(second, "an apply after something was changed by hand"))
                yield return left;
        }
    }

    /// <summary>Handlers that an apply still owes, and that the next one does not run, and what that one leaves.</summary>
    IEnumerable<Violation> Pending
    {
        get
        {
            var second = From(PredictedHost.Owing(plan, default));
            foreach (var call in plan.Handlers.Where(call => second.Handlers.All(next => next.Handler.Name != call.Handler.Name)))
            {
                if (plan.Blocks.Select(block => block.NotifierOf(call)).OfType<Resource>().FirstOrDefault() is { } resource)
                    yield return new(
                        plan.Host,
                        resource,
                        $"where an apply ended before its handlers, the next one does not run \"{call.Handler.Name}\"",
                        "declare what notifies it for every state of the host, not only where something differs"
                    );
            }

            foreach (var left in LeftBy(second, "an apply that ended before its handlers, and was made again,"))
                yield return left;
        }
    }

    /// <summary>What an apply leaves unsettled; nothing where it cannot be planned, which is told by itself.</summary>
    IEnumerable<Violation> LeftBy(HostPlan second, string apply) =>
        second.Error is not null
            ? []
            : Unsettled(Plan(PredictedHost.After(second, PlanStep.Of(second).Count, default)))
                .Select(one => new Violation(
                    plan.Host,
                    one.Resource,
                    $"{apply} leaves it unsettled: {one.What}",
                    "what it wants must not depend on the state that it finds"
                ));

    /// <summary>The numbers of steps after which it is cut: all, or as many as are tried, from the first to the last but one.</summary>
    IEnumerable<int> Cuts =>
        steps.Count - 1 <= MostCuts
            ? Enumerable.Range(1, Math.Max(0, steps.Count - 1))
            : Enumerable.Range(0, MostCuts).Select(i => 1 + (i * (steps.Count - 2) / (MostCuts - 1))).Distinct();

    /// <summary>The plan from a state of the host.</summary>
    HostPlan From(PredictedHost state)
    {
        states++;
        return Plan(state);
    }

    HostPlan Plan(PredictedHost from) => Planner.Plan(plan.Host, blocks, answers, from.Owed, user, from);

    static IEnumerable<(Resource Resource, string What)> Unsettled(HostPlan second) =>
        second
            .Planned.Where(planned => planned.Change.Verb is not Verb.Recheck && !planned.Resource.IsRepeated)
            .Select(planned =>
                (
                    planned.Resource,
                    planned.Change.Attributes.Count == 0
                        ? "it would be made again"
                        : string.Join(", ", planned.Change.Attributes.Select(attribute => attribute.Name))
                )
            )
            .Concat(second.Obstacles.Select(entry => (entry.Resource, Obstacle(entry))));

    /// <summary>The last resource that shares its state with another one, and is declared after it.</summary>
    Resource? By(Resource resource) =>
        SubjectOf(resource) is { } subject
        && plan.Planned.LastOrDefault(planned => !planned.Waits && SubjectOf(planned.Resource) == subject)?.Resource is { } last
        && last != resource
            ? last
            : null;

    /// <summary>What a resource shares as a whole with others: what undoes it there undoes all that follow, and is told once.</summary>
    static string? SubjectOf(Resource resource) => resource.FirstProbe is { Subject: { } subject, Put: null } ? subject : null;

    static string At(Resource resource) => resource.Source is { } at ? $" at {at}" : "";

    static string First(string? message) => (message ?? "").Split('\n')[0];

    /// <summary>What is in the way of a resource, without the place and the name that are told already.</summary>
    static string Obstacle(Entry entry) =>
        First(entry.Obstacle?.Message) is var said
        && said.IndexOf($"{entry.Resource.Address}: ", StringComparison.Ordinal) is >= 0 and var at
            ? said[(at + entry.Resource.Address.Length + 2)..]
            : said;
}
