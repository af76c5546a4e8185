namespace ConfigEngine.Resources;

/// <summary>
/// The <c>[Service]</c> section (systemd.service(5), systemd.exec(5), systemd.resource-control(5)). What is null is left out.
/// </summary>
/// <example><code>
/// new UnitFile("app.service")
/// {
///     Service = new() { ExecStart = "/usr/bin/app", User = "app", Restart = ServiceRestart.OnFailure, ["CPUQuota"] = "50%" },
/// }
/// </code></example>
public sealed record ServiceOptions : UnitSection
{
    /// <summary>When the service counts as started.</summary>
    public ServiceType? Type { get; init; }

    /// <summary>Counts as active after its process ended.</summary>
    public bool? RemainAfterExit { get; init; }

    /// <summary>Where a forking service writes its process id.</summary>
    public string? PIDFile { get; init; }

    /// <summary>The name on the bus of a <see cref="ServiceType.Dbus"/> service.</summary>
    public string? BusName { get; init; }

    /// <summary>Who may report to systemd: <c>none</c>, <c>main</c>, <c>exec</c> or <c>all</c>.</summary>
    public string? NotifyAccess { get; init; }

    /// <summary>Commands that run before.</summary>
    public UnitLines? ExecStartPre { get; init; }

    /// <summary>The command. It is no shell line: <c>$NAME</c> and <c>%</c> specifiers are systemd's.</summary>
    public UnitLines? ExecStart { get; init; }

    /// <summary>Commands that run once it is started.</summary>
    public UnitLines? ExecStartPost { get; init; }

    /// <summary>How it is told to read its configuration again.</summary>
    public UnitLines? ExecReload { get; init; }

    /// <summary>How it is stopped; by a signal when null.</summary>
    public UnitLines? ExecStop { get; init; }

    /// <summary>Commands that run when it has stopped.</summary>
    public UnitLines? ExecStopPost { get; init; }

    /// <summary>When it is started again by itself.</summary>
    public ServiceRestart? Restart { get; init; }

    /// <summary>How long it waits before that.</summary>
    public TimeSpan? RestartSec { get; init; }

    /// <summary>How long it may take to start; <see cref="Timeout.InfiniteTimeSpan"/> is for ever.</summary>
    public TimeSpan? TimeoutStartSec { get; init; }

    /// <summary>How long it may take to stop before it is killed.</summary>
    public TimeSpan? TimeoutStopSec { get; init; }

    /// <summary>How long it may run.</summary>
    public TimeSpan? RuntimeMaxSec { get; init; }

    /// <summary>How long it may be silent before it counts as failed (sd_watchdog_enabled(3)).</summary>
    public TimeSpan? WatchdogSec { get; init; }

    /// <summary>Exit codes and signals that count as success.</summary>
    public UnitWords? SuccessExitStatus { get; init; }

    /// <summary>What is killed when it stops: <c>control-group</c>, <c>mixed</c>, <c>process</c> or <c>none</c>.</summary>
    public string? KillMode { get; init; }

    /// <summary>The signal that stops it.</summary>
    public string? KillSignal { get; init; }

    /// <summary>The user that it runs as; root when null.</summary>
    public string? User { get; init; }

    /// <summary>The group that it runs as; the user's own when null.</summary>
    public string? Group { get; init; }

    /// <summary>Further groups.</summary>
    public UnitWords? SupplementaryGroups { get; init; }

    /// <summary>Runs as a user that exists only while it runs.</summary>
    public bool? DynamicUser { get; init; }

    /// <summary>The directory that it begins in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The mode bits that it takes away from files that it makes.</summary>
    public Mode? UMask { get; init; }

    /// <summary>
    /// Variables, quoted here: what is in a value is what the service gets, a percent sign too (for a specifier:
    /// <c>["Environment"] = "NAME=%i"</c>). Everybody on the host can read them: a secret belongs into a file.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Files with variables; a dash before a path says that it may be missing.</summary>
    public UnitLines? EnvironmentFile { get; init; }

