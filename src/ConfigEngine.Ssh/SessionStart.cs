using System.Security.Cryptography;

namespace ConfigEngine.Ssh;

/// <summary>The inputs for opening a session.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Pipe">The way to a shell on the target.</param>
/// <param name="Marker">The text that ends each answer; it cannot be guessed.</param>
/// <param name="Time">The clock.</param>
sealed record SessionStart(string Host, IShellPipe Pipe, string Marker, TimeProvider Time)
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

    /// <summary>Removes what the pipe leaves, such as the control socket of a killed ssh.</summary>
    public Action Closed { get; init; } = () => { };

    /// <summary>The inputs for a host, with a new marker.</summary>
    public static SessionStart For(Host host, ConnectorOptions options, IShellPipe pipe) =>
        new(host.Name, pipe, NewMarker(), options.Time) { Deadline = options.OpenDeadline, Password = PasswordFor(host, options) };

    /// <summary>What the shell prints before it reads.</summary>
    public static BecomePrompt PromptOf(Host host, ConnectorOptions options) =>
        PasswordFor(host, options) is null ? BecomePrompt.None : BecomePrompt.Password;

    static Secret? PasswordFor(Host host, ConnectorOptions options) =>
        host.Become is null ? null : host.Become.Password ?? options.BecomePassword;

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
