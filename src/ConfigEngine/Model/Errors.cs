namespace ConfigEngine.Model;

/// <summary>
/// Something went wrong that the engine did not expect: a defect of cfg, which ends the host where it happened, and no other.
/// </summary>
sealed class DefectException(string host, Exception defect)
    : CfgException(
        $"{host}: something unexpected went wrong ({defect.GetType().Name}): {defect.Message}\n  This is a defect of cfg: please report "
            + $"it, with what --debug prints.",
        defect
    );

/// <summary>No session to the host could be made: nothing happened there.</summary>
public sealed class HostUnreachableException(string host, string reason, string? next = null)
    : CfgException($"{host}: {reason}" + (next is null ? "" : $"\n  {next}"))
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;

    /// <summary>Whether something answered that is not the host that is known by that name: its key is another one.</summary>
    public bool IsAnotherHost { get; init; }

    /// <summary>
    /// Whether sshd is there and did not get round to answering, or turned the connection away: more of them make that worse.
    /// </summary>
    public bool IsBusy { get; init; }
}

/// <summary>The session ended in the middle: what was under way may or may not have happened. Look again.</summary>
sealed class ConnectionLostException(string host, string during, string reason)
    : CfgException(
        $"{host}: the connection was lost while waiting for {during} ({reason}). What was under way may or may not have happened; the "
            + $"next plan looks again."
    )
{
    /// <summary>The last words of the process that carried the session.</summary>
    public string Reason { get; } = reason;

    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A probe did not give an answer that can be trusted.</summary>
sealed class ProbeFailedException(string host, string resource, string problem, SourceLine? source = null, Exception? inner = null)
    : CfgException($"{(source is null ? "" : $"{source}: ")}{host}: cannot tell the state of {resource}: {problem}", inner)
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A recipe's own question to a host has no answer that it can use.</summary>
sealed class AskFailedException(string host, string command, string problem, SourceLine? source = null)
    : CfgException($"{(source is null ? "" : $"{source}: ")}{host}: {command}: {problem}");
