using System.Runtime.CompilerServices;

namespace ConfigEngine.Lab;

/// <summary>
/// What real hosts are recorded as plans the same without them: fresh, converged and drifted. With CFG_ACCEPT=1 the recordings become
/// those of the house, in recipes/recordings, and those of the tests.
/// </summary>
[Collection("lab")]
public sealed partial class RecordingTests(Lab lab)
{
    /// <summary>The hosts that the recipes of the house are for, and what they are here.</summary>
    static readonly (string Name, string Release)[] Machines =
    [
        ("web1", "bookworm"),
        ("web2", "trixie"),
        ("db1", "bullseye"),
        ("pg1", "bookworm"),
        ("pg2", "bookworm"),
        ("app1", "trixie"),
        ("files", "bookworm"),
        ("near", "bullseye"),
        ("public", "bookworm"),
        ("far", "trixie"),
    ];

    /// <summary>
    /// The recipes that can be applied in containers; their hosts are recorded after that too, and after somebody's edits.
    /// </summary>
    static readonly string[] Applied = ["infra", "hello", "site"];

    /// <summary>What somebody changes by hand on hosts with Debian 12 and 13, and on one with Debian 11.</summary>
    static readonly (string Hosts, string Edits)[] Edits =
    [
        ("web1 web2 db1", "echo 'edited by hand' >/tmp/cfg-hello/welcome.txt; chmod 777 /tmp/cfg-hello; rm /etc/motd"),
        ("web1 web2", "systemctl disable -q --now nginx.service; chmod 666 /etc/nginx/sites-available/*"),
        ("db1", "chown root:root /srv/app/data; sysctl -qw net.core.somaxconn=256"),
    ];

    /// <summary>systemd brings a network for the interface of a container, 80-container-host0.network: networkd need only run.</summary>
    const string Networkd = """
        systemctl start systemd-networkd
        for try in 1 2 3 4 5 6 7 8 9; do ! grep -qs '^NETWORK_FILE=' /run/systemd/netif/links/* || break; sleep 1; done
        """;

    /// <summary>
    /// The recipes with recordings of their own: their hosts are called as those of infra.csx and are others, or are in a state of their
    /// own.
    /// </summary>
    static readonly string[] Apart =
    [
        "replication",
        "reverse-proxy",
        "nfs",
        "firewall",
        "pptp",
        "migration",
        "host",
        "upkeep",
        "without-snapd",
    ];

    static readonly Dictionary<string, string> Environment = new()
    {
        ["DATABASE_URL"] = "postgresql://app:a-password@db.example.com/app",
        ["BROKER_URL"] = "redis://broker.example.com:6379/0",
        ["OFFICE_PASSWORD"] = "an office password",
        ["REPL_PASSWORD"] = "a replication password",
    };

    static string House([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));

    static string PathOf(string recipe) => recipe is "infra" ? $"{House()}/infra.csx" : $"{House()}/recipes/{recipe}.csx";

    [LabFact]
    public async Task A_recorded_host_is_planned_as_the_host_itself()
    {
        List<LabHost> hosts = [];
        foreach (var few in Machines.Chunk(4))
            hosts.AddRange(await Task.WhenAll(few.Select(machine => lab.StartHostAsync(machine.Release, machine.Name))));
        await Task.WhenAll(hosts.Select(host => host.Sh("apt-get -q update")));
        using CfgProcess cfg = new(SshConfig(), Environment);
        var recordings = Path.Combine(cfg.Directory, "recordings");
        IReadOnlyList<string> recipes =
        [
            "infra",
            .. Directory
                .EnumerateFiles($"{House()}/recipes", "*.csx")
                .Where(file => !file.EndsWith(".test.csx", StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file))
                // What configures the network of a host is part of its facts from then on.
                .OrderBy(recipe => recipe is "firewall")
                .ThenBy(recipe => recipe, StringComparer.Ordinal),
        ];
        var web1 = hosts.Single(host => host.Name is "web1");

        foreach (var recipe in recipes)
        {
            if (recipe is "firewall")
                await web1.Sh(Networkd);
            await Record(cfg, recipe, recordings, null);
        }

        foreach (var recipe in Applied)
            await cfg.Run(0, "apply", PathOf(recipe), "--yes");
        foreach (var recipe in Applied)
            await Record(cfg, recipe, recordings, "converged");

        foreach (var (edited, edits) in Edits)
            await Task.WhenAll(hosts.Where(host => edited.Split(' ').Contains(host.Name)).Select(host => host.Sh(edits)));
        foreach (var recipe in Applied)
            await Record(cfg, recipe, recordings, "drifted");

        await Keep(recordings, $"{House()}/recipes/recordings");
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    /// <summary>Records the hosts of a recipe as they are now. From that they are planned as they are.</summary>
    /// <param name="cfg">Runs cfg.</param>
    /// <param name="recipe">The recipe's name.</param>
    /// <param name="recordings">The directory.</param>
    /// <param name="state">The state that they are in; null for the first, which the others are based on.</param>
    static async Task Record(CfgProcess cfg, string recipe, string recordings, string? state)
    {
        var own = Apart.Contains(recipe) ? Path.Combine(recordings, recipe) : recordings;
        await cfg.Run(
            0,
            ["record", "all", "--for", PathOf(recipe), "-o", own, .. state is null ? (string[])[] : ["--as", state, "--based"]]
        );
        await IsPlannedAlike(cfg, recipe, recordings, state is null ? [] : ["--state", state]);
        if (state is "converged")
            await cfg.Run(0, "plan", PathOf(recipe), "--recorded", recordings, "--state", state, "--exit-code");
    }

    /// <summary>No secret is in them; where pages are accepted, they become those of the house.</summary>
    static async Task Keep(string recordings, string to)
    {
        foreach (var file in Directory.EnumerateFiles(recordings, "*.json", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.All(Environment.Values, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
            if (System.Environment.GetEnvironmentVariable("CFG_ACCEPT") is not "1")
                continue;
            var kept = Path.Combine(to, Path.GetRelativePath(recordings, file));
            Directory.CreateDirectory(Path.GetDirectoryName(kept) ?? "");
            File.Copy(file, kept, overwrite: true);
        }
    }

    /// <summary>Secrets have stand-ins in one of the two plans, so digests of them are not compared.</summary>
    static async Task IsPlannedAlike(CfgProcess cfg, string recipe, string recordings, string[] more)
    {
        // A recipe for what is not there yet cannot be planned, and that too is the same.
        var live = await cfg.RunAny("plan", PathOf(recipe), "-v", "--diff", "full");
        var recorded = await cfg.RunAny(["plan", PathOf(recipe), "-v", "--diff", "full", "--recorded", recordings, .. more]);

        Assert.Equal(Steady(live.Stdout), Steady(recorded.Stdout));
        Assert.Equal(live.Exit, recorded.Exit);
    }

    static string Steady(string plan) =>
        System.Text.RegularExpressions.Regex.Replace(plan, @"\(?(secret[^)\n]*|[0-9]+ bytes)\)?|[0-9a-f]{12,}", "X");

    string SshConfig()
    {
        var path = Path.Combine(lab.Directory, "recording_ssh_config");
        File.WriteAllText(
            path,
            File.ReadAllText(lab.SshConfig)
                .Replace("Host pg1\n", "Host pg1 203.0.113.21\n", StringComparison.Ordinal)
                .Replace("Host pg2\n", "Host pg2 203.0.113.22\n", StringComparison.Ordinal)
        );
        return path;
    }
}
