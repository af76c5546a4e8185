namespace ConfigEngine.Resources;

/// <summary>
/// The <c>[Service]</c> section (systemd.service(5), systemd.exec(5), systemd.resource-control(5)). Properties that are null are left out.
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

    /// <summary>Whether the service still counts as active after its process ended.</summary>
    public bool? RemainAfterExit { get; init; }

    /// <summary>Where a forking service writes its process id.</summary>
    public string? PIDFile { get; init; }

    /// <summary>The name on the bus of a <see cref="ServiceType.Dbus"/> service.</summary>
    public string? BusName { get; init; }

    /// <summary>Who may report to systemd: <c>none</c>, <c>main</c>, <c>exec</c> or <c>all</c>.</summary>
    public string? NotifyAccess { get; init; }

    /// <summary>Commands that run before <see cref="ExecStart"/>.</summary>
    public UnitLines? ExecStartPre { get; init; }

    /// <summary>The command. It is not a shell line: systemd itself replaces <c>$NAME</c> and <c>%</c> specifiers.</summary>
    public UnitLines? ExecStart { get; init; }

    /// <summary>Commands that run after it has started.</summary>
    public UnitLines? ExecStartPost { get; init; }

    /// <summary>The command that makes it read its configuration again.</summary>
    public UnitLines? ExecReload { get; init; }

    /// <summary>The command that stops it; when null, a signal stops it.</summary>
    public UnitLines? ExecStop { get; init; }

    /// <summary>Commands that run after it has stopped.</summary>
    public UnitLines? ExecStopPost { get; init; }

    /// <summary>When systemd starts it again.</summary>
    public ServiceRestart? Restart { get; init; }

    /// <summary>How long systemd waits before it starts it again.</summary>
    public TimeSpan? RestartSec { get; init; }

    /// <summary>How long it may take to start; <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</summary>
    public TimeSpan? TimeoutStartSec { get; init; }

    /// <summary>How long it may take to stop before it is killed.</summary>
    public TimeSpan? TimeoutStopSec { get; init; }

    /// <summary>How long it may run.</summary>
    public TimeSpan? RuntimeMaxSec { get; init; }

    /// <summary>How long it may send no sign of life before it counts as failed (sd_watchdog_enabled(3)).</summary>
    public TimeSpan? WatchdogSec { get; init; }

    /// <summary>Exit codes and signals that count as success.</summary>
    public UnitWords? SuccessExitStatus { get; init; }

    /// <summary>
    /// Which processes are killed when it stops: <c>control-group</c>, <c>mixed</c>, <c>process</c> or <c>none</c>.
    /// </summary>
    public string? KillMode { get; init; }

    /// <summary>The signal that stops it.</summary>
    public string? KillSignal { get; init; }

    /// <summary>The user that it runs as; root when null.</summary>
    public string? User { get; init; }

    /// <summary>The group that it runs as; the user's own when null.</summary>
    public string? Group { get; init; }

    /// <summary>Additional groups of its processes.</summary>
    public UnitWords? SupplementaryGroups { get; init; }

    /// <summary>Whether it runs as a user that exists only while it runs.</summary>
    public bool? DynamicUser { get; init; }

    /// <summary>The directory that it starts in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The mode bits that files it creates do not get.</summary>
    public Mode? UMask { get; init; }

    /// <summary>
    /// Variables. They are quoted here, so the service gets each value exactly as written, percent signs too (to use a specifier:
    /// <c>["Environment"] = "NAME=%i"</c>). Every user of the host can read them, so put a secret into a file.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Files with variables; a dash before a path means that the file may be missing.</summary>
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

    /// <summary>Where its errors go, with the same values.</summary>
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

    /// <summary>Whether it can never get more rights than it has.</summary>
    public bool? NoNewPrivileges { get; init; }

    /// <summary>Whether it has a /tmp of its own.</summary>
    public bool? PrivateTmp { get; init; }

    /// <summary>Whether it sees only harmless devices.</summary>
    public bool? PrivateDevices { get; init; }

    /// <summary>Which parts of the system it cannot write: <c>yes</c>, <c>full</c>, <c>strict</c>.</summary>
    public string? ProtectSystem { get; init; }

    /// <summary>Whether homes are hidden: <c>yes</c>, <c>read-only</c>, <c>tmpfs</c>.</summary>
    public string? ProtectHome { get; init; }

    /// <summary>Paths that it may write in spite of the other settings.</summary>
    public UnitWords? ReadWritePaths { get; init; }

    /// <summary>Paths that it can only read.</summary>
    public UnitWords? ReadOnlyPaths { get; init; }

    /// <summary>Capabilities that it has without being root.</summary>
    public UnitWords? AmbientCapabilities { get; init; }

    /// <summary>Capabilities that it can have at most.</summary>
    public UnitWords? CapabilityBoundingSet { get; init; }
}

/// <summary>When a service counts as started (systemd.service(5), Type=).</summary>
public enum ServiceType
{
    /// <summary>Right after the fork.</summary>
    Simple,

    /// <summary>When its program runs.</summary>
    Exec,

    /// <summary>When its first process ends and leaves another process running.</summary>
    Forking,

    /// <summary>When its process has ended.</summary>
    Oneshot,

    /// <summary>When it has its name on the bus.</summary>
    Dbus,

    /// <summary>When it reports that it is ready (sd_notify(3)).</summary>
    Notify,

    /// <summary>As <see cref="Notify"/>, also for reloads; systemd 253 and later.</summary>
    NotifyReload,

    /// <summary>As <see cref="Simple"/>, but it waits until nothing else is being started.</summary>
    Idle,
}

/// <summary>When systemd starts a service again (systemd.service(5), Restart=).</summary>
public enum ServiceRestart
{
    /// <summary>Never.</summary>
    No,

    /// <summary>For any reason, unless it was stopped.</summary>
    Always,

    /// <summary>After it ended successfully.</summary>
    OnSuccess,

    /// <summary>After it ended in any other way.</summary>
    OnFailure,

    /// <summary>After a signal, a timeout or the watchdog ended it.</summary>
    OnAbnormal,

    /// <summary>After a signal that it did not catch ended it.</summary>
    OnAbort,

    /// <summary>After the watchdog ended it.</summary>
    OnWatchdog,
}
