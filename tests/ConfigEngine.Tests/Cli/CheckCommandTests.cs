namespace ConfigEngine.Tests.Cli;

/// <summary>What depends on the host is planned on recorded hosts, and what was not looked into is said.</summary>
public sealed class CheckCommandTests : IDisposable
{
    const string Hosts = "Hosts(new Host(\"web1\"), new Host(\"web2\"), new Host(\"db1\"));\n";

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    Task<int> Check(string recipe) => cfg.Run("check", cfg.Recipe(recipe, "site/site.csx"));

    void Record(string host, params string[] paths)
    {
        Directory.CreateDirectory(cfg.PathOf("site/recordings"));
        File.WriteAllText(cfg.PathOf($"site/recordings/{host}.json"), RecordedHost.Json(host, paths.Select(RecordedHost.Absent)));
    }

    [Fact]
    public async Task Without_recordings_a_lambda_is_compiled_only()
    {
        Assert.Equal(0, await Check(Hosts + "On(\"all\", host => [new Directory($\"/srv/{host.Name}\")]);"));
        Assert.StartsWith("DIR/site/site.csx: OK (1 block, 3 hosts)\n", cfg.Out, StringComparison.Ordinal);
        Assert.EndsWith(
            " was compiled only: its resources depend on the host, and cfg plan checks them\n",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lambda_is_planned_for_hosts_that_were_recorded_and_the_others_are_named()
    {
        Record("web1", "/srv/web1/");
        Record("web2", "/srv/web2/");
        Assert.Equal(0, await Check(Hosts + "On(\"all\", host => [new Directory($\"/srv/{host.Name}\")]);"));
        Assert.EndsWith(
            " was planned for web1 and web2 as they were recorded, and only compiled for db1\n",
            cfg.Out,
            StringComparison.Ordinal
        );
        Assert.Empty(cfg.Error);
    }

    [Theory]
    [InlineData("$\"{host.Facts.Cpus / (host.Facts.Cpus - 2)}\"", "for web1:")]
    [InlineData("host.Facts.Cpus == 2 ? \"srv\" : \"/srv\"", "\"srv\" is not an absolute path")]
    public async Task A_lambda_that_fails_on_a_recorded_host_is_an_error(string path, string error)
    {
        Record("web1");
        Assert.Equal(3, await Check(Hosts + $"On(\"web1\", host => [new Directory({path})]);"));
        Assert.Contains(error, cfg.Error, StringComparison.Ordinal);
        Assert.Empty(cfg.Out);
    }

    [Fact]
    public async Task What_a_host_lacked_when_it_was_recorded_or_was_not_asked_is_a_warning()
    {
        Record("web1", "/srv/a/b");
        Record("web2");
        Assert.Equal(0, await Check(Hosts + "On(\"web*\", host => [new File(\"/srv/a/b\") { Content = host.Name }]);"));
        Assert.Contains("warning: web1 as it was recorded: ", cfg.Error, StringComparison.Ordinal);
        Assert.Contains("the directory /srv/a does not exist", cfg.Error, StringComparison.Ordinal);
        Assert.Contains("has no answer of file /srv/a/b", cfg.Error, StringComparison.Ordinal);
        Assert.EndsWith("was planned for web1 as it was recorded, and only compiled for web2\n", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_for_any_host_is_planned_for_every_recorded_one()
    {
        Record("small", "/srv/two/");
        Assert.Equal(0, await Check("On(\"all\", host => [new Directory(host.Facts.Cpus == 2 ? \"/srv/two\" : \"/srv/one\")]);"));
        Assert.EndsWith(" was planned for small as it was recorded\n", cfg.Out, StringComparison.Ordinal);
    }
}
