namespace ConfigEngine.Model;

/// <summary>
/// How a block is rolled out to its hosts: in batches, with health checks between them. It stops before the remaining hosts when
/// too many failed.
/// </summary>
/// <example>
/// <code>
/// On("web", app).Rollout = new() { Canary = 1, Batch = "25%", HealthCheck = $"curl -fsS http://localhost/health" };
/// </code>
/// </example>
public sealed record Rollout
{
    /// <summary>How many hosts come first, alone; none by default.</summary>
    public Share Canary { get; init; }

    /// <summary>How many hosts are done at the same time after that; all when null.</summary>
    public Share? Batch { get; init; }

    /// <summary>A command that must succeed on each host of a batch before the next batch begins; none when null.</summary>
    public Shell? HealthCheck { get; init; }

    /// <summary>How long a host has until its health check succeeds; one minute by default.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How many hosts of the block may fail in the whole run before the remaining hosts are left alone; none by default.
    /// Unreachable hosts count, and so do hosts whose health check failed.
    /// </summary>
    public Share MaxFailures { get; init; }

    /// <summary>The mistakes in it, each a sentence.</summary>
    internal IEnumerable<string> Problems =>
        [
            .. Canary.IsNegative ? (string[])["Canary is negative"] : [],
            .. Batch is { IsNegative: true } || Batch == 0 || Batch == "0%" ? (string[])["Batch must be at least 1"] : [],
            .. MaxFailures.IsNegative ? (string[])["MaxFailures is negative"] : [],
            .. HealthTimeout <= TimeSpan.Zero ? (string[])["HealthTimeout must be more than 0"] : [],
        ];

    /// <summary>The batches of some hosts, in order.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> BatchesOf(IReadOnlyList<string> hosts)
    {
        var first = Canary == 0 || Canary == "0%" ? 0 : Math.Min(hosts.Count, Canary.OfAtLeastOne(hosts.Count));
        return
        [
            .. first == 0
                ? []
                : (IReadOnlyList<string>[])
                    [
                        [.. hosts.Take(first)],
                    ],
            .. hosts.Skip(first).Chunk((Batch ?? Math.Max(1, hosts.Count)).OfAtLeastOne(hosts.Count)),
        ];
    }
}
