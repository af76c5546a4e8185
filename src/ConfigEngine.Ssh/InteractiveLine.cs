namespace ConfigEngine.Ssh;

/// <summary>Makes the command line of an interactive shell.</summary>
static class InteractiveLine
{
    /// <summary>The command line: the user's own ssh, with the host's settings from the inventory and the options.</summary>
    public static IReadOnlyList<string> Of(Host host, ConnectorOptions options)
    {
        var become = (host.Become ?? options.Become) is { } other ? (string[])["sudo", "-i", "-u", other.User] : [];
        if (host.Transport is { IsCommand: true } transport)
            return [.. become, .. transport.Arguments];
        return
        [
            "ssh",
            .. options.SshConfig is { } file ? (string[])["-F", file] : [],
            "-o",
            $"ConnectTimeout={(int)options.ConnectTimeout.TotalSeconds}",
            .. options.AcceptNewHostKeys ? (string[])["-o", "StrictHostKeyChecking=accept-new"] : [],
            .. become.Length > 0 ? (string[])["-t"] : [],
            .. CommandLine.Destination(host),
            .. become.Length > 0 ? (string[])[string.Join(' ', become.Select(Shell.Quote))] : [],
        ];
    }
}
