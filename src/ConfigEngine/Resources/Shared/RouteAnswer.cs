using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>Where a route leads to, with its metric: what identifies it in the kernel.</summary>
/// <param name="Destination">As the recipe has it: a network, an address, or <c>default</c>.</param>
/// <param name="Metric">Its metric; any when null.</param>
/// <param name="Via">Its gateway, which tells of which family a default route is.</param>
sealed record RouteTarget(string Destination, int? Metric, string? Via)
{
    System.Net.IPNetwork? Network => IpText.Network(Destination);

    bool IsDefault => Destination is "default" || Network is { PrefixLength: 0 };

    /// <summary>Whether it is of IPv6.</summary>
    public bool Is6 =>
        Network is { } network ? IpText.Is6(network.BaseAddress) : Via is not null && IpText.Address(Via) is { } via && IpText.Is6(via);

    /// <summary>The destination in its usual form.</summary>
    public string Name =>
        IsDefault
            ? Is6
                ? "::/0"
                : "default"
            : Network is { } network
                ? IpText.Name(network)
                : Destination;

    /// <summary>The destination as networkd writes it.</summary>
    public string Prefix => Name is "default" ? "0.0.0.0/0" : Network?.ToString() ?? Name;

    /// <summary>The name among the routes.</summary>
    public string Key => Metric is { } metric ? $"{Name} metric {Number(metric)}" : Name;

    /// <summary>What ip(8) calls the family.</summary>
    public string Family => Is6 ? "-6" : "-4";

    /// <summary>The name of its files, without an ending. run-parts(8) takes letters, digits, underscores and dashes.</summary>
    public string FileName =>
        "cfg-route-"
        + string.Concat(
            Key.Replace("::/0", "default6", StringComparison.Ordinal)
                .Replace(" metric ", "-m", StringComparison.Ordinal)
                .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')
        );

    /// <summary>The file for ifupdown.</summary>
    public string ScriptFile => $"/etc/network/if-up.d/{FileName}";

    /// <summary>The file for NetworkManager.</summary>
    public string DispatcherFile => $"/etc/NetworkManager/dispatcher.d/{FileName}";

    /// <summary>Whether a file is a script, and nothing that a program has to read again.</summary>
    public bool IsScript(string path) => path == ScriptFile || path == DispatcherFile;

    /// <summary>The file for netplan.</summary>
    public string NetplanFile => $"/etc/netplan/90-{FileName}.yaml";

    /// <summary>What is read and written of the configuration of networks: only what is about this route.</summary>
    public IEnumerable<Aspect> Files =>
        [
            Aspect.Path(ScriptFile),
            Aspect.Path(DispatcherFile),
            Aspect.Path(NetplanFile),
            Aspect.Under("/etc/systemd/network") with
            {
                Part = FileName,
            },
        ];

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Problems
    {
        get
        {
            if (Destination is not "default" && IpText.Problem(Destination) is { } wrong)
                yield return $"its destination {wrong}";
            if (Metric is < 0)
                yield return $"its Metric is a number from 0 on, and not {Number(Metric.Value)}";
        }
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A live route.</summary>
/// <param name="Type">unicast; kernel for one that the kernel made for an address; or another type, such as unreachable.</param>
/// <param name="Via">Its gateway; empty without one.</param>
/// <param name="Device">Its interface; empty without one.</param>
/// <param name="Metric">Its metric; 0 for the one that is used first.</param>
sealed record LiveRoute(string Type, string Via, string Device, int Metric)
{
    /// <summary>The routes of a line <c>live=</c>, the one that is used first before the others.</summary>
    public static IReadOnlyList<LiveRoute> Parse(string line) =>
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(route =>
                    route.Split('|') is [var type, var via, var device, var metric]
                        ? new LiveRoute(
                            type,
                            IpText.Address(via)?.ToString() ?? via,
                            device,
                            metric.Length == 0 ? 0 : HostShell.Number.Read(metric, "the metric of a route")
                        )
                        : throw new UnexpectedOutputException($"expected a route, got \"{Text.Excerpt(route)}\"")
                )
                .OrderBy(route => route.Metric),
        ];

    /// <summary>How plans write it.</summary>
    public string Words =>
        Type is "unicast" or "kernel"
            ? $"{(Via.Length == 0 ? "" : $"via {Via} ")}dev {Device}"
                + (Metric == 0 ? "" : $" metric {Metric.ToString(CultureInfo.InvariantCulture)}")
            : Type;
}

/// <summary>What a host says of a route.</summary>
sealed record RouteAnswer
{
    /// <summary>The interface: the one that the recipe gives, or that leads to the gateway; empty where there is none.</summary>
    public required string Device { get; init; }

    /// <summary>Whether the host has that interface.</summary>
    public required bool IsThere { get; init; }

    /// <summary>What configures the interface at boot: ifupdown, networkd, netplan, networkmanager, or none.</summary>
    public required string Layout { get; init; }

    /// <summary>The interface's name there: the file of networkd, or the kind and the name of netplan.</summary>
    public required string Network { get; init; }

    /// <summary>The live routes to the destination.</summary>
    public required IReadOnlyList<LiveRoute> Live { get; init; }

    /// <summary>Reads the answer.</summary>
    /// <param name="output">The answer of <c>cfg_route</c>.</param>
    /// <param name="file">What is at the path of the route's own file.</param>
    public static RouteAnswer Parse(Output output, out Output file)
    {
        (var said, file) = AnswerHead.Until(output, "file");
        return new()
        {
            Device = said["device"],
            IsThere = said["there"] is "yes",
            Layout = said["layout"] is "ifupdown" or "networkd" or "netplan" or "networkmanager" or "none"
                ? said["layout"]
                : throw new UnexpectedOutputException($"expected what configures the network, got \"{Text.Excerpt(said["layout"])}\""),
            Network = said["network"],
            Live = LiveRoute.Parse(said["live"]),
        };
    }
}
