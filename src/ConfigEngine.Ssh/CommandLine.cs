namespace ConfigEngine.Ssh;

/// <summary>Makes the command line of a process whose standard input goes to a shell on the host.</summary>
static class CommandLine
{
    /// <summary>
    /// OpenSSH's client. The user's own configuration applies. Options that a session needs are set here and take precedence
    /// (ssh_config(5): the first value is used).
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="options">How sessions are opened.</param>
    /// <param name="timeout">How long the network may take.</param>
    /// <param name="control">The path for the control socket.</param>
    /// <param name="log">The path for ssh's own log, which is separate from other output on its standard error.</param>
    /// <param name="remote">The remote command.</param>
    public static IReadOnlyList<string> Ssh(
        Host host,
        ConnectorOptions options,
        TimeSpan timeout,
        string control,
        string log,
        string remote
    )
    {
        List<string> line = ["ssh", "-T", "-x", "-E", log];
        if (options.SshConfig is { } file)
            line.AddRange(["-F", file]);
        foreach (
            var option in (string[])
                [
                    $"ConnectTimeout={(int)timeout.TotalSeconds}",
                    "ServerAliveInterval=10",
                    "ServerAliveCountMax=3",
                    "ControlMaster=yes",
                    ControlPath(control),
                    "ControlPersist=no",
                    "ClearAllForwardings=yes",
                    "PermitLocalCommand=no",
                    "RemoteCommand=none",
                    "RequestTTY=no",
                    "EscapeChar=none",
                    "LogLevel=DEBUG1",
                    .. host.Password is null ? (string[])["BatchMode=yes"] : ["BatchMode=no", "NumberOfPasswordPrompts=1"],
                    .. options.AcceptNewHostKeys ? (string[])["StrictHostKeyChecking=accept-new"] : [],
                ]
        )
        {
            line.AddRange(["-o", option]);
        }

        return [.. line, .. Destination(host), remote];
    }

    /// <summary>A second channel of the same connection.</summary>
    public static IReadOnlyList<string> Beside(Host host, string control, string remote) =>
        // If the connection is gone, ssh would make a new one, without a configuration, to any machine with the host's name.
        [
            "ssh",
            "-T",
            "-F",
            "none",
            "-o",
            "ControlMaster=no",
            "-o",
            ControlPath(control),
            "-o",
            "ProxyCommand=false",
            "-o",
            "BatchMode=yes",
            .. Destination(host),
            remote,
        ];

    /// <summary>
    /// A path for an ssh option: in quotes, because ssh splits at spaces, and with escapes for characters that ssh would replace.
    /// </summary>
    static string ControlPath(string path) =>
        $"ControlPath=\"{path.Replace("%", "%%", StringComparison.Ordinal)
 .Replace("\\", @"\\", StringComparison.Ordinal)
 .Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// The remote command: a shell, or one as another user. If a password may be asked for, both the question and the shell's first
    /// message are frames, so that neither can be confused with other output.
    /// </summary>
    public static string Remote(Become? become, BecomePrompt prompt, string marker) =>
        become is null ? "exec sh"
        : prompt is BecomePrompt.Announced ? $"LC_ALL=C exec sudo -n {Announcing(become, marker)}"
        : prompt is BecomePrompt.Password ? $"LC_ALL=C exec sudo -S -p {Shell.Quote($"\n{marker} 0\n")} {Announcing(become, marker)}"
        : $"LC_ALL=C exec sudo -n -u {Shell.Quote(become.User)} -- sh";

    static string Announcing(Become become, string marker) =>
        $"-u {Shell.Quote(become.User)} -- sh -c {Shell.Quote($"printf '\\n{marker} 0 0\\n'; exec sh")}";

    /// <summary>The part of the command line that describes the host.</summary>
    public static IReadOnlyList<string> Destination(Host host) =>
        [
            .. host.User is { } user ? (string[])["-l", user] : [],
            .. host.Port is { } port ? (string[])["-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [],
            "--",
            host.Address ?? host.Name,
        ];
}
