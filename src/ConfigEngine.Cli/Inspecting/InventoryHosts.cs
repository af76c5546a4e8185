using ConfigEngine.Rendering;
using ConfigEngine.Ssh;

namespace ConfigEngine.Cli.Inspecting;

/// <summary>The hosts of the inventory, and what ssh would do for each.</summary>
static class InventoryHosts
{
    /// <summary>The hosts that a command line selects.</summary>
    /// <exception cref="UsageException">The command line names hosts and also has --host or --local.</exception>
    public static IReadOnlyList<Host> Select(IReadOnlyList<string> selectors, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        if (choice.Everywhere is { } only)
            return selectors.Count == 0
                ? [only]
                : throw new UsageException("name hosts of the inventory, or use --host or --local, not both");
        return Chosen(Recipes.Inventory(terminal, choice.Trusted, ct), selectors);
    }

    /// <summary>The same, after the inventory's secrets were read, so that no output shows them.</summary>
    public static IReadOnlyList<Host> SelectWithSecrets(
        IReadOnlyList<string> selectors,
        RunChoice choice,
        Terminal terminal,
        CancellationToken ct
    )
    {
        if (choice.Everywhere is not null)
            return Select(selectors, choice, terminal, ct);
        var recipe = Recipes.Hosts(terminal, choice.Trusted, ct);
        var hosts = Chosen(recipe.Inventory, selectors);
        recipe.ReadSecrets(hosts);
        return hosts;
    }

    static IReadOnlyList<Host> Chosen(Inventory inventory, IReadOnlyList<string> selectors) =>
        selectors.Count == 0 ? inventory.Hosts : inventory.Select(string.Join(',', selectors));

    /// <summary>All details of the hosts.</summary>
    public static async Task<IReadOnlyList<InventoryDocument>> Describe(
        Inventory inventory,
        IReadOnlyList<Host> hosts,
        Connector connector,
        CancellationToken ct
    )
    {
        using SemaphoreSlim slots = new(Environment.ProcessorCount * 4);
        return await Task.WhenAll(
            hosts.Select(async host =>
            {
                await slots.WaitAsync(ct);
                try
                {
                    return await Describe(inventory, host, connector, ct);
                }
                finally
                {
                    slots.Release();
                }
            })
        );
    }

    static async Task<InventoryDocument> Describe(Inventory inventory, Host host, Connector connector, CancellationToken ct)
    {
        InventoryDocument plain = new(
            host.Name,
            inventory.GroupsOf(host),
            inventory.VarsOf(host).ToDictionary(variable => variable.Key, variable => ValueText.Short(variable.Value)),
            host.Become?.User,
            null,
            null,
            null
        );
        if (host.Transport is { IsCommand: true } transport)
            return plain with { Command = transport.Arguments };
        try
        {
            var ssh = await connector.Settings(host, ct);
            return plain with { Ssh = new(ssh.HostName, ssh.User, ssh.Port, ssh.ProxyJump, ssh.ProxyCommand, ssh.IdentityFiles) };
        }
        catch (HostUnreachableException error)
        {
            return plain with { Error = error.Message };
        }
    }
}
