using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

/// <summary>What a policy forbids is not applied, and the user is told which policy, where it is, and why.</summary>
public sealed class PolicyTests : IDisposable
{
    const string Policies = """
        Forbid("a command without a guard",
            seen => seen.Resource is Command { Unless: null, OnlyIf: null, Creates: null },
            because: "it runs at every apply");
        Forbid("a file that somebody else owns",
            seen => seen.Resource is File { Owner: not null and not "root" },
            because: "they are root's");
        """;

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task What_a_policy_forbids_is_an_error_of_its_host_and_is_not_applied()
    {
        cfg.Recipe(Policies, "policies/safety.csx");
        var recipe = cfg.Recipe(
            $$"""
            On("all",
                new File("{{cfg.PathOf("made")}}") { Content = "a\n" },
                new Command($"touch {{cfg.PathOf("run")}}"),
                new File("{{cfg.PathOf("given")}}") { Content = "b\n", Owner = "nobody" });
            """,
            "recipes/site.csx"
        );
        cfg.Recipe("", "infra.csx");

        Assert.Equal(1, await cfg.Run("plan", recipe, "--local"));
        Snapshot.Verify(cfg.Out);
        Assert.Equal(1, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.False(System.IO.File.Exists(cfg.PathOf("made")));
        Assert.False(System.IO.File.Exists(cfg.PathOf("run")));
    }

    [Fact]
    public async Task What_no_policy_forbids_is_applied()
    {
        cfg.Recipe(Policies, "policies/safety.csx");
        var recipe = cfg.Recipe($$"""On("all", new File("{{cfg.PathOf("made")}}") { Content = "a\n" });""");
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.Equal("a\n", System.IO.File.ReadAllText(cfg.PathOf("made")));
        Assert.Equal(0, await cfg.Run("check", recipe));
        Assert.Contains(": OK (1 block, 0 hosts, 2 policies)", cfg.Out, StringComparison.Ordinal);
    }

    /// <summary>Policies of the inventory, and of the recipe itself, too.</summary>
    [Theory]
    [InlineData("infra.csx", "On(\"all\", new Command($\"true\"));")]
    [InlineData("site.csx", "On(\"all\", new Command($\"true\"));")]
    public async Task A_policy_can_be_in_the_inventory_and_in_a_recipe(string place, string recipe)
    {
        cfg.Recipe("Group(\"web\", new Host(\"localhost\") { Transport = Transport.Local });\n", "infra.csx");
        cfg.Recipe(recipe, "site.csx");
        cfg.Recipe(System.IO.File.ReadAllText(cfg.PathOf(place)) + Policies, place);
        Assert.Equal(1, await cfg.Run("plan", cfg.PathOf("site.csx")));
        Assert.Contains("the policy \"a command without a guard\" (", cfg.Out, StringComparison.Ordinal);
    }

    /// <summary>A policy that fails must not let anything pass.</summary>
    [Theory]
    [InlineData("seen => seen.Host.Var<int>(\"none\") > 1", "failed, so that nobody knows what it forbids: ")]
    [InlineData("seen => seen.Host.Ask($\"true\").Succeeded", "asks the host, and a policy decides by the plan alone")]
    public async Task A_policy_that_fails_forbids_everything(string policy, string expected)
    {
        cfg.Recipe($"Forbid(\"odd things\", {policy}, because: \"they are odd\");", "policies/odd.csx");
        Assert.Equal(1, await cfg.Run("plan", cfg.Recipe("On(\"all\", new Command($\"true\"));"), "--local"));
        Assert.Contains($"the policy \"odd things\" (DIR/policies/odd.csx(1,1)) {expected}", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_declare_nothing_else()
    {
        cfg.Recipe("On(\"all\", new Command($\"true\"));", "policies/more.csx");
        Assert.Equal(3, await cfg.Run("plan", cfg.Recipe("On(\"all\", new Command($\"true\"));"), "--local"));
        Assert.Equal(
            "error: DIR/policies/more.csx(1,1): a file of policies declares no hosts and no resources\n"
                + "  hint: write only Forbid(…) in policies/, and put recipes elsewhere\n",
            cfg.Error
        );
    }

    [Fact]
    public async Task A_library_has_no_policies()
    {
        cfg.Recipe(Policies, "lib/safety.csx");
        Assert.Equal(3, await cfg.Run("check", cfg.Recipe("#load \"lib/safety.csx\"\nOn(\"all\", new Command($\"true\"));")));
        Assert.Contains("hint: policies belong into policies/*.csx beside infra.csx", cfg.Error, StringComparison.Ordinal);
    }
}
