namespace ConfigEngine;

/// <summary>What an apply did.</summary>
/// <param name="Hosts">Each host, in order of the plan.</param>
public sealed record Report(IReadOnlyList<HostReport> Hosts)
{
    /// <summary>Whether everything on every host was done.</summary>
    public bool Succeeded => Hosts.All(host => host.Error is null && host.NotStarted.Count == 0);
}

/// <summary>What an apply did on one host.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Done">The changes that were made and verified.</param>
/// <param name="HandlersDone">The handlers that ran.</param>
/// <param name="NotStarted">The changes and handlers that were not begun.</param>
/// <param name="Failed">The changes that were begun and did not succeed, or did and did not take: those of one operation.</param>
/// <param name="Error">Why it stopped; null when it did not.</param>
public sealed record HostReport(
    string Host,
    IReadOnlyList<Change> Done,
    IReadOnlyList<string> HandlersDone,
    IReadOnlyList<string> Failed,
    IReadOnlyList<string> NotStarted,
    CfgException? Error);