    /// <summary>Directories below /run that are made for it.</summary>
    public UnitWords? RuntimeDirectory { get; init; }

    /// <summary>Directories below /var/lib that are made for it.</summary>
    public UnitWords? StateDirectory { get; init; }

    /// <summary>Directories below /var/cache that are made for it.</summary>
    public UnitWords? CacheDirectory { get; init; }

    /// <summary>Directories below /var/log that are made for it.</summary>
    public UnitWords? LogsDirectory { get; init; }

    /// <summary>Where its output goes: <c>journal</c>, <c>null</c>, <c>append:/path</c> …</summary>
    public string? StandardOutput { get; init; }

    /// <summary>Where its errors go, likewise.</summary>
    public string? StandardError { get; init; }

    /// <summary>The name that it logs under.</summary>
    public string? SyslogIdentifier { get; init; }

    /// <summary>How many files it may have open: a number, or <c>soft:hard</c>.</summary>
    public string? LimitNOFILE { get; init; }

    /// <summary>How much memory it may use: <c>512M</c>, <c>20%</c>.</summary>
    public string? MemoryMax { get; init; }

    /// <summary>How much of a CPU it may use: <c>50%</c>, <c>200%</c>.</summary>
    public string? CPUQuota { get; init; }

    /// <summary>How many processes and threads it may have.</summary>
    public string? TasksMax { get; init; }

    /// <summary>Its scheduling priority, from -20 (first) to 19.</summary>
    public int? Nice { get; init; }

    /// <summary>Can never get more rights than it has.</summary>
    public bool? NoNewPrivileges { get; init; }

    /// <summary>Has a /tmp of its own.</summary>
    public bool? PrivateTmp { get; init; }

    /// <summary>Sees no devices but the harmless ones.</summary>
    public bool? PrivateDevices { get; init; }

    /// <summary>What of the system it cannot write: <c>yes</c>, <c>full</c>, <c>strict</c>.</summary>
    public string? ProtectSystem { get; init; }

    /// <summary>Whether homes are hidden: <c>yes</c>, <c>read-only</c>, <c>tmpfs</c>.</summary>
    public string? ProtectHome { get; init; }

    /// <summary>Paths that it may write all the same.</summary>
    public UnitWords? ReadWritePaths { get; init; }

    /// <summary>Paths that it can only read.</summary>
    public UnitWords? ReadOnlyPaths { get; init; }

    /// <summary>Capabilities that it has although it is not root.</summary>
    public UnitWords? AmbientCapabilities { get; init; }

    /// <summary>Capabilities that it can have at most.</summary>
    public UnitWords? CapabilityBoundingSet { get; init; }
}

/// <summary>When a service counts as started (systemd.service(5), Type=).</summary>
public enum ServiceType
{
    /// <summary>As soon as it is forked.</summary>
    Simple,

    /// <summary>Once its program runs.</summary>
    Exec,

    /// <summary>When its first process ends and leaves another one behind.</summary>
    Forking,

    /// <summary>When its process has ended.</summary>
    Oneshot,

    /// <summary>When it has its name on the bus.</summary>
    Dbus,

    /// <summary>When it says so (sd_notify(3)).</summary>
    Notify,

    /// <summary>As <see cref="Notify"/>, also for reloads; systemd 253 and later.</summary>
    NotifyReload,

    /// <summary>As <see cref="Simple"/>, when nothing else is being started.</summary>
    Idle,
}

/// <summary>When a service is started again by itself (systemd.service(5), Restart=).</summary>
public enum ServiceRestart
{
    /// <summary>Never.</summary>
    No,

    /// <summary>Whatever the reason, unless it was stopped.</summary>
    Always,

    /// <summary>When it ended well.</summary>
    OnSuccess,

    /// <summary>When it ended in any other way.</summary>
    OnFailure,

    /// <summary>On a signal, a timeout or the watchdog.</summary>
    OnAbnormal,

    /// <summary>On a signal that it did not catch.</summary>
    OnAbort,

    /// <summary>On the watchdog.</summary>
    OnWatchdog,
}
