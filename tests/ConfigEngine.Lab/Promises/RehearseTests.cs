using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConfigEngine.Lab;

/// <summary>
/// Recipes are applied to containers that stand in for their hosts: what was planned is what is done, and nothing is left afterwards.
/// </summary>
[Collection("lab")]
public sealed partial class RehearseTests(Lab lab)
{
    const string Plain = "bookworm";

    /// <summary>The recipes of the house, each with the root that it begins with and what else it is told.</summary>
    static readonly Dictionary<string, (string Release, string[] Options)> Rehearsed = new()
    {
        ["celery"] = (Plain, []),
        ["firewall"] = (
            Plain,
            [
                "--prepare",
                """
                set -e
                apt-get -q install -y --no-install-recommends ifupdown >/dev/null
                printf 'auto host0\niface host0 inet manual\n' >/etc/network/interfaces
                ip address add 10.0.0.1/24 dev host0
                """,
            ]
        ),
        ["hello"] = (Plain, ["--host", "web1"]),
        ["replication"] = ($"{Plain}-postgresql", []),
        ["reverse-proxy"] = (Plain, []),
        ["two-hop-tunnel"] = (Plain, ["--alias", "public=public.example.com"]),
        ["upkeep"] = (Plain, []),
        ["without-snapd"] = (Plain, []),
    };

    /// <summary>Those that a container without a way out cannot have; other tests apply them.</summary>
    static readonly Dictionary<string, string> NotRehearsed = new()
    {
        ["cifs"] = "the kernel of another machine mounts it (KernelTests)",
        ["gateway-ports"] = "it stands on two-hop-tunnel (TunnelTests)",
        ["host"] = "its Python packages are elsewhere (LocaleTests)",
        ["keepalive"] = "it stands on two-hop-tunnel (TunnelTests)",
        ["migration"] = "its repository is elsewhere (AlembicTests)",
        ["nfs"] = "the kernel of another machine mounts it (KernelTests)",
        ["pptp"] = "ppp is in the kernel of a machine (KernelTests)",
        ["site"] = "its hosts are in the infra.csx above it (EverythingTests)",
        ["size-limited-directory"] = "a container has no loop devices (KernelTests)",
    };

    static string Table { get; } = Path.Combine(AppContext.BaseDirectory, "rehearsal.txt");

    public static TheoryData<string> Names => [.. Rehearsed.Keys];

