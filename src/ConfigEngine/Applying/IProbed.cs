namespace ConfigEngine.Applying;

/// <summary>
/// A session that takes probes as they are, before they become scripts: a recording of a host, or a session that makes one. How
/// probes are sent together does not matter to it.
/// </summary>
interface IProbed : ISession
{
    /// <summary>The answers to questions.</summary>
    Task<IReadOnlyDictionary<ProbeRequest, Output>> Answers(IReadOnlyList<ProbeRequest> requests, CancellationToken ct);

    /// <summary>Whether a question can be answered.</summary>
    bool Has(ProbeRequest request);
}

/// <summary>Opens sessions with what stands in for the hosts: a recording, or a container. No host is started or stopped.</summary>
interface IStandIns : IConnector;
