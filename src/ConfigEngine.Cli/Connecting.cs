using ConfigEngine.Ssh;

namespace ConfigEngine.Cli;

/// <summary>Makes the connector from the command line.</summary>
static class Connecting
{
    /// <summary>The connector. Passwords are asked for now, once, and not in the middle of a run.</summary>
    public static async Task<Connector> Make(RunChoice choice, Terminal terminal, CancellationToken ct) =>
        new(
            Options(choice) with
            {
                Password = choice.AskPassword ? await Passwords.Ask("ssh password: ", "--ask-password", terminal, ct) : null,
                Passphrase = choice.AskPassphrase
                    ? await Passwords.Ask("passphrase of the ssh keys: ", "--ask-passphrase", terminal, ct)
                    : null,
                BecomePassword = choice.AskBecomePassword
                    ? await Passwords.Ask("sudo password: ", "--ask-become-password", terminal, ct)
                    : null,
                Withheld = Withheld(terminal),
                Records = terminal.Variable("CFG_RECORDS"),
                Time = terminal.Time,
            }
        );

    // Its assembly is loaded only where it is used, so no signature has its type.
    static readonly Func<ConnectorOptions, ConfigEngine.Applying.IConnector> Native = options => new Ssh.Native.NativeConnector(options);

    /// <summary>A connector that only says how hosts are reached.</summary>
    /// <param name="sshConfig">The ssh configuration to use instead of the user's own; the user's own when null.</param>
    /// <param name="transport">How ssh is spoken; the automatic choice when null.</param>
    /// <param name="terminal">Knows which variables have secrets.</param>
    public static Connector ForSettings(string? sshConfig, Transport? transport, Terminal terminal) =>
        new(new() { SshConfig = sshConfig, Transport = transport, Native = Native, Withheld = Withheld(terminal) });

    static Func<IEnumerable<string>> Withheld(Terminal terminal) => () => terminal.Redaction.Variables;

    /// <summary>The connection options of the command line, without passwords.</summary>
    public static ConnectorOptions Options(RunChoice choice) =>
        new()
        {
            SshConfig = SshConfig(choice),
            Transport = choice.Transport,
            Native = Native,
            Become = choice.Becomes ? Become.Sudo : null,
            AcceptNewHostKeys = choice.AcceptNewHostKeys,
            ConnectTimeout = choice.ConnectTimeout,
        };

    /// <summary>
    /// The ssh configuration. It must be trusted, because it can name commands that run here (ssh_config(5), ProxyCommand).
    /// </summary>
    static string? SshConfig(RunChoice choice)
    {
        if (choice.SshConfig is not { } file)
            return null;
        if (!File.Exists(file))
            throw new UsageException($"--ssh-config: there is no {file}");
        Named.Find(file, choice.Trusted);
        return file;
    }
}
