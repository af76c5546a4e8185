using ConfigEngine.Cli;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Theory]
    [InlineData("--on and --local exclude each other", "plan", "--on", "web", "--local")]
    [InlineData("--on and --host exclude each other", "plan", "--on", "web", "--host", "a")]
    [InlineData("--host and --local exclude each other", "facts", "--host", "a", "--local")]
    [InlineData("--local and --ssh-config exclude each other", "apply", "--local", "--ssh-config", "x")]
    [InlineData("--parallel must be at least 1", "plan", "--parallel", "0")]
    [InlineData(
        "--deadline 5x: write a duration as 90s, 5m, 1h30m or 2d, or as a number of seconds; more than nothing, and at most 30d",
        "plan",
        "--deadline",
        "5x"
    )]
    [InlineData("--host-deadline 0: write a duration", "apply", "--host-deadline", "0")]
    [InlineData("--drain-timeout 31d: write a duration", "apply", "--drain-timeout", "31d")]
    [InlineData("--limit must be at least 1", "history", "--limit", "0")]
    [InlineData("--limit is for the list of runs, and not for one run", "history", "last", "--limit", "5")]
    [InlineData("Unrecognized command or argument 'blah'.", "blah")]
    [InlineData("Unrecognized command or argument '--blah'.", "plan", "a.csx", "--blah")]
    [InlineData("Required argument missing for option: '--on'.", "plan", "--on")]
    [InlineData("which command? cfg --help lists them")]
    [InlineData("--ssh-config: there is no /nowhere", "plan", "--host", "a", "--ssh-config", "/nowhere", "RECIPE")]
    [InlineData("--host a:b: \"b\" is not a port, which is a number from 1 to 65535", "plan", "RECIPE", "--host", "a:b")]
    public async Task Wrong_usage_ends_with_3_and_says_why(string problem, params string[] arguments)
    {
        var recipe = cfg.Recipe("On(\"all\");");
        Assert.Equal(3, await cfg.Run([.. arguments.Select(argument => argument is "RECIPE" ? recipe : argument)]));
        Assert.Contains(problem, cfg.Error);
        Assert.Equal("", cfg.Out);
    }

    [Theory]
    [InlineData("web1", "web1", null, null)]
    [InlineData("root@203.0.113.7", "203.0.113.7", "root", null)]
    [InlineData("root@203.0.113.7:2222", "203.0.113.7", "root", 2222)]
    [InlineData("[2001:db8::1]:22", "2001:db8::1", null, 22)]
    [InlineData("me@[2001:db8::1]", "2001:db8::1", "me", null)]
    [InlineData("2001:db8::1", "2001:db8::1", null, null)]
    [InlineData("user@domain@host", "host", "user@domain", null)]
    public void An_address_is_a_host(string text, string name, string? user, int? port)
    {
        var host = HostAddress.Parse(text);
        Assert.Equal((name, user, port), (host.Name, host.User, host.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@host")]
    [InlineData("root@")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("-x@host")]
    [InlineData("a b")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("a\nb")]
    public void What_is_no_address_is_refused(string text) => Assert.Throws<UsageException>(() => HostAddress.Parse(text));

    [Fact]
    public async Task Help_is_enough_to_begin()
    {
        Assert.Equal(0, await cfg.Run("--help"));
        Snapshot.Verify(cfg.Out);
    }

    [Fact]
    public async Task Each_command_explains_itself()
    {
        List<string> pages = [];
        foreach (var command in (string[])["plan", "apply", "history", "check", "facts", "hosts", "purge", "init", "schema", "completion"])
        {
            Assert.Equal(0, await cfg.Run(command, "--help"));
            pages.Add($"$ cfg {command} --help\n{cfg.Out}");
        }

        Snapshot.Verify(string.Join('\n', pages));
    }

    [Fact]
    public async Task A_stack_trace_is_for_debug_only()
    {
        var recipe = cfg.Recipe("throw new InvalidOperationException(\"out of ideas\");");
        Assert.Equal(3, await cfg.Run("check", recipe));
        Assert.DoesNotContain("   at ", cfg.Error);
        Assert.Equal(3, await cfg.Run("check", recipe, "--debug"));
        Assert.Contains("   at ", cfg.Error);
    }
}
