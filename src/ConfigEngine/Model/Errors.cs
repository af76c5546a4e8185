namespace ConfigEngine;

/// <summary>
/// An error that a user is meant to read: its message says what, where and what to do next. Every error that the engine
/// expects is one of these; anything else is a defect.
/// </summary>
public abstract class CfgException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Something went wrong that the engine did not expect: a defect of cfg, which ends the host where it happened, and no other.</summary>
public sealed class DefectException(string host, Exception defect) : CfgException(
    $"{host}: something unexpected went wrong ({defect.GetType().Name}): {defect.Message}\n  This is a defect of cfg: please report it, with what --debug prints.", defect);

/// <summary>The recipe is wrong: nothing was done. The message begins with <c>file(line,column)</c> where it is known.</summary>
public sealed class RecipeException(string problem, SourceLine? source = null, string? hint = null, Exception? inner = null)
    : CfgException((source is null ? "" : $"{source}: ") + problem + (hint is null ? "" : $"\n  hint: {hint}"), inner)
{
    /// <summary>Where; null when the error has no place in a script.</summary>
    public SourceLine? At { get; } = source;
}

/// <summary>No session to the host could be made: nothing happened there.</summary>
public sealed class HostUnreachableException(string host, string reason, string? next = null)
    : CfgException($"{host}: {reason}" + (next is null ? "" : $"\n  {next}"))
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;

    /// <summary>Whether something answered that is not the host that is known by that name: its key is another one.</summary>
    public bool IsAnotherHost { get; init; }

    /// <summary>Whether sshd is there and did not get round to answering, or turned the connection away: more of them make that worse.</summary>
    public bool IsBusy { get; init; }
}

/// <summary>The session ended in the middle: what was under way may or may not have happened. Look again.</summary>
public sealed class ConnectionLostException(string host, string during, string reason)
    : CfgException($"{host}: the connection was lost while waiting for {during} ({reason}). What was under way may or may not have happened; the next plan looks again.")
{
    /// <summary>The last words of the process that carried the session.</summary>
    public string Reason { get; } = reason;

    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A probe did not give an answer that can be trusted.</summary>
public sealed class ProbeFailedException(string host, string resource, string problem, SourceLine? source = null, Exception? inner = null)
    : CfgException($"{(source is null ? "" : $"{source}: ")}{host}: cannot tell the state of {resource}: {problem}", inner)
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}