    [Fact]
    public void Every_recipe_of_the_house_is_rehearsed_or_has_a_reason() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "House"), "*.csx")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Where(name => !name.EndsWith(".test", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            Rehearsed.Keys.Concat(NotRehearsed.Keys).Order(StringComparer.Ordinal)
        );

    [LabTheory, MemberData(nameof(Names))]
    public async Task A_recipe_of_the_house_comes_out_as_planned(string name)
    {
        using CfgProcess cfg = new(lab.SshConfig);
        var (release, options) = Rehearsed[name];

        var said = await Rehearse(cfg, 0, release, [cfg.PlaceOfHouse(name, text => text), .. options, "--json"]);

        var rehearsal = JsonDocument.Parse(said.Stdout).RootElement;
        Assert.True(rehearsal.GetProperty("asPlanned").GetBoolean());
        var lines = rehearsal
            .GetProperty("hosts")
            .EnumerateArray()
            .SelectMany(host => host.GetProperty("lines").EnumerateArray())
            .ToList();
        Assert.NotEmpty(lines);
        Assert.All(rehearsal.GetProperty("hosts").EnumerateArray(), host => Assert.Empty(host.GetProperty("secondPlan").EnumerateArray()));
        await System.IO.File.AppendAllTextAsync(Table, $"{name}: {string.Join("; ", Certainties(lines))}\n");
        IsGone(cfg);
    }

    /// <summary>How many lines there were of each certainty, and what became of them.</summary>
    static IEnumerable<string> Certainties(IReadOnlyList<JsonElement> lines) =>
        lines
            .GroupBy(line => line.GetProperty("certainty").GetString())
            .Select(group =>
                $"{group.Key} {group.Count()}, as said {group.Count(line => line.GetProperty("result").GetString() is "asPlanned")}"
            );

    [LabFact]
    public async Task Containers_reboot_and_have_the_addresses_and_names_of_their_hosts()
    {
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.Write(
            "two.csx",
            """
            Hosts(
                new Host("one"),
                new Host("two") { Address = "203.0.113.9", User = "deploy", Become = Become.Sudo, Latent = new($"false", $"false") });
            On("all", host =>
            [
                new Command($"touch /run/reboot-required /etc/asked") { Creates = "/etc/asked" },
                new Reboot { When = RebootWhen.Needed },
                new File("/etc/me") { Content = $"{host.Name} {host.Facts.BootId}\n" },
                new Command($"bash -c 'exec 3<>/dev/tcp/203.0.113.9/22 && exec 3<>/dev/tcp/one/22' && touch /etc/both")
                {
                    Creates = "/etc/both",
                },
            ]);
            """
        );

        var said = await Rehearse(cfg, 2, Plain, ["two.csx"]);

        Assert.Equal(2, Regex.Count(said.Stderr, "up again"));
        // The new boot has an id that no plan could know; what is left is planned again from it, and that is told.
        Assert.Equal(2, Regex.Count(said.Stdout, "  file /etc/me: predicted, done, and not as planned"));
        Assert.Contains("4 of 6 lines came out as planned; the second plan is empty on 2 of 2 hosts.", said.Stdout);
        IsGone(cfg);
    }

    [LabFact]
    public async Task A_saved_plan_is_compared_with_what_a_container_came_to()
    {
        await using var host = await lab.StartHostAsync(name: "saved");
        using CfgProcess cfg = new(lab.SshConfig);
        await host.Sh("mkdir -p /srv/app; echo old >/srv/app/a; chmod 600 /srv/app/a");
        cfg.Write(
            "saved.csx",
            """
            Hosts(new Host("saved"));
            On("saved", host =>
            [
                new File("/srv/app/a") { Content = "new\n", Mode = "0644" },
                new File("/srv/app/b") { Content = "b\n" },
                new File("/srv/app/c") { Content = $"{host.Facts.BootId}\n" },
            ]);
            """
        );
        await cfg.Run(0, "plan", "saved.csx", "--out", "plan.json");

        var said = await Rehearse(cfg, 1, Plain, ["plan.json"]);
        var made = await Rehearse(cfg, 2, Plain, ["plan.json", "--prepare", "mkdir -p /srv/app"]);

        Assert.Contains("the directory /srv/app does not exist", said.Stdout);
        Assert.Contains("Of the saved plan's 3 lines, 2 came out with the values that they show.", made.Stdout);
        Assert.Contains("file /srv/app/c: saved plan: content is", made.Stdout);
        Assert.Contains("3 of 3 lines came out as planned", made.Stdout);

        cfg.Write("saved.csx", "Hosts(new Host(\"saved\"));\n");
        Assert.Contains("was changed after plan.json was made", (await Rehearse(cfg, 3, Plain, ["plan.json"])).Stderr);
    }

    [LabFact]
    public async Task What_fails_and_what_comes_out_otherwise_is_said()
    {
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.Write(
            "wrong.csx",
            """
            Hosts(new Host("one"));
            On("one",
                new Command($"echo 1 >/etc/a") { Creates = "/etc/a" },
                new Command($"echo broken >&2; exit 3") { Creates = "/etc/b" },
                new File("/etc/c") { Content = "c" });
            """
        );

        var said = await Rehearse(cfg, 1, Plain, ["wrong.csx"]);

        Assert.Contains("broken", said.Stdout);
        Assert.Contains("file /etc/c: predicted, not begun", said.Stdout);
        Assert.Contains("1 of 3 lines came out as planned; the second plan is empty on 0 of 1 host.", said.Stdout);
        IsGone(cfg);

        cfg.Write(
            "locked.csx",
            "Hosts(new Host(\"one\") { Password = Secrets.Environment(\"ONE\") });\nOn(\"one\", new User(\"app\"));\n"
        );
        Assert.Contains(
            "one: its distribution is not known, and asking needs its password",
            (await cfg.Run(3, ["rehearse", "locked.csx", "--offline"])).Stderr
        );
    }

    [LabFact]
    public async Task A_container_that_does_not_come_up_says_what_its_console_said()
    {
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.Write("one.csx", "Hosts(new Host(\"one\"));\nOn(\"one\", new File(\"/etc/c\") { Content = \"c\" });\n");
        var root = Path.Combine(cfg.Directory, "root");
        foreach (var directory in (string[])["sbin", "etc", "usr", "dev", "proc", "sys", "run", "tmp"])
            Directory.CreateDirectory(Path.Combine(root, directory));
        await System.IO.File.WriteAllTextAsync(Path.Combine(root, "etc/os-release"), "ID=none\n");
        await System.IO.File.WriteAllTextAsync(Path.Combine(root, "sbin/init"), "not a program\n");

        var said = await cfg.Run(1, ["rehearse", "one.csx", "--offline", "--root", root]);

        Assert.Contains("one: its container", said.Stderr);
        Assert.Contains("/sbin/init) failed", said.Stderr);
        var prepared = await Rehearse(cfg, 1, Plain, ["one.csx", "--prepare", "echo no way >&2; exit 7"]);
        Assert.Contains("one: --prepare ended with exit code 7", prepared.Stderr);
        Assert.Contains("no way", prepared.Stderr);
        IsGone(cfg);
    }

    [LabTheory, InlineData("KILL"), InlineData("TERM")]
    public async Task Nothing_is_left_of_a_rehearsal_that_is_ended(string signal)
    {
        using CfgProcess cfg = new(lab.SshConfig);
        var sleep = $"sleep 300.{Random.Shared.Next(100_000, 999_999)}";
        cfg.Write(
            "one.csx",
            $$"""
            Hosts(new Host("one"));
            On("one", new Command($"{{sleep}}") { Creates = "/etc/never" });
            """
        );
        var image = await Image.Of(Plain);
        using (var running = cfg.Start("rehearse", "one.csx", "--offline", "--root", image.Root))
        {
            await Eventually(() => Left(cfg, sleep).Any(line => line.StartsWith(sleep, StringComparison.Ordinal)), "the command runs");
            (await LocalCommand.Run("kill", "-s", signal, $"{running.Id}")).Succeeded("kill");
            await running.WaitForExitAsync();
        }

        await Eventually(() => Left(cfg, sleep).Count == 0, "all of it is gone");
        if (signal is "KILL")
            await Rehearse(cfg, 1, Plain, ["one.csx", "--prepare", "false"]);
        IsGone(cfg);
    }

    [LabFact]
    public async Task A_distribution_is_installed_once()
    {
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.Write("one.csx", "On(\"all\", new File(\"/etc/c\") { Content = \"c\" });\n");
        string[] line =
        [
            "rehearse",
            "one.csx",
            "--host",
            "one",
            "--offline",
            "--system",
            "debian:bookworm",
            "--mirror",
            await Image.Mirror(),
        ];

        var first = await cfg.Run(0, line);
        var second = await cfg.Run(0, line);

        Assert.Contains("debian-bookworm: it is being installed", first.Stderr);
        Assert.DoesNotContain("being installed", second.Stderr);
        Assert.Contains("one: debian-bookworm, installed", second.Stderr);
        Assert.Contains("1 of 1 line came out as planned; the second plan is empty on 1 of 1 host.", second.Stdout);
        var unknown = await cfg.Run(3, [.. line.Select(word => word is "debian:bookworm" ? "debian:nonsense" : word)]);
        Assert.Contains("debian-nonsense could not be installed by debootstrap", unknown.Stderr);
        Assert.Equal(
            "debian-bookworm",
            Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Path.Combine(Cache(cfg), "systems"))))
        );
        IsGone(cfg);
    }

    static async Task<Ran> Rehearse(CfgProcess cfg, int exit, string release, IReadOnlyList<string> words)
    {
        var image = await Image.Of(release);
        return await cfg.Run(
            exit,
            [
                "rehearse",
                "--offline",
                "--root",
                image.Root,
                "--mount",
                $"{image.Repository}/apt:/srv/apt",
                "--prepare",
                "apt-get -q update >/dev/null",
                .. words,
            ]
        );
    }

    static string Cache(CfgProcess cfg) => Path.Combine(cfg.Directory, "cache", "configengine", "rehearsal");

    /// <summary>The processes of a test's rehearsals: what has their directory in its command line, or a word of the test's own.</summary>
    static IReadOnlyList<string> Left(CfgProcess cfg, string word = "-")
    {
        var runs = Path.Combine(Cache(cfg), "runs");
        return [.. Lines().Where(line => line.Contains(runs) || line.StartsWith(word, StringComparison.Ordinal))];

        static IEnumerable<string> Lines()
        {
            foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
            {
                string line;
                try
                {
                    line = System.IO.File.ReadAllText($"{directory}/cmdline").Replace('\0', ' ');
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    continue;
                }

                yield return line;
            }
        }
    }

    static void IsGone(CfgProcess cfg)
    {
        Assert.Empty(Left(cfg));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Cache(cfg), "runs")));
        Assert.DoesNotContain(
            System.IO.File.ReadLines("/proc/self/mounts"),
            line => line.Contains(cfg.Directory, StringComparison.Ordinal)
        );
        Assert.All(Groups(), group => Assert.True(Directory.Exists($"/proc/{group}"), $"the cgroup cfg-rehearsal-{group} is left"));
    }

    /// <summary>The processes that have a cgroup for their container: other tests may rehearse at the same time.</summary>
    static IEnumerable<string> Groups() =>
        ((string[])["/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"])
            .Where(Directory.Exists)
            .SelectMany(hierarchy => Directory.EnumerateDirectories(hierarchy, "cfg-rehearsal-*"))
            .Select(path => Group().Match(path).Value);

    static async Task Eventually(Func<bool> condition, string what)
    {
        for (var clock = PacedWatch.Start(); !condition(); await Task.Delay(100))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"waited in vain for this: {what}");
    }

    [GeneratedRegex(@"[0-9]+\z")]
    private static partial Regex Group();
}
