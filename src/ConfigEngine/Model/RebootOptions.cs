namespace ConfigEngine.Model;

/// <summary>How a host is rebooted, and how cfg waits for it.</summary>
/// <example><code>Notifies = [Reboot.Now with { Reboots = new() { Timeout = TimeSpan.FromMinutes(15) } }]</code></example>
public sealed record RebootOptions
{
    /// <summary>The time before it goes down, for people to finish their work; one second by default.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The message to logged-in users; none when null.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// How long the whole reboot may take, from the moment it goes down: shutdown, boot, refused and unanswered connections, until
    /// it is up and healthy; 300 seconds by default.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The time between two connection attempts; half a second by default.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long it must have been up without going down again; two seconds by default.</summary>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A command that must succeed on the host before the run continues. It is repeated until it succeeds or the time is over. None
    /// when null.
    /// </summary>
    public Shell? HealthCheck { get; init; }

    /// <summary>What differs from the defaults and is not in the text of the operation: lines for a plan.</summary>
    internal IEnumerable<string> How
    {
        get
        {
            RebootOptions usual = new();
            if (Message is not null)
                yield return $"tells users: {Message}";
            if (Timeout != usual.Timeout)
                yield return $"up again within {ValueText.Full(Timeout)}";
            if (Poll != usual.Poll)
                yield return $"a try to connect every {ValueText.Full(Poll)}";
            if (Stable != usual.Stable)
                yield return $"up for {ValueText.Full(Stable)} before the run goes on";
            if (HealthCheck is not null)
                yield return $"healthy when this succeeds: {HealthCheck.Text}";
        }
    }

    /// <summary>The script that arranges the reboot, and returns before it.</summary>
    internal Shell Script => $"cfg_reboot {Math.Max(1, (long)Math.Ceiling(Delay.TotalSeconds))} {Message ?? ""}";
}
