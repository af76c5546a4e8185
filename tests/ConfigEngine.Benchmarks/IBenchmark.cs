namespace ConfigEngine.Benchmarks;

/// <summary>Something to measure.</summary>
interface IBenchmark
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures, and writes rows into the table.</summary>
    Task Run(PublishedCfg cfg, Lab.Lab lab, Table table);
}

/// <summary>A lab for as long as a block lasts.</summary>
sealed class LabScope(Lab.Lab lab) : IAsyncDisposable
{
    public Lab.Lab Lab => lab;

    public static async Task<LabScope> Start() => new(await ConfigEngine.Lab.Lab.StartAsync());

    public async ValueTask DisposeAsync() => await lab.DisposeAsync();
}
