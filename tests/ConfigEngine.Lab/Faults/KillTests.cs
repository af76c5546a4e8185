using System.Collections.Concurrent;
using System.Text;
using Xunit.Abstractions;

namespace ConfigEngine.Lab.Faults;

/// <summary>
/// Promises 6, 8 and 11, the hard way: whatever is killed or cut, and whenever, what the run said is true of the host, the next run ends
/// where an undisturbed one does, what was owed happened once, and nothing is left, neither here nor there.
/// </summary>
[Collection("lab")]
public sealed class KillTests(Lab lab, ITestOutputHelper output)
{
    /// <summary>Each of them runs a whole cfg all the time.</summary>
    static readonly int MostHosts = Math.Min(10, 2 * Environment.ProcessorCount);

    static readonly string[] Releases = ["bookworm", "trixie", "bookworm", "bullseye", "bookworm", "trixie"];

    [LabFact]
    public async Task Whatever_is_killed_or_cut_the_next_run_ends_where_an_undisturbed_one_does()
    {
        var cache = Directory.CreateDirectory(Path.Combine(lab.Directory, "faults-cache")).FullName;
        var hosts = await Task.WhenAll(Enumerable.Range(0, Math.Clamp(Rounds.Wanted / 18, 1, MostHosts)).Select(i => FaultHost.Start(lab, Releases[i % Releases.Length], cache)));
        ConcurrentBag<Outcome> outcomes = [];
        try
        {
            ConcurrentQueue<Strike> strikes = new(Strike.Plan(Rounds.Seed, Rounds.Wanted, hosts[0].Steps));
            await Task.WhenAll(hosts.Select(async host =>
            {
                while (strikes.TryDequeue(out var strike))
                    outcomes.Add(await host.Round(strike));
            }));
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
            Print(outcomes);
        }

        Assert.Equal(Rounds.Wanted, outcomes.Count);
        Assert.Equal("", string.Join("\n", outcomes.Where(outcome => outcome.Wrong.Length > 0).Select(outcome => $"{outcome}\n{outcome.Wrong}")));
    }

    void Print(IEnumerable<Outcome> outcomes)
    {
        StringBuilder table = new();
        table.Append($"seed {Rounds.Seed} (CFG_FAULTS_SEED={Rounds.Seed} CFG_FAULTS={Rounds.Wanted} for the same again)\n{Outcome.Heading}\n");
        foreach (var outcome in outcomes.OrderBy(outcome => outcome.Strike.Number))
            table.Append($"{outcome}\n{outcome.Wrong}");
        table.Append($"what the runs that were struck said of each change, against the host\n{Told.Table([.. outcomes.SelectMany(outcome => outcome.Told)])}");
        var file = Path.Combine(AppContext.BaseDirectory, "faults.txt");
        File.WriteAllText(file, table.ToString());
        output.WriteLine($"{table}\nThe same table is in {file}.");
    }
}
