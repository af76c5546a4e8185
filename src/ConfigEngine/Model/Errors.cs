namespace ConfigEngine.Model;

/// <summary>
/// An unexpected failure: a defect of cfg. It ends the run on the host where it happened, and on no other host.
/// </summary>
sealed class DefectException(string host, Exception defect)
    : CfgException(
        $"{host}: something unexpected went wrong ({defect.GetType().Name}): {defect.Message}\n  This is a defect of cfg: please report "
            + $"it, with what --debug prints.",
        defect
    );

/// <summary>No session to the host could be opened; nothing was done there.</summary>
public sealed class HostUnreachableException(string host, string reason, string? next = null)
    : CfgException($"{host}: {reason}" + (next is null ? "" : $"\n  {next}"))
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;

    /// <summary>Whether another machine answered: its host key is not the known one.</summary>
    public bool IsAnotherHost { get; init; }

    /// <summary>
    /// Whether sshd is there but did not answer in time, or refused the connection because it has too many. More connections make
    /// that worse.
    /// </summary>
    public bool IsBusy { get; init; }
}

/// <summary>The session ended during work; the current operation may or may not have been done. Probe the host again.</summary>
sealed class ConnectionLostException(string host, string during, string reason)
    : CfgException($"{host}: the connection was lost while waiting for {during} ({reason}). {Doubt.Sentence}")
{
    /// <summary>The last output of the process that carried the session.</summary>
    public string Reason { get; } = reason;

    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A probe gave no answer that can be trusted.</summary>
sealed class ProbeFailedException(string host, string resource, string problem, SourceLine? source = null, Exception? inner = null)
    : CfgException($"{(source is null ? "" : $"{source}: ")}{host}: cannot tell the state of {resource}: {problem}", inner)
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A recipe's question to a host has no usable answer.</summary>
sealed class AskFailedException(string host, string command, string problem, SourceLine? source = null)
    : CfgException($"{(source is null ? "" : $"{source}: ")}{host}: {command}: {problem}");

/// <summary>What is known of a step whose answer never came.</summary>
static class Doubt
{
    public const string Sentence = "What was running there may or may not be done; the next plan checks it.";
}
