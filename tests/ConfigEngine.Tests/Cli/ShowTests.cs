using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

/// <summary><c>cfg show</c>, <c>cfg graph</c> and <c>cfg docs</c>: what is looked at without hosts.</summary>
public sealed class ShowTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task A_saved_plan_is_shown_as_it_was_printed()
    {
        var recipe = cfg.Recipe(
            """
            var told = new Handler("tell", $"true");
            On("all",
                new File("TARGET/a") { Content = "a\n", Notifies = [told] },
                new Command($"touch TARGET/ran"));
            """
        );
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", cfg.PathOf("plan.json")));
        var printed = cfg.Out;
        Assert.Equal(0, await cfg.Run("show", cfg.PathOf("plan.json")));
        Snapshot.Verify(cfg.Out);
        Assert.Equal(printed.TrimEnd().Split('\n')[^1], cfg.Out.TrimEnd().Split('\n')[^1]);
        Assert.Equal(0, await cfg.Run("show", cfg.PathOf("plan.json"), "--json"));
        Assert.StartsWith("{", cfg.Out);
    }

    [Fact]
    public async Task A_run_is_shown_by_its_place()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/a") { Content = "a\n" });""");
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.Equal(0, await cfg.Run("show", "1"));
        Assert.Contains("  done", cfg.Out);
        Assert.Contains("file DIR/target/a", cfg.Out);
        Assert.Equal(3, await cfg.Run("show", "2"));
        Assert.StartsWith("error: there is no run 2: the history has 1 run;", cfg.Error);
        Assert.Equal(0, await cfg.Run("history", "1"));
        Assert.Contains("file DIR/target/a", cfg.Out);
    }

    [Fact]
    public async Task Blocks_and_hosts_are_a_graph()
    {
        var recipe = cfg.Recipe(
            """
            Group("web", new Host("web1"), new Host("web2"));
            Hosts(new Host("db1"), new Host("idle"));
            var database = On("db1", new File("/etc/a") { Content = "a\n" });
            On("web,!web2", new File("/etc/b") { Content = "b\n" }).After = [database];
            """
        );
        Assert.Equal(0, await cfg.Run("graph", recipe));
        var dot = cfg.Out;
        Assert.Equal(0, await cfg.Run("graph", recipe, "--format", "mermaid"));
        Snapshot.Verify(dot + "---\n" + cfg.Out);
        Assert.Equal(3, await cfg.Run("graph", recipe, "--format", "svg"));
    }

    [Fact]
    public async Task The_reference_is_shown_resource_by_resource()
    {
        Assert.Equal(0, await cfg.Run("docs", "file"));
        Assert.StartsWith("File\n\nA file: its content, owner, group and mode.", cfg.Out);
        Assert.Contains("\n  Content  ", cfg.Out);
        Assert.Contains("    + file /etc/motd\n", cfg.Out);
        Assert.DoesNotContain("pages of its tests", cfg.Out);
        Assert.Equal(0, await cfg.Run("docs", "systemd-unit"));
        Assert.StartsWith("SystemdUnit\n", cfg.Out);
        Assert.Equal(0, await cfg.Run("docs"));
        Assert.Contains("\nServices and jobs\n\n  CronJob  ", cfg.Out);
        Assert.DoesNotContain("Notifies", cfg.Out);
        Assert.Contains("  Package  A package of the host's package manager, which is apt, dnf or apk.\n", cfg.Out);
        Assert.Equal(3, await cfg.Run("docs", "Packge"));
        Assert.StartsWith("error: the reference has no Packge\n  hint: did you mean Package?", cfg.Error);
    }

    [Fact]
    public async Task The_reference_fits_the_terminal()
    {
        using CfgRun narrow = new() { Width = 60 };
        Assert.Equal(0, await narrow.Run("docs", "Command"));
        Assert.DoesNotContain(narrow.Out.Split('\n'), line => line.Length > 60);
    }
}
