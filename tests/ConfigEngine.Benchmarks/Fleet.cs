namespace ConfigEngine.Benchmarks;

/// <summary>Two hundred hosts that are one sshd on 127.x addresses, beside raw ssh under xargs at the same parallelism.</summary>
sealed class Fleet : IBenchmark
{
    const int Hosts = 200;
    const string Parallel = "10";

    public string Name => "fleet";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        await using var sshd = await lab.StartSshdAsync(maxStartups: "100:30:200");
        var config = sshd.SshConfig(Hosts);
        var recipe = cfg.Recipe(
            "fleet.csx",
            $$"""
            Hosts(Enumerable.Range(1, {{Hosts}}).Select(i => new Host($"loop{i}")).ToArray());
            On("all", new File("/etc/hostname") { Content = "x\n" });
            """
        );
        var names = string.Concat(Enumerable.Range(1, Hosts).Select(i => $"loop{i}\n"));
        var script =
            Library.Text
            + "\n"
            + FactScript.Text
            + "\n"
            + Planner.Probes([new Resources.File("/etc/hostname") { Content = "x\n" }])[0].Script.Text
            + "\n";
        var file = cfg.Recipe("fleet.sh", script);
        var pair = await Timing.Pair(
            () => cfg.Run("plan", recipe, "--ssh-config", config, "--parallel", Parallel),
            () => Timing.Run("xargs", ["-P", Parallel, "-I", "{}", "sh", "-c", $"ssh -F {config} {{}} sh <{file}"], input: names),
            runs: 3
        );
        table.Ratio("cfg plan, 200 hosts", pair, $"xargs -P {Parallel} ssh", 1.3);
    }
}
