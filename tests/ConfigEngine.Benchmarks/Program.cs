using ConfigEngine.Benchmarks;
using ConfigEngine.Lab;

// What is measured here stands beside something else that is measured in the same run, because machines differ and
// drift: a ratio holds where seconds do not. As root: it boots a lab host.
//
//   dotnet run -c Release --project tests/ConfigEngine.Benchmarks [start] [lines] [files] [memory] [test] [fleet] [apply] [transports]
if (args is ["nothing"])
    return 0;
if (Lab.Unavailable is { } reason)
{
    Console.Error.WriteLine($"The benchmarks need the lab. {reason}");
    return 1;
}

using var cfg = await PublishedCfg.Build();
await using var lab = await LabScope.Start();
Table table = new();
foreach (
    var benchmark in (IBenchmark[])
        [new Start(), new Lines(), new Files(), new ManyChanges(), new Memory(), new Cases(), new Fleet(), new TwoTransports()]
)
{
    if (args.Length == 0 || args.Contains(benchmark.Name, StringComparer.Ordinal))
        await benchmark.Run(cfg, lab.Lab, table);
}

Console.WriteLine(table.Render());
return table.IsWithinLimits ? 0 : 1;
