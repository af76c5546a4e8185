namespace ConfigEngine.Benchmarks;

/// <summary>How much memory a plan of 300 resources on one host takes.</summary>
sealed class Memory : IBenchmark
{
    public string Name => "memory";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        var host = await lab.StartHostAsync();
        var recipe = cfg.Recipe(
            "memory.csx",
            """
            On("all", Enumerable.Range(1, 300).Select(i => new File($"/srv/m{i}") { Content = $"{i}\n" }).ToArray<IDeclaration>());
            """
        );
        List<double> peaks = [];
        for (var i = 0; i < 3; i++)
            peaks.Add((await cfg.Run("plan", recipe, "--host", host.Name, "--ssh-config", lab.SshConfig)).PeakBytes / 1e6);
        var peak = Timing.Median(peaks);
        table.Figure("cfg plan, 300 resources, resident (MB)", $"{peak:0} MB", peak, 150);
    }
}
