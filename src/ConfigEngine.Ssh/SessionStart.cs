using System.Security.Cryptography;

namespace ConfigEngine.Ssh;

/// <summary>What a session is opened with.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Child">The process whose standard input a shell on the target reads.</param>
/// <param name="Marker">What frames the answers; nobody can guess it.</param>
/// <param name="Time">The clock.</param>
sealed record SessionStart(string Host, ChildProcess Child, string Marker, TimeProvider Time)
{
    /// <summary>How long the connect and the facts may take.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Asks what need not wait for the facts.</summary>
    public Action<ISession>? AtOnce { get; init; }

    /// <summary>The password that becoming another user may ask for.</summary>
    public Secret? Password { get; init; }

    /// <summary>Whether the shell says a first word, because it does not read at once.</summary>
    public bool Announces { get; init; }

    /// <summary>
    /// Opens a second shell on the host, by the same way and as the same user; that one learns no facts. Null where there is none.
    /// </summary>
    public Func<CancellationToken, Task<ShellSession>>? Beside { get; init; }

    /// <summary>Where the process writes down what it does; nowhere when null.</summary>
    public string? Log { get; init; }

    /// <summary>Removes what the child leaves behind when it is killed: ssh its control socket.</summary>
    public Action Closed { get; init; } = () => { };

    /// <summary>A new marker.</summary>
    public static string NewMarker() => "cfg" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>The login worked, and becoming the other user did not.</summary>
sealed class BecomeRefusedException(string host, string reason) : CfgException($"{host}: {reason}")
{
    /// <summary>Why, in words of sudo's.</summary>
    public string Reason { get; } = reason;
}

/// <summary>There was no shell to talk to.</summary>
sealed class NoShellException(string host, LastWords words) : CfgException($"{host}: {words.Reason}")
{
    /// <summary>What was seen.</summary>
    public LastWords Words { get; } = words;
}
