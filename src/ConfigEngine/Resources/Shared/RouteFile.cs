using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>The file that makes a route at boot, in the language of what configures its interface.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Mode">Its mode.</param>
sealed record RouteFile(string Path, Content Content, Mode Mode)
{
    const string Origin = "# Written by cfg: what is changed here is changed back.\n";

    /// <summary>The file; null where nothing that is known configures the interface.</summary>
    /// <param name="target">Where the route leads to.</param>
    /// <param name="seen">What the host says of it.</param>
    /// <param name="route">The route.</param>
    /// <param name="metric">The metric that the recipe gives it; what the configuration makes of none when null.</param>
    public static RouteFile? Of(RouteTarget target, RouteAnswer seen, LiveRoute route, int? metric)
    {
        var number = metric?.ToString(CultureInfo.InvariantCulture);
        var via = route.Via.Length == 0 ? null : route.Via;
        return seen.Layout switch
        {
            "ifupdown" => new(target.ScriptFile, IfUpScript(target, route, via, number), "0755"),
            "networkmanager" => new(target.DispatcherFile, DispatcherScript(target, route, via, number), "0755"),
            "networkd" => new(
                PathOf(target, seen),
                Origin + "[Route]\n" + Line("Destination", target.Prefix) + Line("Gateway", via) + Line("Metric", number),
                "0644"
            ),

            // netplan(5) warns of files that others can read.
            "netplan" => new(target.NetplanFile, Netplan(target, seen.Network.Split(' '), via, number), "0600"),
            _ => null,
        };
    }

    /// <summary>The path of the file; of no file where there can be none.</summary>
    public static string PathOf(RouteTarget target, RouteAnswer seen) =>
        seen.Layout switch
        {
            "networkd" => $"/etc/systemd/network/{seen.Network}.d/{target.FileName}.conf",
            "netplan" => target.NetplanFile,
            "networkmanager" => target.DispatcherFile,
            _ => target.ScriptFile,
        };

    /// <summary>A plan's words for reading the configuration again.</summary>
    public static string Reload(string layout) => layout is "netplan" ? "$ netplan generate && networkctl reload" : "$ networkctl reload";

    static string Line(string name, string? value) => value is null ? "" : $"{name}={value}\n";

    /// <summary>
    /// ifup(8) runs it for each family of the interface. Before the addresses of its own family are there, it may fail.
    /// </summary>
    static string IfUpScript(RouteTarget target, LiveRoute route, string? via, string? metric) =>
        $"#!/bin/sh\n{Origin}[ \"$IFACE\" = {Shell.Quote(route.Device)} ] || exit 0\n"
        + $"{Command(target, route, via, metric)} || [ \"$ADDRFAM\" != {(target.Is6 ? "inet6" : "inet")} ]\n";

    /// <summary>What NetworkManager says when it has given an interface its addresses, or has given them again.</summary>
    static readonly string[] MakesAddresses = ["up", "reapply", "dhcp4-change", "dhcp6-change"];

    /// <summary>
    /// NetworkManager-dispatcher(8) runs it with the interface and what happened to it. What takes away or renews the addresses of an
    /// interface takes away the route, too.
    /// </summary>
    static string DispatcherScript(RouteTarget target, LiveRoute route, string? via, string? metric) =>
        $"#!/bin/sh\n{Origin}[ \"$1\" = {Shell.Quote(route.Device)} ] || exit 0\n"
        + $"{string.Join(" || ", MakesAddresses.Select(what => $"[ \"$2\" = {what} ]"))} || exit 0\n"
        + $"{Command(target, route, via, metric)}\n";

    static string Command(RouteTarget target, LiveRoute route, string? via, string? metric) =>
        $"ip {target.Family} route replace {target.Name}{(via is null ? "" : $" via {via}")} dev {Shell.Quote(route.Device)}"
        + $"{(metric is null ? "" : $" metric {metric}")} proto static";

    static string Netplan(RouteTarget target, string[] network, string? via, string? metric) =>
        Origin
        + $"network:\n  version: 2\n  {network[0]}:\n    {network[^1]}:\n      routes:\n        - to: \"{target.Name}\"\n"
        + (via is null ? "          scope: link\n" : $"          via: \"{via}\"\n")
        + (metric is null ? "" : $"          metric: {metric}\n");
}
