using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>
/// A static route: in the kernel now and, in a file of its own, from the next boot on. The file is for what configures the interface:
/// ifupdown, systemd-networkd, netplan or NetworkManager. A route whose interface comes and goes, such as <c>ppp0</c>, belongs into a
/// script that runs when it comes: see <c>PptpClient</c> in recipes/lib/network.csx. Like all of the network, it is put back where it
/// cuts the host off.
/// </summary>
/// <theme>network</theme>
/// <example><code>new Route("192.168.10.0/24") { Via = "10.0.0.1" }</code></example>
/// <param name="Destination">A network, such as <c>192.168.10.0/24</c>; one address; <c>default</c>; or <c>::/0</c>.</param>
public sealed record Route(string Destination) : Resource<Route.State>
{
    /// <summary>The gateway's address; when null, the network is reached directly, through <see cref="Device"/>.</summary>
    public string? Via { get; init; }

    /// <summary>The interface; the one that leads to the gateway when null.</summary>
    public string? Device { get; init; }

    /// <summary>
    /// The metric: of two routes to one network, the lower one is used. Left alone when null, which is 0 for a new route (1024 with
    /// IPv6). Routes with different metrics are different routes.
    /// </summary>
    public int? Metric { get; init; }

    /// <summary>Whether it is there from the next boot on, too; true by default. When false, only the kernel's routes count.</summary>
    public bool AtBoot { get; init; } = true;

    RouteTarget Target => new(Destination, Metric, Via);

    /// <inheritdoc/>
    public override string Key => Target.Key;

    /// <summary>What a plan compares.</summary>
    /// <param name="Live">The route in the kernel.</param>
    /// <param name="Content">The file that makes it at boot.</param>
    /// <param name="Owner">The file's owner, which is root.</param>
    /// <param name="Group">The file's group, which is root.</param>
    /// <param name="Mode">The file's mode.</param>
    public sealed record State(string? Live, Content? Content, string? Owner, string? Group, Mode? Mode)
    {
        internal RouteAnswer? Seen { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in Target.Problems)
                yield return problem;
            if (Via is not null)
            {
                if (IpText.Address(Via) is not { } gateway)
                    yield return $"its gateway \"{Text.Excerpt(Via)}\" is not an IPv4 or IPv6 address";
                else if (IpText.Network(Destination) is { } network && IpText.Is6(network.BaseAddress) != IpText.Is6(gateway))
                    yield return $"its gateway {Via} and its destination {Destination} are not of one family, IPv4 or IPv6";
            }

            if (Via is null && Device is null)
                yield return "it leads nowhere: give it a Via, a Device, or both";
            if (Device is not null && !IpText.IsInterface(Device))
                yield return $"\"{Text.Excerpt(Device)}\" is not the name of a network interface";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("route", Key), "there", $"there is a route to {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. Writes, Aspect.Tool("ip")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Live("routes") with { Part = Key }, .. AtBoot ? Target.Files : []];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns =>
        AtBoot ? [Aspect.Path(Target.ScriptFile), Aspect.Path(Target.DispatcherFile), Aspect.Path(Target.NetplanFile)] : [];

    /// <inheritdoc/>
    protected override State Desired => new(Wanted(null).Words, null, null, null, null);

    LiveRoute Wanted(RouteAnswer? seen) =>
        new(
            "unicast",
            Via is null ? "" : IpText.Address(Via)?.ToString() ?? Via,
            Device ?? (seen?.Device is { Length: > 0 } found ? found : "?"),
            Metric ?? Present(seen)?.Metric ?? 0
        );

    /// <summary>The live route that is this one.</summary>
    LiveRoute? Present(RouteAnswer? seen) => seen?.Live.FirstOrDefault(route => Metric is null || route.Metric == Metric);

