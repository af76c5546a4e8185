namespace ConfigEngine.Rendering;

/// <summary>The counts of a plan, and the sentence at its end.</summary>
sealed record PlanSummary
{
    /// <summary>Counts a plan.</summary>
    public PlanSummary(Plan plan)
    {
        // Nothing is done on a host with an obstacle.
        var hosts = plan.Hosts.Where(host => host.Error is null).ToList();
        var changes = hosts.SelectMany(host => host.Changes).ToList();
        var handlers = hosts.SelectMany(host => host.Handlers).ToList();
        var rechecks = hosts.SelectMany(host => host.Rechecks).ToList();
        Hosts = plan.Hosts.Count;
        Failed = plan.Hosts.Count(host => host.Error is not null);
        Changes = changes.Count;
        Exact = changes.Count(change => change.Certainty is Certainty.Exact);
        Predicted = changes.Count(change => change.Certainty is Certainty.Predicted);
        Unknown = changes.Count(change => change.Certainty is Certainty.Unknown);
        Untold = hosts.Sum(host => host.Untold.Count());
        Converged =
            hosts.SelectMany(host => host.Entries).Count(entry => entry is not PlannedChange { Change.Verb: not Verb.Recheck }) - Untold;
        Restarts = handlers.Count(call => Does(call, EffectKind.Restarts) && IsSure(call)) + hosts.Sum(host => Restarted(host).Count());
        PossibleRestarts =
            handlers.Count(call => Does(call, EffectKind.Restarts) && !IsSure(call))
            + hosts.Sum(host => MaybeRestarted(host).Except(Restarted(host)).Count());
        OtherHandlers = handlers.Count(call => call.Handler.Effects.Count == 0);
        Reboots =
            handlers.Count(call => Does(call, EffectKind.Reboots) && IsSure(call))
            + changes.Count(change => Does(change, EffectKind.Reboots));
        PossibleReboots =
            handlers.Count(call => Does(call, EffectKind.Reboots) && !IsSure(call))
            + rechecks.Count(change => Does(change, EffectKind.Reboots));
        Cuts = By(hosts, EffectKind.Reboots);
        MayCut = By(hosts, EffectKind.MayCutConnection);
    }

    /// <summary>The counts from a document.</summary>
    public PlanSummary(SummaryDocument counted)
    {
        (Hosts, Failed, Changes, Converged) = (counted.Hosts, counted.Failed, counted.Changes, counted.Unchanged);
        (Exact, Predicted, Unknown) = (counted.Exact, counted.Predicted, counted.Unknown);
        (Restarts, PossibleRestarts, OtherHandlers) = (counted.Restarts, counted.PossibleRestarts, counted.OtherHandlers);
        (Reboots, PossibleReboots) = (counted.Reboots, counted.PossibleReboots);
        (Cuts, MayCut) = (counted.CutsConnections, counted.MayCutConnections);
    }

    /// <summary>The services that changes restart themselves. Several changes that are made together restart one once.</summary>
    static IEnumerable<string> Restarted(HostPlan host) =>
        Restarted(host.Changes.Where(change => change.Certainty is not Certainty.Unknown));

    static IEnumerable<string> MaybeRestarted(HostPlan host) =>
        Restarted(host.Changes.Where(change => change.Certainty is Certainty.Unknown));

    static IEnumerable<string> Restarted(IEnumerable<Change> changes) =>
        changes
            .SelectMany(change => change.Effects)
            .Where(effect => effect.Kind is EffectKind.Restarts)
            .Select(effect => effect.What)
            .Distinct();

    static bool IsSure(HandlerCall call) => call.Owed is not null || call.Certainty is Certainty.Exact;

    static bool Does(HandlerCall call, EffectKind kind) => call.Handler.Effects.Any(effect => effect.Kind == kind);

    static bool Does(Change change, EffectKind kind) => change.Effects.Any(effect => effect.Kind == kind);

