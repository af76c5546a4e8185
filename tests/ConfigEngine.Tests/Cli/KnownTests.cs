using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

/// <summary>Values that are known later, here on one machine: in content, and as a condition.</summary>
public sealed class KnownTests : IDisposable
{
    const string Recipe = """
        record Made(string Path) : Resource<Made.State>
        {
            public sealed record State(string Text);

            public override string Key => Path;

            public Known<string> Text => Made<string>(state => state.Text);

            protected override State Desired => new("made\n");

            protected override Probe<State> Probe => new($"cat {Path} 2>/dev/null || echo nothing", output => output.Text is "nothing\n" ? null : new(output.Text));

            protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"echo made >{Path}")];
        }

        Made made = new("TARGET/made");
        On("all",
            made,
            new File("TARGET/copy") { Content = $"copy of {made.Text}" },
            When(made.Text.Select(text => text == "made\n"), new File("TARGET/yes") { Content = "" }),
            When(made.Text.Select(text => text != "made\n"), new File("TARGET/no") { Content = "" }));
        """;

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task Are_shown_with_their_origin_and_filled_in_when_they_are_there()
    {
        var recipe = cfg.Recipe(Recipe);
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local"));
        Snapshot.Verify(cfg.Out);
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--json"));

        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));

        Assert.Equal("copy of made\n", cfg.Read("copy"));
        Assert.True(File.Exists(cfg.PathOf("target/yes")));
        Assert.False(File.Exists(cfg.PathOf("target/no")));
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--exit-code"));
    }

    [Fact]
    public async Task Of_a_resource_that_nobody_declares_cannot_be_had()
    {
        var recipe = cfg.Recipe("""On("all", new AuthorizedKey("root", new SshKey("nobody").PublicKey));""");

        Assert.Equal(1, await cfg.Run("plan", recipe, "--local"));

        Assert.Contains(
            "the public key of ssh-key ~nobody/.ssh/id_ed25519 cannot be had: no host of this run has that resource",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_a_resource_that_comes_later_are_an_error_when_it_is_planned()
    {
        var recipe = cfg.Recipe(
            """
            SshKey key = new("root") { Name = "id_that_nobody_has" };
            On("all", new File("TARGET/copy") { Content = $"{key.PublicKey}" }, key);
            """
        );

        Assert.Equal(1, await cfg.Run("plan", recipe, "--local"));

        Assert.Contains(
            "the public key of ssh-key ~root/.ssh/id_that_nobody_has is made only after it",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Saved_plans_are_refused_where_they_are_known_by_now()
    {
        var recipe = cfg.Recipe(Recipe);
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", cfg.PathOf("plan.json")));
        File.WriteAllText(cfg.PathOf("target/made"), "made\n");

        Assert.Equal(1, await cfg.Run("apply", cfg.PathOf("plan.json"), "--yes"));

        Assert.False(File.Exists(cfg.PathOf("target/copy")));
        Snapshot.Verify(cfg.Error);
    }

    [Fact]
    public async Task Saved_plans_hold_that_they_are_unknown()
    {
        var recipe = cfg.Recipe(Recipe);
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", cfg.PathOf("plan.json")));

        Assert.Equal(0, await cfg.Run("apply", cfg.PathOf("plan.json"), "--yes"));

        Assert.Equal("copy of made\n", cfg.Read("copy"));
    }
}
