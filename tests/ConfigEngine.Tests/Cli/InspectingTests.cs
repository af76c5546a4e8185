using System.Text.Json.Nodes;
using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Rendering;
using ConfigEngine.Ssh;
using ConfigEngine.Ssh.Native;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class InspectingTests : IDisposable
{
    static readonly InventoryDocument[] Hosts =
    [
        new(
            "web1",
            ["prod", "web"],
            new Dictionary<string, string> { ["port"] = "8080" },
            null,
            new("203.0.113.11", "root", 22, null, null, []),
            null,
            null
        ),
        new(
            "db1",
            ["db", "prod"],
            new Dictionary<string, string>(),
            "postgres",
            new("2001:db8::1", "deploy", 2222, "bastion", null, ["~/.ssh/id_ed25519"]),
            null,
            null
        ),
        new("box", [], new Dictionary<string, string>(), null, null, ["docker", "exec", "-i", "box", "sh"], null),
        new("odd\e[2J", [], new Dictionary<string, string>(), null, null, null, "ssh: line 3: bad configuration option"),
    ];

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public void Hosts_are_a_table_where_it_fits() => Snapshot.Verify(Ansi.Plain(HostTable.Of(Hosts, 140)));

    [Fact]
    public void A_table_that_just_fits_has_no_spaces_after_its_last_column()
    {
        var width = Ansi.Plain(HostTable.Of(Hosts, null)).Split('\n').Max(line => line.Length);
        Assert.DoesNotContain(HostTable.Of(Hosts, width), line => line.Spans.Sum(span => Cells.Of(span.Text)) > width);
    }

    [Fact]
    public void Hosts_are_lines_where_a_table_does_not_fit() => Snapshot.Verify(Ansi.Plain(HostTable.Of(Hosts, 60)));

    [Fact]
    public async Task What_ssh_would_do_is_what_ssh_says()
    {
        File.WriteAllText(cfg.PathOf("config"), "Host web1\n  HostName 203.0.113.11\n  User deploy\n  Port 2222\n  ProxyJump bastion\n");
        using Connector openSsh = new(new() { SshConfig = cfg.PathOf("config"), Transport = Transport.Ssh });
        using Connector native = new(
            new()
            {
                SshConfig = cfg.PathOf("config"),
                Transport = Transport.Native,
                Native = options => new NativeConnector(options),
            }
        );
        var ssh = await openSsh.Settings(new("web1"), default);
        Assert.Equal(ssh with { IdentityFiles = [] }, await native.Settings(new("web1"), default) with { IdentityFiles = [] });
        Assert.Equal(("203.0.113.11", "deploy", 2222, "bastion"), (ssh.HostName, ssh.User, ssh.Port, ssh.ProxyJump));
        ssh = await openSsh.Settings(new("web1") { User = "root", Port = 22 }, default);
        Assert.Equal(
            ssh with
            {
                IdentityFiles = [],
            },
            await native.Settings(new("web1") { User = "root", Port = 22 }, default) with
            {
                IdentityFiles = [],
            }
        );
        Assert.Equal(("root", 22), (ssh.User, ssh.Port));
    }

    [Fact]
    public async Task Facts_of_this_machine()
    {
        Assert.Equal(0, await cfg.Run("facts", "--local"));
        Assert.Contains("  kernel     ", cfg.Out);
        Assert.Equal(0, await cfg.Run("facts", "--local", "--json"));
        var host = Assert.Single(JsonNode.Parse(cfg.Out)?.AsArray() ?? []);
        Assert.Equal("localhost", host?["host"]?.ToString());
        Assert.NotNull(host?["facts"]?["kernel"]?["release"]);
        Assert.Equal(3, await cfg.Run("facts", "web", "--local"));
    }
}