    static IReadOnlyList<string> By(IEnumerable<HostPlan> hosts, EffectKind kind) =>
        [
            .. hosts.SelectMany(host =>
                host.Changes.Where(change => Does(change, kind))
                    .Select(change => change.Address)
                    .Concat(host.Handlers.Where(call => Does(call, kind)).Select(call => call.Handler.Name))
                    .Select(what => $"{what} on {host.Host}")
            ),
        ];

    /// <summary>How many hosts were planned or tried.</summary>
    public int Hosts { get; }

    /// <summary>How many of them could not be planned.</summary>
    public int Failed { get; }

    /// <summary>How many resources will be changed.</summary>
    public int Changes { get; }

    /// <summary>How many of the changes are exact.</summary>
    public int Exact { get; }

    /// <summary>How many are predicted.</summary>
    public int Predicted { get; }

    /// <summary>How many are unknown until apply.</summary>
    public int Unknown { get; }

    /// <summary>How many resources are in their desired state.</summary>
    public int Converged { get; }

    /// <summary>On hosts whose state was predicted: of how many resources it is not told.</summary>
    public int Untold { get; }

    /// <summary>How many restarts there are.</summary>
    public int Restarts { get; }

    /// <summary>How many more restarts there are if changes are made that are not certain.</summary>
    public int PossibleRestarts { get; }

    /// <summary>How many other handlers will run.</summary>
    public int OtherHandlers { get; }

    /// <summary>How many reboots there are.</summary>
    public int Reboots { get; }

    /// <summary>How many more reboots there are if changes are made that are not certain, or if a host needs one.</summary>
    public int PossibleReboots { get; }

    /// <summary>The changes that will cut connections, with their hosts.</summary>
    public IReadOnlyList<string> Cuts { get; }

    /// <summary>The changes that may cut connections, with their hosts; the hosts undo them if they do.</summary>
    public IReadOnlyList<string> MayCut { get; }

    /// <summary>The sentence.</summary>
    public override string ToString()
    {
        if (Hosts == 0)
            return "No hosts: no block of the recipe is for any of them.";
        if (Failed == Hosts)
            return $"Plan: {Text.Count(Hosts, "host")} could not be planned.";
        var failed = Failed == 0 ? "" : $"; {Text.Count(Failed, "host")} could not be planned";
        if (Changes + Restarts + PossibleRestarts + OtherHandlers + Reboots + PossibleReboots + Untold == 0)
            return Failed == 0 ? "No changes. All hosts match the recipe." : $"Plan: {Text.Count(Hosts, "host")}, no changes{failed}.";
        return $"Plan: {Text.Count(Hosts, "host")}, {Words}{failed}.";
    }

    /// <summary>The counts in words, without the hosts.</summary>
    public string Words =>
        string.Join(
            ", ",
            (string[])
                [
                    Changes == 0 ? "no changes" : $"{Text.Count(Changes, "change")} ({Certainties})",
                    .. Converged == 0 ? (string[])[] : [$"{Converged} unchanged"],
                    .. Untold == 0 ? (string[])[] : [$"{Untold} not predicted"],
                    .. Possible(Restarts, PossibleRestarts, "restart"),
                    .. OtherHandlers == 0 ? (string[])[] : [Text.Count(OtherHandlers, OtherHandlersAre)],
                    .. Possible(Reboots, PossibleReboots, "reboot"),
                ]
        );

    string OtherHandlersAre => Restarts + PossibleRestarts + Reboots + PossibleReboots == 0 ? "handler" : "other handler";

    /// <summary>The number of restarts or reboots; empty if there are none.</summary>
    static IEnumerable<string> Possible(int sure, int possible, string what) =>
        (sure, possible) switch
        {
            (0, 0) => [],
            (_, 0) => [Text.Count(sure, what)],
            (0, _) => [Text.Count(possible, $"possible {what}")],
            _ => [$"{Text.Count(sure, what)} and {possible} more possible"],
        };

    string Certainties =>
        Exact == Changes
            ? "exact"
            : string.Join(
                ", ",
                new[] { (Exact, "exact"), (Predicted, "predicted"), (Unknown, "unknown until apply") }
                    .Where(part => part.Item1 > 0)
                    .Select(part => $"{part.Item1} {part.Item2}")
            );
}
