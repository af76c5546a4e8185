using System.Security.Cryptography;

namespace ConfigEngine.Ssh;

/// <summary>What a session is opened with.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Child">The process whose standard input a shell on the target reads.</param>
/// <param name="Marker">What frames the answers; nobody can guess it.</param>
/// <param name="Halt">Reaches the host beside the session, to stop what waits in it.</param>
sealed record Opening(string Host, ChildProcess Child, string Marker, Func<ShellSession, CancellationToken, Task> Halt)
{
    /// <summary>How long the connect and the facts may take.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Asks what need not wait for the facts.</summary>
    public Action<ISession>? AtOnce { get; init; }

    /// <summary>The password that becoming another user may ask for.</summary>
    public Secret? Password { get; init; }

    /// <summary>Whether the shell says a first word, because it does not read at once.</summary>
    public bool Announces { get; init; }

    /// <summary>Removes what the child leaves behind when it is killed: ssh its control socket.</summary>
    public Action Closed { get; init; } = () => { };

    /// <summary>A new marker.</summary>
    public static string NewMarker() => "cfg" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>The login worked, and becoming the other user did not.</summary>
sealed class BecomeRefusedException(string host, string reason) : CfgException($"{host}: {reason}");
