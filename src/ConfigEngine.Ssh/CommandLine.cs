namespace ConfigEngine.Ssh;

/// <summary>Composes the command line whose standard input a shell on the host reads.</summary>
static class CommandLine
{
    /// <summary>
    /// OpenSSH's client. What is the user's to decide comes from the user's own configuration; what a session needs is
    /// said here, and wins over it (ssh_config(5): the first value is used).
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="options">How sessions are opened.</param>
    /// <param name="timeout">How long the network may take.</param>
    /// <param name="control">Where the control socket is to be.</param>
    /// <param name="log">Where ssh writes down how far it came, apart from what others say on its standard error.</param>
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
        // Where the connection is gone, ssh would make one of its own, to whatever has the host's name without a configuration.
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

    /// <summary>A path as ssh reads one in an option: in quotes, because it splits at spaces, and without what it would replace.</summary>
    static string ControlPath(string path) =>
        $"ControlPath=\"{path.Replace("%", "%%", StringComparison.Ordinal)
 .Replace("\\", @"\\", StringComparison.Ordinal)
 .Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// The remote command: a shell, or one as another user. Where a password may be asked for, both the question and the
    /// shell's first word are frames, so that neither can be taken for anything else.
    /// </summary>
    public static string Remote(Become? become, BecomePrompt prompt, string marker) =>
        become is null ? "exec sh"
        : prompt is BecomePrompt.Announced ? $"LC_ALL=C exec sudo -n {Announcing(become, marker)}"
        : prompt is BecomePrompt.Password ? $"LC_ALL=C exec sudo -S -p {Shell.Quote($"\n{marker} 0\n")} {Announcing(become, marker)}"
        : $"LC_ALL=C exec sudo -n -u {Shell.Quote(become.User)} -- sh";

    static string Announcing(Become become, string marker) =>
        $"-u {Shell.Quote(become.User)} -- sh -c {Shell.Quote($"printf '\\n{marker} 0 0\\n'; exec sh")}";

    /// <summary>What of a host ssh is told.</summary>
    public static IReadOnlyList<string> Destination(Host host) =>
        [
            .. host.User is { } user ? (string[])["-l", user] : [],
            .. host.Port is { } port ? (string[])["-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [],
            "--",
            host.Address ?? host.Name,
        ];
}