    /// <inheritdoc/>
    protected override State Towards(State? actual)
    {
        if (actual?.Seen is not { } seen)
            return Desired;
        var wanted = Wanted(seen);
        return RouteFile.Of(Target, seen, wanted, Metric) is { } file && AtBoot
            ? new(wanted.Words, file.Content, "root", "root", file.Mode) { Seen = seen }
            : Desired with
            {
                Live = wanted.Words,
                Seen = seen,
            };
    }

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_route {Target.Family} {Target.Name} {Via ?? ""} {Device ?? ""} {Target.FileName} {(AtBoot ? "boot" : "")}",
            output =>
            {
                var seen = RouteAnswer.Parse(output, out var answer);
                var file = FileProbe(seen).Read(answer);
                return new(Present(seen)?.Words, file?.Content, file?.Owner, file?.Group, file?.Mode) { Seen = seen };
            }
        )
        {
            Prelude = new PathProbe("/", "file").Probe.Prelude,
            Tools = ["ip"],
            Needs = Needs,
        };

    Probe<PathState> FileProbe(RouteAnswer seen) =>
        new PathProbe(RouteFile.PathOf(Target, seen), "file") { Owner = "root", Group = "root" }.Probe;

    IEnumerable<Need> Needs(Output output)
    {
        var seen = RouteAnswer.Parse(output, out var file);
        if (Present(seen) is { Type: "kernel" } made)
            yield return new(
                new("nothing", Key),
                $"{Target.Name} is the network of an address of {made.Device}, to which the kernel leads itself"
            )
            {
                Always = true,
                Hint = "leave this line out, or give the route a Metric of its own",
            };
        else if (seen.Device.Length == 0)
            yield return new(Aspect.Live("routes"), $"no network of the host has the gateway {Via} in it")
            {
                Hint = "check the address, or give the route a Device",
            };
        else if (!seen.IsThere)
            yield return new(Aspect.Live("routes"), $"the host has no network interface {seen.Device}");
        else if (AtBoot && seen.Layout is "none")
            yield return new(
                new("nothing", Key),
                $"nothing that cfg knows configures {seen.Device} at boot (ifupdown, systemd-networkd, netplan or NetworkManager)"
            )
            {
                Always = true,
                Hint = "set AtBoot = false for the kernel's route alone",
            };
        else if (AtBoot)
        {
            foreach (var need in FileProbe(seen).Needs(file))
                yield return need;
        }
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Live is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var (seen, wanted) = (diff.Actual?.Seen, Wanted(diff.Actual?.Seen));

        // The kernel first: if it refuses the route, no file is written that would fail at every boot.
        if (diff.Creates || diff.Changes(s => s.Live))
            yield return Run($"ip {Target.Family} route replace {Arguments(wanted)} proto static");
        if (seen is null || RouteFile.Of(Target, seen, wanted, Metric) is not { } file || !AtBoot)
            yield break;
        Diff<PathState> difference = new(
            diff.Actual?.Content is { } content
                ? new("file", content, null, diff.Actual.Owner, diff.Actual.Group, diff.Actual.Mode)
                : null,
            new("file", file.Content, null, "root", "root", file.Mode)
        );
        if (difference.IsEmpty)
            yield break;
        if (seen.Layout is "networkd" or "networkmanager" && difference.Creates)
            yield return Run($"cfg_directories {PathProbe.Parent(file.Path)}") with
            {
                Title = $"make {PathProbe.Parent(file.Path)}",
            };
        foreach (var operation in FileWrite.Checked(file.Path, difference))
            yield return operation;
        if (!Target.IsScript(file.Path) && (difference.Creates || difference.Changes(s => s.Content)))
            yield return new($"cfg_route_kept {seen.Layout} {Target.Family} {Target.Name}") { Title = RouteFile.Reload(seen.Layout) };
    }

    IEnumerable<string> Arguments(LiveRoute wanted) =>
        [
            Target.Name,
            .. wanted.Via.Length == 0 ? (string[])[] : ["via", wanted.Via],
            "dev",
            wanted.Device,
            .. wanted.Metric == 0 ? (string[])[] : ["metric", wanted.Metric.ToString(CultureInfo.InvariantCulture)],
        ];
}
