using ConfigEngine.Cli;
using ConfigEngine.Cli.Rehearsing;

namespace ConfigEngine.Tests.Cli.Rehearsing;

/// <summary>What the command line of a rehearsal may say, and what is answered where it says something else.</summary>
public sealed class RehearsalChoiceTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-rehearsal-");

    public void Dispose() => directory.Delete(recursive: true);

    string Root(string name, string init = "sbin/init")
    {
        var root = Path.Combine(directory.FullName, name);
        System.IO.Directory.CreateDirectory(Path.Combine(root, Path.GetDirectoryName(init) ?? ""));
        System.IO.File.WriteAllText(Path.Combine(root, init), "");
        return root;
    }

    [Theory]
    [InlineData("debian:bookworm", "debian-bookworm")]
    [InlineData("ubuntu:noble", "ubuntu-noble")]
    public void A_distribution_is_read(string text, string name) => Assert.Equal(name, BaseName.Parse(text).ToString());

    [Theory]
    [InlineData("debian")]
    [InlineData("debian:")]
    [InlineData("debian:12/../..")]
    [InlineData("fedora:40")]
    [InlineData("debian:bookworm:x")]
    public void What_is_no_distribution_is_refused_with_what_to_write(string text) =>
        Assert.Contains("for example debian:bookworm", Assert.Throws<UsageException>(() => BaseName.Parse(text)).Message);

    [Fact]
    public void A_host_says_its_distribution_and_others_need_a_root()
    {
        Assert.Equal("debian-bookworm", BaseName.Of("web1", Recording.Parse("debian-12")).ToString());
        var other = Recording.Parse("debian-12") with
        {
            Distribution = new() { Id = "fedora", PrettyName = "Fedora 40" },
        };
        Assert.Equal(
            "web1: it has Fedora 40, and only Debian's and Ubuntu's releases can be installed into a container here\n"
                + "  hint: name a directory with its root file system: --root web1=DIRECTORY",
            Assert.Throws<UsageException>(() => BaseName.Of("web1", other)).Message
        );
    }

    [Fact]
    public void Roots_are_for_all_hosts_or_for_one()
    {
        var (all, one) = (Root("all"), Root("one", "usr/sbin/init"));
        Assert.Equal(new Dictionary<string, string> { [""] = all, ["web1"] = one }, Directories.Roots([all, $"web1={one}"]));
        Assert.Contains("two directories for web1", Problem(() => Directories.Roots([$"web1={one}", $"web1={all}"])));
        Assert.Contains("there is no directory", Problem(() => Directories.Roots([$"{all}/nowhere"])));
        Assert.Contains("it has no /sbin/init", Problem(() => Directories.Roots([directory.FullName])));
        Assert.Contains("cannot be mounted", Problem(() => Directories.Roots([Root("with:colon")])));
    }

    [Fact]
    public void Mounts_have_a_place_in_the_container()
    {
        var source = directory.FullName;
        Assert.Equal([(source, source), (source, "/srv/x")], Directories.Mounts([source, $"{source}:/srv/x"]));
        Assert.Contains("write a directory, or a directory and its place", Problem(() => Directories.Mounts([$"{source}:x"])));
        Assert.Contains("write a directory, or a directory and its place", Problem(() => Directories.Mounts([$"{source}:/x:ro"])));
    }

    [Theory]
    [InlineData("--alias", "web1", "write a host and its name")]
    [InlineData("--system", "none", "write the distribution")]
    [InlineData("--root", "/nowhere", "there is no directory /nowhere")]
    public async Task The_command_says_what_is_wrong(string option, string value, string said)
    {
        using CfgRun cfg = new();
        var recipe = cfg.Recipe("Hosts(new Host(\"web1\"));\nOn(\"web1\", new File(\"/a\") { Content = \"a\" });");
        Assert.Equal(3, await cfg.Run("rehearse", recipe, option, value));
        Assert.Contains(said, cfg.Error, StringComparison.Ordinal);
    }

    static string Problem(Func<object> act) => Assert.Throws<UsageException>(act).Message;
}
