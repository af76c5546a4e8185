using System.Runtime.CompilerServices;

namespace ConfigEngine.Lab;

/// <summary>
/// What real hosts are recorded as plans the same without them, fresh and converged. With CFG_ACCEPT=1 the recordings become those of
/// the house, in recipes/recordings.
/// </summary>
[Collection("lab")]
public sealed class RecordingTests(Lab lab)
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

    /// <summary>The recipes that can be applied in containers; their hosts are recorded after that too.</summary>
    static readonly string[] Applied = ["infra", "hello", "site"];

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
                .Order(StringComparer.Ordinal),
        ];

        foreach (var recipe in recipes)
        {
            var own = Apart.Contains(recipe) ? Path.Combine(recordings, recipe) : recordings;
            await cfg.Run(0, "record", "all", "--for", PathOf(recipe), "-o", own);
            await IsPlannedAlike(cfg, recipe, recordings, []);
        }

        await Keep(recordings);
        foreach (var recipe in Applied)
            await cfg.Run(0, "apply", PathOf(recipe), "--yes");

        foreach (var recipe in Applied)
        {
            await cfg.Run(0, "record", "all", "--for", PathOf(recipe), "-o", recordings, "--as", "converged");
            await IsPlannedAlike(cfg, recipe, recordings, ["--state", "converged"]);
            await cfg.Run(0, "plan", PathOf(recipe), "--recorded", recordings, "--state", "converged", "--exit-code");
        }

        await Keep(recordings);
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    /// <summary>No secret is in them; where pages are accepted, they become those of the house.</summary>
    static async Task Keep(string recordings)
    {
        foreach (var file in Directory.EnumerateFiles(recordings, "*.json", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.All(Environment.Values, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
            if (System.Environment.GetEnvironmentVariable("CFG_ACCEPT") is not "1")
                continue;
            var kept = Path.Combine($"{House()}/recipes/recordings", Path.GetRelativePath(recordings, file));
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
