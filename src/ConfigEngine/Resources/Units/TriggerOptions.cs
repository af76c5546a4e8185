namespace ConfigEngine.Resources;

/// <summary>The <c>[Timer]</c> section (systemd.timer(5)). Properties that are null are left out.</summary>
/// <example><code>
/// new UnitFile("backup.timer")
/// {
///     Timer = new() { OnCalendar = "daily", Persistent = true, RandomizedDelaySec = TimeSpan.FromMinutes(30) },
///     Install = new() { WantedBy = "timers.target" },
/// }
/// </code></example>
public sealed record TimerOptions : UnitSection
{
    /// <summary>Times of the calendar (systemd.time(7)): <c>daily</c>, <c>Mon..Fri 06:00</c>.</summary>
    public UnitLines? OnCalendar { get; init; }

    /// <summary>This long after the boot.</summary>
    public TimeSpan? OnBootSec { get; init; }

    /// <summary>This long after systemd started.</summary>
    public TimeSpan? OnStartupSec { get; init; }

    /// <summary>This long after the timer was started.</summary>
    public TimeSpan? OnActiveSec { get; init; }

    /// <summary>This long after the unit was last started.</summary>
    public TimeSpan? OnUnitActiveSec { get; init; }

    /// <summary>This long after the unit last ended.</summary>
    public TimeSpan? OnUnitInactiveSec { get; init; }

    /// <summary>How exact the time is.</summary>
    public TimeSpan? AccuracySec { get; init; }

    /// <summary>A random delay up to this long, so that not all hosts start at once.</summary>
    public TimeSpan? RandomizedDelaySec { get; init; }

    /// <summary>Whether a time that passed while the host was off is made up for.</summary>
    public bool? Persistent { get; init; }

    /// <summary>Whether it wakes the host from sleep.</summary>
    public bool? WakeSystem { get; init; }

    /// <summary>The unit that it starts; the service of the same name when null.</summary>
    public string? Unit { get; init; }
}

/// <summary>The <c>[Socket]</c> section (systemd.socket(5)). Properties that are null are left out.</summary>
/// <example>
/// <code>
/// new UnitFile("app.socket") { Socket = new() { ListenStream = "8080" }, Install = new() { WantedBy = "sockets.target" } }
/// </code>
/// </example>
public sealed record SocketOptions : UnitSection
{
    /// <summary>Ports, addresses with ports, or paths for connections.</summary>
    public UnitLines? ListenStream { get; init; }

    /// <summary>The same for datagrams.</summary>
    public UnitLines? ListenDatagram { get; init; }

    /// <summary>Paths of named pipes.</summary>
    public UnitLines? ListenFIFO { get; init; }

    /// <summary>Whether each connection starts an instance of the service.</summary>
    public bool? Accept { get; init; }

    /// <summary>The owner of a socket in the file system.</summary>
    public string? SocketUser { get; init; }

    /// <summary>The group of a socket in the file system.</summary>
    public string? SocketGroup { get; init; }

    /// <summary>The mode of a socket in the file system.</summary>
    public Mode? SocketMode { get; init; }

    /// <summary>Whether it may listen on an address that the host does not have yet.</summary>
    public bool? FreeBind { get; init; }

    /// <summary>The service that it starts; the one of the same name when null.</summary>
    public string? Service { get; init; }
}

/// <summary>
/// The <c>[Mount]</c> section (systemd.mount(5)); a <see cref="Mount"/> is usually simpler. Properties that are null are left out.
/// </summary>
/// <example>
/// <code>
/// new UnitFile("srv-data.mount") { Mount = new() { What = "/dev/vdb1", Where = "/srv/data", Type = "ext4" } }
/// </code>
/// </example>
public sealed record MountOptions : UnitSection
{
    /// <summary>The device, file or share.</summary>
    public string? What { get; init; }

    /// <summary>The mount point; the unit's name must be made from it (systemd-escape(1), --path).</summary>
    public string? Where { get; init; }

    /// <summary>The type of file system.</summary>
    public string? Type { get; init; }

    /// <summary>Mount options, with commas between.</summary>
    public string? Options { get; init; }

    /// <summary>How long the mount may take.</summary>
    public TimeSpan? TimeoutSec { get; init; }
}

/// <summary>The <c>[Path]</c> section (systemd.path(5)). Properties that are null are left out.</summary>
/// <example>
/// <code>
/// new UnitFile("inbox.path") { Path = new() { DirectoryNotEmpty = "/srv/inbox" }, Install = new() { WantedBy = "paths.target" } }
/// </code>
/// </example>
public sealed record PathOptions : UnitSection
{
    /// <summary>Starts the unit while one of these exists.</summary>
    public UnitLines? PathExists { get; init; }

    /// <summary>Starts the unit when one of these was written and closed.</summary>
    public UnitLines? PathChanged { get; init; }

    /// <summary>Starts the unit when one of these was written.</summary>
    public UnitLines? PathModified { get; init; }

    /// <summary>Starts the unit while one of these directories is not empty.</summary>
    public UnitLines? DirectoryNotEmpty { get; init; }

    /// <summary>Whether missing directories are created.</summary>
    public bool? MakeDirectory { get; init; }

    /// <summary>The unit that it starts; the service of the same name when null.</summary>
    public string? Unit { get; init; }
}
