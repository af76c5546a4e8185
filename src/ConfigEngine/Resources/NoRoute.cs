namespace ConfigEngine.Resources;

/// <summary>
/// No route to a network: neither in the kernel nor in a file of a <see cref="Route"/>. Routes that other configuration makes come back
/// at the next boot. The kernel's own routes to the networks of its addresses are no concern of this.
/// </summary>
/// <theme>network</theme>
/// <example><code>new NoRoute("192.168.10.0/24")</code></example>
/// <param name="Destination">The network, as in <see cref="Route"/>.</param>
public sealed record NoRoute(string Destination) : Resource<NoRoute.State>
{
    /// <summary>Only the route with this metric; when null, all routes there, and the file of one without a metric.</summary>
    public int? Metric { get; init; }

    RouteTarget Target => new(Destination, Metric, null);

    /// <inheritdoc/>
    public override string Key => Target.Key;

    /// <summary>What a plan compares.</summary>
    /// <param name="Live">The routes in the kernel.</param>
    /// <param name="Files">The files that make one at boot.</param>
    public sealed record State(IReadOnlyList<string>? Live, IReadOnlyList<string>? Files)
    {
        internal IReadOnlyList<LiveRoute> Routes { get; init; } = [];
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => Target.Problems;

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("route", Key), "gone", $"there is no route to {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. Writes, Aspect.Tool("ip")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Live("routes") with { Part = Key }, .. Target.Files];

    /// <inheritdoc/>
    protected override State Desired => new((IReadOnlyList<string>)[], (IReadOnlyList<string>)[]);

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_no_route {Target.Family} {Target.Name} {Target.FileName}", Parse) { Tools = ["ip"] };

    State? Parse(Output output)
    {
        if (output.Lines.ToArray() is not [{ } live, .. var files] || !live.StartsWith("live=", StringComparison.Ordinal))
            throw new UnexpectedOutputException($"expected the routes to {Target.Name}, got \"{Text.Excerpt(output.Text)}\"");
        var routes = LiveRoute
            .Parse(live[5..])
            .Where(one => one.Type is not "kernel" && (Metric is null || one.Metric == Metric))
            .ToList();
        var paths = files.Select(PathOf).ToList();
        return routes.Count + paths.Count == 0 ? null : new([.. routes.Select(route => route.Words)], paths) { Routes = routes };
    }

    string PathOf(string line) =>
        line.StartsWith("file=/etc/", StringComparison.Ordinal) && line.Contains(Target.FileName, StringComparison.Ordinal)
            ? line[5..]
            : throw new UnexpectedOutputException($"expected the file of a route, got \"{Text.Excerpt(line)}\"");

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        foreach (var route in diff.Actual?.Routes ?? [])
            yield return Run($"ip {Target.Family} route del {Arguments(route)}");
        var files = diff.Actual?.Files ?? [];
        foreach (var path in files)
            yield return new($"{Checks.BeforeRemoval([path])}cfg_remove {PathProbe.Parent(path)} {path[(path.LastIndexOf('/') + 1)..]}")
            {
                TellsFirstWrite = true,
                Title = $"remove {path}",
            };
        var layout = files.Any(path => path == Target.NetplanFile) ? "netplan" : "networkd";
        if (!files.All(Target.IsScript))
            yield return new($"cfg_route_read {layout}") { Title = RouteFile.Reload(layout) };
    }

    IEnumerable<string> Arguments(LiveRoute route) =>
        [
            .. route.Type is "unicast" or "multipath" ? (string[])[] : [route.Type],
            Target.Name,
            .. route.Via.Length == 0 || route.Type is not "unicast" ? (string[])[] : ["via", route.Via],
            .. route.Device.Length == 0 || route.Type is not "unicast" ? (string[])[] : ["dev", route.Device],
            .. route.Metric == 0 ? (string[])[] : ["metric", $"{route.Metric}"],
        ];
}
