namespace ConfigEngine.Cli;

/// <summary>The hosts that a command reaches, and how, by the command line.</summary>
sealed record RunChoice
{
    /// <summary>The selector; null for all.</summary>
    public string? On { get; init; }

    /// <summary>The one host that is not in an inventory.</summary>
    public Host? Host { get; init; }

    /// <summary>The same, as it was written.</summary>
    public string? HostText { get; init; }

    /// <summary>Whether to use this machine.</summary>
    public bool Local { get; init; }

    /// <summary>The resources that it is for; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The resources that are left out.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>The ssh configuration.</summary>
    public string? SshConfig { get; init; }

    /// <summary>Directories whose files are trusted, even if other users can write them.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>How many hosts at the same time.</summary>
    public int Parallel { get; init; } = 20;

    /// <summary>How long the network may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole run may take; no limit when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How long one host may take; no limit when null.</summary>
    public TimeSpan? HostDeadline { get; init; }

    /// <summary>Whether sessions become root, by the command line.</summary>
    public bool Become { get; init; }

    /// <summary>Whether sessions become root, by the settings.</summary>
    public bool BecomeIsSet { get; init; }

    /// <summary>Whether sessions become root.</summary>
    public bool Becomes => Become || BecomeIsSet;

    /// <summary>Whether to ask for ssh's password.</summary>
    public bool AskPassword { get; init; }

    /// <summary>How ssh is spoken; by what there is when null.</summary>
    public Transport? Transport { get; init; }

    /// <summary>Whether to ask for the passphrase of key files.</summary>
    public bool AskPassphrase { get; init; }

    /// <summary>Whether to ask for sudo's password.</summary>
    public bool AskBecomePassword { get; init; }

    /// <summary>Whether unknown keys are accepted.</summary>
    public bool AcceptNewHostKeys { get; init; }

    /// <summary>Whether the recipe waits for a debugger.</summary>
    public bool DebugRecipe { get; init; }

    /// <summary>The directory with recordings that answer instead of hosts; null where hosts are contacted.</summary>
    public string? Recorded { get; init; }

    /// <summary>The state in which hosts were recorded; the one without a name when null.</summary>
    public string? RecordedState { get; init; }

    /// <summary>The directory with recordings whose stand-ins take the place of secrets; null where secrets are read.</summary>
    public string? StandIns { get; init; }

    /// <summary>How long to wait for a host that another run is changing; not at all when null.</summary>
    public TimeSpan? WaitForLock { get; init; }

    /// <summary>The same options as command-line words, for showing; passwords are asked for again.</summary>
    public IEnumerable<string> Words =>
        [
            .. On is null ? (string[])[] : ["--on", On],
            .. HostText is null ? (string[])[] : ["--host", HostText],
            .. Local ? (string[])["--local"] : [],
            .. Only.SelectMany(address => (string[])["--only", address]),
            .. Skip.SelectMany(address => (string[])["--skip", address]),
            .. SshConfig is null ? (string[])[] : ["--ssh-config", SshConfig],
            .. Trusted.SelectMany(directory => (string[])["--trust", directory]),
            .. Become ? (string[])["--become"] : [],
            .. Transport is null ? (string[])[] : ["--transport", Transports.NameOf(Transport)],
            .. AskPassword ? (string[])["--ask-password"] : [],
            .. AskPassphrase ? (string[])["--ask-passphrase"] : [],
            .. AskBecomePassword ? (string[])["--ask-become-password"] : [],
            .. AcceptNewHostKeys ? (string[])["--accept-new-host-keys"] : [],
        ];

    /// <summary>The only host of a run that needs no inventory.</summary>
    public Host? Everywhere => Local ? new("localhost") { Transport = Transport.Local } : Host;
}
