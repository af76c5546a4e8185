using System.CommandLine;
using ConfigEngine.Cli;
using ConfigEngine.Cli.Parsing;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Theory]
    [InlineData("--on and --local cannot be used together", "plan", "--on", "web", "--local")]
    [InlineData("--on and --host cannot be used together", "plan", "--on", "web", "--host", "a")]
    [InlineData("--host and --local cannot be used together", "facts", "--host", "a", "--local")]
    [InlineData("--local and --ssh-config cannot be used together", "apply", "--local", "--ssh-config", "x")]
    [InlineData("error: --parallel 0: write a whole number, at least 1\nSee: cfg plan --help\n", "plan", "--parallel", "0")]
    [InlineData("--parallel x: write a whole number, at least 1", "plan", "--parallel", "x")]
    [InlineData(
        "--deadline 5x: write a duration as 90s, 5m, 1h30m or 2d, or as a number of seconds; more than 0 and at most 30d",
        "plan",
        "--deadline",
        "5x"
    )]
    [InlineData("--host-deadline 0: write a duration", "apply", "--host-deadline", "0")]
    [InlineData("--drain-timeout 31d: write a duration", "apply", "--drain-timeout", "31d")]
    [InlineData("--limit 0: write a whole number, at least 1", "history", "--limit", "0")]
    [InlineData("--limit is for the list of runs, and not for one run", "history", "last", "--limit", "5")]
    [InlineData("error: --on needs a value: --on <selector>\n", "plan", "--on")]
    [InlineData("error: --on needs a value: --on <selector>\n", "plan", "--on", "--json")]
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
    [InlineData("unknown command pln", "did you mean plan?", "pln")]
    [InlineData("unknown command blah", "there are: plan, apply, ", "blah")]
    [InlineData("unknown command validate", "here it is: cfg check", "validate")]
    [InlineData("unknown command site.csx", "a recipe needs a command: cfg plan site.csx", "site.csx")]
    [InlineData("unknown command nonsense", "there are: plan, apply", "help", "nonsense")]
    [InlineData("unknown option --verson", "did you mean --version?", "--verson")]
    [InlineData("plan has no option --verbos", "did you mean --verbose?", "plan", "--verbos")]
    [InlineData("plan has no option --verbos", "did you mean --verbose?", "plan", "--verbos", "a.csx")]
    [InlineData("plan has no option --verbos", "did you mean --verbose?", "plan", "--on", "--verbos")]
    [InlineData("plan has no option --exit-cod", "did you mean --exit-code?", "plan", "--exit-cod=1")]
    [InlineData("facts has no option --host-deadline", null, "facts", "web1", "--host-deadline", "3s")]
    [InlineData("plan has no option -vx", null, "plan", "-vx")]
    [InlineData("apply has no option --dry-run", "cfg plan shows what would change, and changes nothing", "apply", "--dry-run")]
    [InlineData("apply has no option --dryrun", "cfg plan shows what would change, and changes nothing", "apply", "--dryrun")]
    [InlineData("apply has no option --check", "cfg plan shows what would change, and changes nothing", "apply", "--check")]
    [InlineData("apply has no option -D", "a plan always shows the differences", "apply", "-D")]
    [InlineData("facts has no option --limit", "name the hosts as arguments", "facts", "--limit", "web1")]
    [InlineData("plan has no option -i", "the hosts are those of the nearest infra.csx", "plan", "-i", "hosts")]
    [InlineData("schema has no command foo", "there are: plan, events, facts, hosts, diff, rehearsal, history, run", "schema", "foo")]
    [InlineData("completion has no shell tcsh", "there are: bash, fish, zsh", "completion", "tcsh")]
    [InlineData("plan takes no further argument: web1", "to choose hosts: --on web1", "plan", "a.csx", "web1")]
    public async Task What_is_not_known_is_named_with_what_was_meant(string problem, string? hint, params string[] arguments)
    {
        Assert.Equal(3, await cfg.Run(arguments));
        Assert.StartsWith($"error: {problem}\n{(hint is null ? "See: " : $"  hint: {hint}")}", cfg.Error);
        Assert.Equal("", cfg.Out);
    }

    [Theory]
    [InlineData("plan --on web1 a.csx", "plan --limit web1 a.csx")]
    [InlineData("plan --on=web1", "plan --limit=web1")]
    [InlineData("plan", "plan --dry-run -D -C")]
    [InlineData("apply --yes", "apply --auto-approve")]
    [InlineData("apply --become --ask-become-password", "apply -b -K")]
    [InlineData("history --limit 3", "history --limit 3")]
    [InlineData("--version", "version")]
    [InlineData("--version", "-V")]
    [InlineData("--help", "help")]
    [InlineData("plan --help", "help plan")]
    [InlineData("plan -- --limit", "plan -- --limit")]
    public void Words_of_other_tools_that_mean_the_same_are_taken(string ours, string typed) =>
        Assert.Equal(ours, string.Join(' ', Habits.Translate(typed.Split(' '))));

    [Fact]
    public async Task Cfg_alone_prints_the_short_help()
    {
        Assert.Equal(0, await cfg.Run());
        Snapshot.Verify(cfg.Out);
    }

    [Fact]
    public async Task Help_fits_into_78_columns()
    {
        using Interrupts interrupts = new();
        List<string> paths = [""];
        for (var i = 0; i < paths.Count; i++)
        {
            var words = paths[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Command command = Cfg.Root(new(TextReader.Null, TextWriter.Null, TextWriter.Null), interrupts);
            foreach (var word in words)
                command = command.Subcommands.Single(one => one.Name == word);
            paths.AddRange(command.Subcommands.Select(one => $"{paths[i]} {one.Name}"));
            Assert.Equal(0, await cfg.Run([.. words, "--help"]));
            Assert.DoesNotContain(cfg.Out.Split('\n'), line => line.Length > 78);
        }
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
        using Interrupts interrupts = new();
        var root = Cfg.Root(new(TextReader.Null, TextWriter.Null, TextWriter.Null), interrupts);
        foreach (var command in root.Subcommands.Select(one => one.Name))
        {
            Assert.Equal(0, await cfg.Run(command, "--help"));
            pages.Add($"$ cfg {command} --help\n{cfg.Out}");
        }

        Snapshot.Verify(string.Join('\n', pages));
    }

    [Theory]
    [InlineData("Local(\"none.conf\")", "DIR/site.csx(1,47): DIR/none.conf ")]
    [InlineData("$\"{LocalTree(\"none\").Count}\"", "DIR/site.csx(1,50): the directory DIR/none does not exist")]
    public async Task Check_finds_a_local_file_that_only_a_host_would_read(string content, string told)
    {
        var recipe = cfg.Recipe($"On(\"all\", host => [new File(\"/x\") {{ Content = {content} }}]);");
        Assert.Equal(ExitCode.Usage, await cfg.Run("check", recipe));
        Assert.Contains(told, cfg.Error, StringComparison.Ordinal);
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
