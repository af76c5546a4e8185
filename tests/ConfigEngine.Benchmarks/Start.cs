namespace ConfigEngine.Benchmarks;

/// <summary>How long it takes until a recipe is there: cached, beside a bare process of the runtime, and compiled.</summary>
sealed class Start : IBenchmark
{
    public string Name => "start";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        var recipe = cfg.Recipe("start.csx", """On("all", new File("/etc/motd") { Content = "welcome\n" });""");
        var bare = typeof(Start).Assembly.Location;
        var cached = await Timing.Pair(() => cfg.Run("check", recipe), () => Timing.Run("dotnet", [bare, "nothing"]));
        table.Ratio("cfg check, cached (0.25 s where bare is 0.05 s)", cached, "a bare dotnet process", 5);

        List<double> cold = [];
        for (var i = 0; i < 5; i++)
        {
            if (Directory.Exists(cfg.Cache))
                Directory.Delete(cfg.Cache, recursive: true);
            cold.Add((await cfg.Run("check", recipe)).Seconds);
        }

        var seconds = Timing.Median(cold);
        table.Figure("cfg check, compiled (seconds)", $"{seconds:0.000} s", seconds, 2);
    }
}
