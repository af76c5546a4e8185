using System.Text.Json.Nodes;
using ConfigEngine.Cli.Running;
using ConfigEngine.Rendering;
using ConfigEngine.Ssh;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

/// <summary><c>cfg exec</c> and <c>cfg shell</c>.</summary>
public sealed class ExecTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task A_command_is_run_as_it_is_and_its_exit_code_is_said()
    {
        Assert.Equal(1, await cfg.Run("exec", "--local", "printf 'one\\ntwo\\n'; echo three >&2; exit 7"));
        Assert.Equal("localhost  exit code 7\n  one\n  two\n  three\n", cfg.Out.Replace("localhost  SYSTEM", "localhost  exit code 7"));
        Assert.Equal(0, await cfg.Run("exec", "--local", "--", "printf", "%s", "-x"));
        Assert.Equal("localhost\n  -x\n", cfg.Out);
    }

    [Fact]
    public async Task A_program_reads_it_as_json()
    {
        Assert.Equal(0, await cfg.Run("exec", "--local", "--json", "printf 'a\\377\\n'"));
        var answer = Assert.Single(JsonNode.Parse(cfg.Out)?.AsArray() ?? []);
        Assert.Equal("""{"host":"localhost","exitCode":0,"stdout":"a\uFFFD\n","stderr":"","error":null}""", answer?.ToJsonString());
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_given_up()
    {
        Assert.Equal(1, await cfg.Run("exec", "--local", "--timeout", "1s", "sleep 60"));
        Assert.Contains("error: waited 1 s for the command, and no answer came.", cfg.Out);
    }

    [Fact]
    public async Task Hosts_and_a_command_are_needed()
    {
        Assert.Equal(3, await cfg.Run("exec", "web"));
        Assert.StartsWith("error: name hosts and a command: cfg exec web 'uptime'", cfg.Error);
        Assert.Equal(3, await cfg.Run("exec", "web", "ls", "-la"));
        Assert.StartsWith("error: exec has no option -la\n  hint: put the command in quotes, or after --\n", cfg.Error);
        Assert.Equal(3, await cfg.Run("shell"));
        Assert.StartsWith("error: name a host", cfg.Error);
    }

    [Fact]
    public void Hosts_with_the_same_answer_are_together() =>
        Snapshot.Verify(
            Ansi.Plain(
                ExecText.Of(
                    [
                        new("web1", 0, "6.1.0\n", "", null),
                        new("db1", 2, "", "no such file\e[2J\n", null),
                        new("web2", 0, "6.1.0\n", "", null),
                        new("db2", null, "", "", "db2: cannot resolve the name db2\n  Set its Address."),
                        new("web3", 0, $"{new string('a', 60)}\n", "", null),
                    ],
                    40
                )
            )
        );

    [Fact]
    public void A_shell_is_reached_as_plans_reach_the_host()
    {
        Assert.Equal("ssh -o ConnectTimeout=10 -- web1", Line(new("web1"), new()));
        Assert.Equal(
            "ssh -F /c -o ConnectTimeout=3 -o StrictHostKeyChecking=accept-new -t -l me -p 2222 -- 203.0.113.7 sudo -i -u root",
            Line(
                new("web1")
                {
                    Address = "203.0.113.7",
                    Port = 2222,
                    User = "me",
                },
                new()
                {
                    SshConfig = "/c",
                    ConnectTimeout = TimeSpan.FromSeconds(3),
                    AcceptNewHostKeys = true,
                    Become = Become.Sudo,
                }
            )
        );
        Assert.Equal(
            "docker exec -it box sh",
            Line(new("box") { Transport = Transport.Command("docker", "exec", "-it", "box", "sh") }, new())
        );

        static string Line(Host host, ConnectorOptions options) => string.Join(' ', Connector.ShellOn(host, options));
    }
}
