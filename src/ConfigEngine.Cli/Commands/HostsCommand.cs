using System.CommandLine;
using System.Text.Json;
using ConfigEngine.Cli.Configuring;
using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg hosts</c>: the hosts, and how ssh would reach each of them.</summary>
static class HostsCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("hosts", "Show the inventory and the ssh settings of each host. No host is contacted.");
        Argument<string[]> hosts = new("hosts")
        {
            Description = "Names, groups, globs [default: all of the inventory]",
            HelpName = "hosts",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> sshConfig = new("--ssh-config")
        {
            Description = "An ssh configuration file to use instead of your own",
            HelpName = "file",
        };
        var transport = Transports.Option();
        Option<bool> json = new("--json") { Description = "Print it as JSON" };
        command.Add(hosts);
        HostNames.Complete(hosts);
        command.Add(sshConfig);
        Paths.Complete(sshConfig);
        command.Add(transport);
        command.Add(json);
        var trust = Named.AddTo(command);
        command.SetAction(
            async (parsed, ct) =>
            {
                var settings = Settings.Find(null, parsed.GetValue(trust) ?? [], terminal);
                var config = parsed.GetValue(sshConfig) ?? (settings[Setting.SshConfig] is { Length: > 0 } set ? set : null);
                if (File.Exists(config))
                    Named.Find(config, parsed.GetValue(trust) ?? []);
                var inventory = Recipes.Inventory(terminal, parsed.GetValue(trust) ?? [], ct);
                var selectors = parsed.GetValue(hosts) ?? [];
                var chosen = selectors.Length == 0 ? inventory.Hosts : inventory.Select(string.Join(',', selectors));
                var way = Transports.Of(parsed.GetValue(transport) ?? settings[Setting.Transport]);
                using var connector = Connecting.ForSettings(config, way, terminal);
                var described = await InventoryHosts.Describe(inventory, chosen, connector, ct);
                if (parsed.GetValue(json))
                    terminal.Out.WriteLine(JsonSerializer.Serialize(described, Json.Indented.IReadOnlyListInventoryDocument));
                else
                    terminal.Print(HostTable.Of(described, terminal.Width));
                return described.Any(host => host.Error is not null) ? ExitCode.Failed : ExitCode.Done;
            }
        );
        return command;
    }
}
