namespace ConfigEngine.Planning;

/// <summary>
/// A host in a state that nobody observed: as a plan leaves it, by the planner's own predictions, after some of its steps. It can be
/// planned like a host. A resource whose state the predictions do not tell is named, and nothing is assumed for it.
/// </summary>
sealed class PredictedHost
{
    readonly Dictionary<(string Kind, string Key), Settled> settled = [];
    readonly List<HostModel.Written> written = [];

    PredictedHost() { }

    /// <summary>What was done to the host: a plan sees these changes as it sees its own earlier ones.</summary>
    public IReadOnlyList<HostModel.Written> Written => written;

    /// <summary>The handlers that are owed.</summary>
    public IReadOnlyList<Owed> Owed { get; private init; } = [];

    /// <summary>The resources whose state is not told, with the reason.</summary>
    public IEnumerable<(string Address, string Why)> Untold =>
        settled.Values.Where(one => one.Untold is not null).Select(one => (one.Resource.Address, one.Untold ?? ""));

    /// <summary>A resource's state; null where the host is as it was observed.</summary>
    public Settled? Of(Resource resource) => settled.GetValueOrDefault((resource.Kind, resource.Key));

    /// <summary>The host after some steps of a plan.</summary>
    /// <param name="plan">The plan, from observations.</param>
    /// <param name="steps">How many of its steps are done.</param>
    /// <param name="now">The time since which handlers are owed.</param>
    public static PredictedHost After(HostPlan plan, int steps, DateTimeOffset now)
    {
        var all = PlanStep.Of(plan);
        IReadOnlyList<PlanStep> done = [.. all.Take(steps)];
        return After(plan, done, done.Count == all.Count ? null : done, now);
    }

    /// <summary>The host after all changes of a plan, before any of its handlers.</summary>
    public static PredictedHost Owing(HostPlan plan, DateTimeOffset now) =>
        After(plan, [.. PlanStep.Of(plan).Where(step => step.Handler is null)], null, now);

    /// <summary>The host after all of a plan, and after somebody changed by hand what can be changed.</summary>
    public static PredictedHost Drifted(HostPlan plan, DateTimeOffset now)
    {
        var host = After(plan, PlanStep.Of(plan).Count, now);
        Dictionary<string, Observed> bySubject = [];
        var before = plan
            .Planned.Where(planned => planned.Before is not null && SubjectOf(planned) is not null)
            .GroupBy(planned => SubjectOf(planned) ?? "")
            .ToDictionary(group => group.Key, group => group.First().Before);

        // What several resources share drifts once, for all of them; the last one knows its whole state.
        foreach (var entry in plan.Entries.Reverse())
        {
            var key = (entry.Resource.Kind, entry.Resource.Key);
            if (!host.settled.TryGetValue(key, out var one) || one.State is not { } state)
                continue;
            var subject = SubjectOf(entry);
            if (subject is not null && bySubject.TryGetValue(subject, out var shared))
            {
                host.settled[key] = one with { State = shared };
                continue;
            }

            var was = subject is not null ? before.GetValueOrDefault(subject) : (entry as PlannedChange)?.Before;
            host.settled[key] = Drift.Of(entry.Resource, state, was) is { } drifted
                ? one with
                {
                    State = drifted,
                }
                : one with
                {
                    State = null,
                    Untold = "the model has no other state for it",
                };
            if (subject is not null && host.settled[key].State is { } made)
                bySubject[subject] = made;
        }

        return host;
    }

    /// <param name="plan">The plan.</param>
    /// <param name="done">The steps that are done.</param>
    /// <param name="cut">The same where others are not done, and null where all changes are made.</param>
    /// <param name="now">The time.</param>
    static PredictedHost After(HostPlan plan, IReadOnlyList<PlanStep> done, IReadOnlyList<PlanStep>? cut, DateTimeOffset now)
    {
        var made = done.SelectMany(step => step.Changes).ToHashSet<Entry>(ReferenceEqualityComparer.Instance);
        PredictedHost host = new() { Owed = OwedAfter(plan, made, done, now) };
        Dictionary<string, HostModel.Written> left = [];
        List<Entry> reached = cut is null ? [.. plan.Entries] : [.. Reached(plan, cut)];
        foreach (var entry in reached.Where(entry => entry.Obstacle is null))
        {
            if (Settled.Of(entry) is { } one)
                host.settled[(entry.Resource.Kind, entry.Resource.Key)] = one;
            if (entry is not PlannedChange planned || !made.Contains(entry))
                continue;
            var write = HostModel.Written.By(planned);
            host.written.Add(write);
            if (!write.IsGuess && SubjectOf(entry) is { } subject)
                left[subject] = write;
        }

        foreach (var reboot in done.Select(step => step.Handler?.Handler).OfType<Handler>().Where(handler => handler.Reboots is not null))
            host.written.Add(HostModel.Written.Reboot(reboot.Name));
        foreach (var entry in reached)
        {
            var key = (entry.Resource.Kind, entry.Resource.Key);
            if (
                host.settled.TryGetValue(key, out var one)
                && one.State is not null
                && SubjectOf(entry) is { } subject
                && left.TryGetValue(subject, out var last)
            )
                host.settled[key] = one with { State = last.After };
        }

        return host;
    }

