using System.ComponentModel;

namespace ConfigEngine.Ssh;

/// <summary>Starts the processes of sessions.</summary>
static class ProcessStart
{
    /// <summary>The inputs of a session for a process.</summary>
    /// <exception cref="HostUnreachableException">The program cannot be started.</exception>
    public static SessionStart For(
        Host host,
        ConnectorOptions options,
        Guardian guardian,
        IReadOnlyList<string> commandLine,
        IReadOnlyDictionary<string, string>? environment,
        string? log = null
    )
    {
        try
        {
            var child = ChildProcess.Start(commandLine, options.Time, environment, guardian, options.Withheld(), log);
            return SessionStart.For(host, options, child);
        }
        catch (Win32Exception missing)
        {
            throw new HostUnreachableException(
                host.Name,
                $"{commandLine[0]} cannot be started here ({missing.Message})",
                commandLine[0] is "ssh" ? "Install OpenSSH's client, or use --transport native." : null
            );
        }
    }
}
