namespace ConfigEngine.Model;

/// <summary>How a host is rebooted and waited for.</summary>
/// <example><code>Notifies = [Reboot.Now with { Reboots = new() { Timeout = TimeSpan.FromMinutes(15) } }]</code></example>
public sealed record RebootOptions
{
    /// <summary>How long before it goes down, for people to finish; a second when left alone.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What logged-in users are told; nothing when null.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// How long everything may take from the moment it goes down: shutdown, boot, refused and unanswered connections, until it
    /// is up and healthy; 300 seconds when left alone.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long to wait between two looks; half a second when left alone.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long it must have been up without going down once more; two seconds when left alone.</summary>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What must succeed on the host before the run goes on; asked until it does or the time is over. Nothing when null.
    /// </summary>
    public Shell? HealthCheck { get; init; }

    /// <summary>What arranges it, and returns first.</summary>
    internal Shell Script => $"cfg_reboot {Math.Max(1, (long)Math.Ceiling(Delay.TotalSeconds))} {Message ?? ""}";
}
