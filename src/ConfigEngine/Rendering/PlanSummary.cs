namespace ConfigEngine.Rendering;

/// <summary>What a plan comes to: the one sentence at its end.</summary>
public sealed record PlanSummary
{
    /// <summary>Counts a plan.</summary>
    public PlanSummary(Plan plan)
    {
        var changes = plan.Changes.ToList();
        var handlers = plan.Hosts.SelectMany(host => host.Handlers).ToList();
        Hosts = plan.Hosts.Count;
        Failed = plan.Hosts.Count(host => host.Error is not null);
        Changes = changes.Count;
        Exact = changes.Count(change => change.Certainty is Certainty.Exact);
        Predicted = changes.Count(change => change.Certainty is Certainty.Predicted);
        Unknown = changes.Count(change => change.Certainty is Certainty.Unknown);
        Converged = plan.Hosts.SelectMany(host => host.Blocks).SelectMany(block => block.Entries).Count(entry => entry.Change is null or { Verb: Verb.Recheck });
        var reboots = handlers.Count(call => call.Handler.Reboots is not null);
        Restarts = handlers.Count(call => call.Handler.Name.StartsWith("restart ", StringComparison.Ordinal));
        OtherHandlers = handlers.Count - Restarts - reboots;
        Reboots = changes.Count(change => change.Kind is "reboot") + reboots;
        Cuts = [.. plan.Hosts.SelectMany(host => host.Changes
            .Where(change => change.Kind is "reboot" || change.Notes.Any(CutsConnections))
            .Select(change => change.Address)
            .Concat(host.Handlers.Where(call => call.Handler.Reboots is not null).Select(call => call.Handler.Name))
            .Select(what => $"{what} on {host.Host}"))];
    }

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

    /// <summary>How many resources are as they should be.</summary>
    public int Converged { get; }

    /// <summary>How many restarts are called for.</summary>
    public int Restarts { get; }

    /// <summary>How many other handlers will run.</summary>
    public int OtherHandlers { get; }

    /// <summary>How many hosts will or may reboot.</summary>
    public int Reboots { get; }

    /// <summary>What will cut connections, with its host.</summary>
    public IReadOnlyList<string> Cuts { get; }

    /// <summary>Whether a note says that its change cuts connections.</summary>
    internal static bool CutsConnections(string note) =>
        note.Contains("connection", StringComparison.OrdinalIgnoreCase) && note.Contains("cut", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sentence.</summary>
    public override string ToString()
    {
        if (Hosts == 0)
            return "No hosts: no block of the recipe is for any of them.";
        if (Failed == Hosts)
            return $"Plan: {Text.Count(Hosts, "host")} could not be planned.";
        var failed = Failed == 0 ? "" : $"; {Text.Count(Failed, "host")} could not be planned";
        if (Changes + Restarts + OtherHandlers + Reboots == 0)
            return Failed == 0 ? "No changes. Every host is as the recipe says." : $"Plan: {Text.Count(Hosts, "host")}, no changes{failed}.";
        string[] parts =
        [
            Text.Count(Hosts, "host"),
            Changes == 0 ? "no changes" : $"{Text.Count(Changes, "change")} ({Certainties})",
            .. Converged == 0 ? (string[])[] : [$"{Converged} unchanged"],
            Text.Count(Restarts, "restart"),
            .. OtherHandlers == 0 ? (string[])[] : [Text.Count(OtherHandlers, "other handler")],
            Text.Count(Reboots, "reboot"),
        ];
        return $"Plan: {string.Join(", ", parts)}{failed}.";
    }

    string Certainties => Exact == Changes
        ? "exact"
        : string.Join(", ", new[] { (Exact, "exact"), (Predicted, "predicted"), (Unknown, "unknown until apply") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));
}
