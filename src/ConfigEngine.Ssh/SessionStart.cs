using System.Security.Cryptography;

namespace ConfigEngine.Ssh;

/// <summary>The inputs for opening a session.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Child">The process whose standard input goes to a shell on the target.</param>
/// <param name="Marker">The text that ends each answer; it cannot be guessed.</param>
/// <param name="Time">The clock.</param>
sealed record SessionStart(string Host, ChildProcess Child, string Marker, TimeProvider Time)
{
    /// <summary>How long the connection and the facts may take.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Sends requests that need not wait for the facts.</summary>
    public Action<ISession>? AtOnce { get; init; }

    /// <summary>The password for becoming another user.</summary>
    public Secret? Password { get; init; }

    /// <summary>Whether the shell reports that it is ready, because it does not read at once.</summary>
    public bool Announces { get; init; }

    /// <summary>
    /// Opens a second shell on the host, in the same way and as the same user, without facts. Null where there is none.
    /// </summary>
    public Func<CancellationToken, Task<ShellSession>>? Beside { get; init; }

    /// <summary>The path of the process's log; null without a log.</summary>
    public string? Log { get; init; }

    /// <summary>Removes files that a killed child leaves, such as ssh's control socket.</summary>
    public Action Closed { get; init; } = () => { };

    /// <summary>A new marker.</summary>
    public static string NewMarker() => "cfg" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>The login worked, but becoming the other user failed.</summary>
sealed class BecomeRefusedException(string host, string reason) : CfgException($"{host}: {reason}")
{
    /// <summary>The reason, in sudo's words.</summary>
    public string Reason { get; } = reason;
}

/// <summary>There was no shell at the other end.</summary>
sealed class NoShellException(string host, LastWords words) : CfgException($"{host}: {words.Reason}")
{
    /// <summary>The last output.</summary>
    public LastWords Words { get; } = words;
}
