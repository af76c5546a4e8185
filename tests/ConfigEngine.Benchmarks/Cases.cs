using System.Globalization;

namespace ConfigEngine.Benchmarks;

/// <summary>
/// How long 20 recipes on 100 recorded hosts take, what they take of memory, and how long one that was changed takes while somebody
/// watches. No host is needed.
/// </summary>
sealed class Cases : IBenchmark
{
    const int Recipes = 20,
        Hosts = 100;

    public string Name => "test";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        var directory = Path.GetDirectoryName(cfg.Recipe("cases.txt", "")) ?? "";
        directory = Directory.CreateDirectory(Path.Combine(directory, "cases", "recordings")).Parent?.FullName ?? "";
        for (var host = 0; host < Hosts; host++)
            File.WriteAllText(Path.Combine(directory, $"recordings/h{host}.json"), Recording(host));
        for (var recipe = 0; recipe < Recipes; recipe++)
            Write(directory, recipe, "once");
        await cfg.Run("test", directory, "--accept-all", $"{Recipes * Hosts}");

        List<Sample> samples = [];
        for (var i = 0; i < 3; i++)
            samples.Add(await cfg.Run("test", directory));
        var seconds = Timing.Median([.. samples.Select(sample => sample.Seconds)]);
        table.Figure("cfg test, 2,000 cases (seconds, on two cores)", $"{seconds:0.00} s", seconds, 10);
        var peak = Timing.Median([.. samples.Select(sample => sample.PeakBytes / 1e6)]);
        table.Figure("cfg test, 2,000 cases, resident (MB)", $"{peak:0} MB", peak, 400);
        await Watch(cfg, directory, table);
    }

    /// <summary>One recipe of one host changes in the directory with all the others, which are as they were.</summary>
    static async Task Watch(PublishedCfg cfg, string directory, Table table)
    {
        var one = Path.Combine(directory, "small");
        Directory.CreateDirectory(Path.Combine(one, "recordings"));
        File.Copy(Path.Combine(directory, "recordings/h0.json"), Path.Combine(one, "recordings/h0.json"));
        Write(one, 0, "first");
        await cfg.Run("test", one, "--accept", "r0.h0");
        using var watching = cfg.Start(["test", directory, "--watch"]);
        _ = watching.StandardOutput.ReadToEndAsync();
        await Waits(watching.StandardError);
        List<double> verdicts = [];
        for (var i = 0; i < 7; i++)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            Write(one, 0, $"change {i}");
            await Waits(watching.StandardError);
            verdicts.Add(clock.Elapsed.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(0.5));
        }

        watching.Kill();
        var verdict = Timing.Median(verdicts);
        table.Figure("cfg test --watch, one recipe changed (seconds)", $"{verdict:0.00} s", verdict, 0.5);
    }

    static async Task Waits(StreamReader said)
    {
        while (await said.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Waiting for a change", StringComparison.Ordinal))
                return;
        }
    }

    static void Write(string directory, int recipe, string words) =>
        File.WriteAllText(
            Path.Combine(directory, $"r{recipe}.csx"),
            $$"""
            // {{words}}
            On("all", host =>
            [
                .. Enumerable.Range(1, 5).Select(i => new File($"/srv/{{recipe}}-{i}") { Content = $"{host.Name} {i} {host.Facts.Cpus}\n", Mode = "0644" }),
            ]);
            """
        );

    static string Recording(int host) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            { "format": "cfg-recording 1", "recorded": "2026-11-28", "pinned": "a host for this benchmark",
              "facts": {
                "os-release": ["ID=debian", "VERSION_ID=12", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""],
                "mounts": ["22 1 0:1 / / rw - ext4 /dev/sda rw"],
                "meminfo": ["MemTotal: 1024 kB"],
                "system": ["uname=Linux 6.1.0 x86_64", "hostname=h{{host}}", "uptime=1.0 1.0", "cpus=2", "uid=0"] },
              "answers": [
                {{string.Join(
                ",\n    ",
                Enumerable
                    .Range(0, Recipes)
                    .SelectMany(recipe => Enumerable.Range(1, 5).Select(i => $"/srv/{recipe}-{i}"))
                    .Select(path =>
                        $$"""{ "of": "file {{path}}", "asked": "cfg_path {{path}} - 1048576 '' ''", "said": ["absent|directory", "missing"] }"""
                    )
                    .Prepend("""{ "of": "earlier runs", "asked": "earlier runs", "said": [] }""")
            )}}] }
            """
        );
}
