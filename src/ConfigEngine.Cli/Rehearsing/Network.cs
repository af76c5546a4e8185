using System.Net;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>
/// The network that the containers of one rehearsal share. It is in a network namespace of its own, so it changes nothing of this
/// machine's network, and a container can have the address that its host really has.
/// </summary>
sealed class Network : IAsyncDisposable
{
    /// <summary>How many addresses there are for hosts without one.</summary>
    const int Most = 254 * 254;

    readonly HeldProcess process;
    readonly Dictionary<string, (int Number, IPAddress Address)> hosts;

    Network(HeldProcess process, Dictionary<string, (int Number, IPAddress Address)> hosts, string names) =>
        (this.process, this.hosts, Hosts) = (process, hosts, names);

    /// <summary>The process whose network namespace it is.</summary>
    public int Id => process.Id;

    /// <summary>The lines for hosts(5) of each container.</summary>
    public string Hosts { get; }

    /// <summary>The number of a host's container, from 1.</summary>
    public int NumberOf(string host) => hosts[host].Number;

    /// <summary>A host's address in it.</summary>
    public string AddressOf(string host) => hosts[host].Address.ToString();

    /// <summary>Makes it.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="aliases">Other names of hosts.</param>
    /// <param name="folder">The folder with the scripts.</param>
    /// <param name="terminal">Receives errors.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="RehearsalException">It cannot be made.</exception>
    public static async Task<Network> Make(
        IReadOnlyList<Host> hosts,
        IReadOnlyList<(string Host, string Name)> aliases,
        RunFolder folder,
        Terminal terminal,
        CancellationToken ct
    )
    {
        if (aliases.FirstOrDefault(alias => !hosts.Any(host => host.Name == alias.Host)) is { Host: { } unknown })
            throw new UsageException($"--alias {unknown}=…: {unknown} is not among the hosts of this rehearsal");
        var addresses = Addresses(hosts);
        var held = HeldProcess.Start(["unshare", "--net", "sh", folder.Script("switch.sh")], terminal);
        if (await held.Says.ReadLineAsync(ct) is not null)
            return new(held, addresses, Names(hosts, aliases, addresses));
        await held.DisposeAsync();
        throw new RehearsalException($"the network of the containers cannot be made: {held.Complaints}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>The address of each host: its own, where the inventory has one, and otherwise one that no network has.</summary>
    static Dictionary<string, (int Number, IPAddress Address)> Addresses(IReadOnlyList<Host> hosts)
    {
        if (hosts.Count > Most)
            throw new RehearsalException($"{hosts.Count} hosts are too many for one rehearsal\n  hint: choose some of them: --on");
        Dictionary<string, (int Number, IPAddress Address)> addresses = [];
        HashSet<IPAddress> taken = [];
        foreach (var (i, host) in hosts.Index())
        {
            // RFC 2544: addresses for tests between networks, which are nobody's.
            IPAddress spare = new([198, 18, (byte)((i / 254) + 1), (byte)((i % 254) + 1)]);
            var own = IPAddress.TryParse(host.Address ?? host.Name, out var given) && !IPAddress.IsLoopback(given) ? given : spare;
            addresses.Add(host.Name, (i + 1, taken.Add(own) ? own : spare));
        }

        return addresses;
    }

    static string Names(
        IReadOnlyList<Host> hosts,
        IReadOnlyList<(string Host, string Name)> aliases,
        Dictionary<string, (int Number, IPAddress Address)> addresses
    ) =>
        string.Concat(
            hosts.Select(host =>
            {
                var names = (
                    (string?[])[host.Name, host.Address, .. aliases.Where(alias => alias.Host == host.Name).Select(alias => alias.Name)]
                )
                    .OfType<string>()
                    .Where(name => !IPAddress.TryParse(name, out _));
                return $"{addresses[host.Name].Address} {string.Join(' ', names.Distinct())}".TrimEnd() + "\n";
            })
        );
}