    /// <summary>The resources that an apply has been at when it was cut off.</summary>
    static IEnumerable<Entry> Reached(HostPlan plan, IReadOnlyList<PlanStep> cut)
    {
        if (cut is not [.., var last])
            return [];
        var before = plan.Blocks.TakeWhile(block => block.Number != last.Block).SelectMany(block => block.Entries);
        IReadOnlyList<Entry> own = plan.Blocks.First(block => block.Number == last.Block).Entries;
        return last.Changes is [.., PlannedChange end]
            ? [.. before, .. own.TakeWhile(entry => !ReferenceEquals(entry, end)), end]
            : [.. before, .. own];
    }

    /// <summary>The part of the host that an entry shares as a whole with others; null where it shares none.</summary>
    static string? SubjectOf(Entry entry) =>
        Unknowns.Of(entry.Resource).Count > 0 ? null
        : entry.Resource.FirstProbe is { Subject: { } subject, Put: null } ? subject
        : null;

    static IReadOnlyList<Owed> OwedAfter(HostPlan plan, HashSet<Entry> made, IReadOnlyList<PlanStep> done, DateTimeOffset now)
    {
        List<Owed> owed = [];
        foreach (var block in plan.Blocks)
        {
            foreach (var call in block.Handlers)
            {
                if (done.Any(step => ReferenceEquals(step.Handler, call)))
                    continue;
                IReadOnlyList<string> because =
                [
                    .. block
                        .Entries.Where(entry => made.Contains(entry) && Notifies(entry, call.Handler))
                        .Select(entry => entry.Resource.Address),
                ];
                if (call.Owed is not null || because.Count > 0)
                    owed.Add(
                        call.Owed is { } earlier
                            ? earlier with
                            {
                                Because = [.. earlier.Because.Union(because)],
                            }
                            : new(call.Handler.Name, because, now, "", "an apply that was cut off")
                    );
            }
        }

        return
        [
            .. owed.GroupBy(one => one.Handler)
                .Select(same => same.First() with { Because = [.. same.SelectMany(one => one.Because).Distinct()] }),
        ];
    }

    static bool Notifies(Entry entry, Handler handler) => entry.Resource.Notifies.Any(one => one.Name == handler.Name);
}

/// <summary>What is known of a resource on a host that was predicted.</summary>
/// <param name="Resource">The resource.</param>
sealed record Settled(Resource Resource)
{
    /// <summary>Its state; null where it is not told.</summary>
    public Observed? State { get; init; }

    /// <summary>Why its state is not told; null where it is.</summary>
    public string? Untold { get; init; }

    /// <summary>The change, if every apply makes it again; null for any other.</summary>
    public PlannedChange? Again { get; init; }

    /// <summary>What an entry of a plan leaves; null where it is not declared on the host.</summary>
    public static Settled? Of(Entry entry)
    {
        Settled one = new(entry.Resource);
        return entry switch
        {
            PlannedChange { Change.Verb: Verb.Recheck } planned => one with
            {
                Untold = $"an apply probes it again {planned.Change.Because}",
            },
            PlannedChange { Waits: true } planned => one with { Untold = $"a part of it comes {planned.Change.Because}" },
            PlannedChange planned when entry.Resource.IsRepeated => one with { Again = planned },
            PlannedChange when !entry.Resource.IsVerified => one with
            {
                Untold = "only its guard on the host tells whether it runs again",
            },
            PlannedChange { After: { } after } planned => WhyUntold(entry.Resource, after) is { } why
                ? one with
                {
                    Untold = $"{why}{(planned.Change.Because is { } because ? $", {because}" : "")}",
                }
                : one with
                {
                    State = after,
                },
            PlannedChange => one with { Untold = "its state after the change is not told" },
            { Now: { } now } => one with { State = now },
            _ => null,
        };
    }

    static string? WhyUntold(Resource resource, Observed after)
    {
        if (after.State is null)
            return "only the host can tell its state";
        try
        {
            resource.Compare(after);
            return null;
        }
        catch (Exception unknown) when (unknown is not OutOfMemoryException)
        {
            return "only the host can tell a part of its state";
        }
    }
}
