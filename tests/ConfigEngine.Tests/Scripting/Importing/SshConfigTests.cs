using ConfigEngine.Tests.Cli;

namespace ConfigEngine.Tests.Scripting.Importing;

/// <summary>Hosts of ssh_config(5), and of what a command prints.</summary>
public sealed class SshConfigTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task Names_are_hosts_and_patterns_are_not()
    {
        Directory.CreateDirectory(cfg.PathOf("more.d"));
        File.WriteAllText(cfg.PathOf("more.d/one"), "Host web3\n  User root\n");
        File.WriteAllText(
            cfg.PathOf("ssh_config"),
            $"""
            # Host commented
            Host web1 web2 *.example.com !web9
              HostName 203.0.113.7
            host="db1"
            Include {cfg.PathOf("more.d")}/*
            Host web1
            Match host web7
            """
        );
        Assert.Equal(0, await Hosts("""Inventory.FromSshConfig(file: "ssh_config")"""));
        Assert.Contains("web1 web2 db1 web3\n", cfg.Error);
        Assert.Equal(0, await Hosts("""Inventory.FromSshConfig("web*", "ssh_config")"""));
        Assert.Contains("web1 web2 web3\n", cfg.Error);
        Assert.Equal(3, await Hosts("""Inventory.FromSshConfig("mail*", "ssh_config")"""));
        Assert.Contains("no host \"mail*\" is in DIR/ssh_config", cfg.Error);
        Assert.Equal(3, await Hosts("""Inventory.FromSshConfig("*", "nowhere")"""));
        Assert.Contains("DIR/nowhere does not exist", cfg.Error);
        File.WriteAllText(cfg.PathOf("ssh_config"), $"Include {cfg.PathOf("ssh_config")}\n");
        Assert.Equal(3, await Hosts("""Inventory.FromSshConfig("*", "ssh_config")"""));
        Assert.Contains("is included in itself", cfg.Error);
    }

    [Fact]
    public async Task What_a_command_prints_is_json()
    {
        const string each = """
            [.. Inventory.FromCommand("printf", "%s", "[{\"name\":\"web1\"},{\"name\":\"web2\"}]").EnumerateArray()
                .Select(one => new Host($"{one.GetProperty("name")}"))]
            """;
        Assert.Equal(0, await Hosts(each));
        Assert.Contains("web1 web2\n", cfg.Error);
        Assert.Equal(3, await Hosts("""[new Host($"{Inventory.FromCommand("echo", "no json")}")]"""));
        Assert.Contains("echo printed something else than JSON", cfg.Error);
        Assert.Equal(3, await Hosts("""[new Host($"{Inventory.FromCommand("sh", "-c", "echo sorry >&2; exit 3")}")]"""));
        Assert.Contains("sh ended with exit code 3:\n  sorry", cfg.Error);
        Assert.Equal(3, await Hosts("""["web1"]"""));
        Assert.Contains("Hosts(…) declares hosts, and \"web1\" is a selector", cfg.Error);
    }

    Task<int> Hosts(string hosts) =>
        cfg.Run(
            "check",
            cfg.Recipe(
                $"IReadOnlyList<Target> hosts = {hosts};\nHosts(hosts);\n"
                    + "Console.WriteLine(string.Join(' ', hosts.Select(host => host.Selector)));"
            )
        );
}
