namespace ConfigEngine.Cli.Configuring;

/// <summary>An option that can be set once instead of on every command line.</summary>
/// <param name="Name">Its name in <c>cfg.json</c> and, after two dashes, on the command line.</param>
/// <param name="Default">Its default value; empty for none.</param>
/// <param name="Wants">The form of its values, in words.</param>
/// <param name="IsRight">Whether a value has that form.</param>
sealed record Setting(string Name, string Default, string Wants, Func<string, bool> IsRight)
{
    /// <summary>An ssh configuration instead of the user's own.</summary>
    public static Setting SshConfig { get; } = new("ssh-config", "", "the path of a file", value => value.Length > 0);

    /// <summary>How many hosts are worked on at the same time.</summary>
    public static Setting Parallel { get; } =
        new("parallel", "20", "a whole number, at least 1", value => Numbers.Parse(value) is not null);

    /// <summary>Whether to become root with sudo on hosts whose inventory does not set that.</summary>
    public static Setting Become { get; } = new("become", "false", "true or false", value => value is "true" or "false");

    /// <summary>How long the network may take to connect.</summary>
    public static Setting ConnectTimeout { get; } =
        new(
            "connect-timeout",
            "10s",
            "a duration such as 5s or 1m, of a second at least",
            value => Durations.Parse(value) >= TimeSpan.FromSeconds(1)
        );

    /// <summary>How ssh is spoken.</summary>
    public static Setting Transport { get; } =
        new("transport", Transports.Auto, $"one of {string.Join(", ", Transports.Words)}", value => Transports.Words.Contains(value));

    /// <summary>All settings.</summary>
    public static IReadOnlyList<Setting> All { get; } = [SshConfig, Parallel, Become, ConnectTimeout, Transport];

    /// <summary>The environment variable that sets it.</summary>
    public string Variable => $"CFG_{Name.Replace('-', '_').ToUpperInvariant()}";
}
