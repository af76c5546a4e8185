namespace ConfigEngine.Model;

/// <summary>
/// How a block is brought to its hosts: some after the others, with a look at their health in between, and not to the rest
/// when too many failed.
/// </summary>
/// <example>
/// <code>
/// On("web", app).Rollout = new() { Canary = 1, Batch = "25%", HealthCheck = $"curl -fsS http://localhost/health" };
/// </code>
/// </example>
public sealed record Rollout
{
    /// <summary>How many hosts come first, alone; none when left alone.</summary>
    public Share Canary { get; init; }

    /// <summary>How many hosts are done at a time after that; all when null.</summary>
    public Share? Batch { get; init; }

    /// <summary>What must succeed on each host of a batch before the next one begins; nothing is asked when null.</summary>
    public Shell? HealthCheck { get; init; }

    /// <summary>How long a host has until its health check succeeds; a minute when left alone.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How many hosts of the block may fail, over the whole run, before the rest is not begun; none when left alone. Those
    /// that could not be reached count, and so do those whose health check failed.
    /// </summary>
    public Share MaxFailures { get; init; }

    /// <summary>What is wrong with it, each a sentence.</summary>
    internal IEnumerable<string> Problems =>
        [
            .. Canary.IsNegative ? (string[])["Canary is negative"] : [],
            .. Batch is { IsNegative: true } || Batch == 0 || Batch == "0%" ? (string[])["Batch must be at least 1"] : [],
            .. MaxFailures.IsNegative ? (string[])["MaxFailures is negative"] : [],
            .. HealthTimeout <= TimeSpan.Zero ? (string[])["HealthTimeout must be more than nothing"] : [],
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
