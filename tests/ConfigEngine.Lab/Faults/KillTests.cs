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
    public Task Whatever_is_killed_or_cut_the_next_run_ends_where_an_undisturbed_one_does() =>
        Survives("faults", Rounds.Wanted, Strike.Quick, (release, cache) => FaultHost.Start(lab, release, cache));

    [LabFact]
    public Task Of_every_resource_what_a_run_said_that_was_killed_or_cut_is_true() =>
        Survives(
            "truth",
            Rounds.WantedWithEverything,
            [Victim.Cfg, Victim.Step, Victim.Link],
            (release, cache) => FaultHost.StartWithEverything(lab, release, cache)
        );

    async Task Survives(string name, int rounds, IReadOnlyList<Victim> everywhere, Func<string, string, Task<FaultHost>> start)
    {
        var cache = Directory.CreateDirectory(Path.Combine(lab.Directory, $"{name}-cache")).FullName;
        var hosts = await Task.WhenAll(
            Enumerable.Range(0, Math.Clamp(rounds / 18, 1, MostHosts)).Select(i => start(Releases[i % Releases.Length], cache))
        );
        ConcurrentBag<Outcome> outcomes = [];
        try
        {
            ConcurrentQueue<Strike> strikes = new(Strike.Plan(Rounds.Seed, rounds, hosts[0].Steps, everywhere));
            await Task.WhenAll(
                hosts.Select(async host =>
                {
                    while (strikes.TryDequeue(out var strike))
                    {
                        outcomes.Add(await host.Round(strike));
                        // A long form takes hours: what is known so far can be read meanwhile.
                        lock (outcomes)
                            Print(name, outcomes);
                    }
                })
            );
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
            output.WriteLine(Print(name, outcomes));
        }

        Assert.Equal(rounds, outcomes.Count);
        Nothing.In(
            string.Join("\n", outcomes.Where(outcome => outcome.Wrong.Length > 0).Select(outcome => $"{outcome}\n{outcome.Wrong}"))
        );
    }

    static string Print(string name, ConcurrentBag<Outcome> outcomes)
    {
        StringBuilder table = new();
        table.Append(
            $"seed {Rounds.Seed} (CFG_FAULTS_SEED={Rounds.Seed} CFG_FAULTS={outcomes.Count} for the same again)\n{Outcome.Heading}\n"
        );
        foreach (var outcome in outcomes.OrderBy(outcome => outcome.Strike.Number))
            table.Append($"{outcome}\n{outcome.Wrong}");
        table.Append(
            $"what the runs that were struck said of each change, against the host\n"
                + $"{Told.Table([.. outcomes.SelectMany(outcome => outcome.Told)])}"
        );
        var file = Path.Combine(AppContext.BaseDirectory, $"{name}.txt");
        File.WriteAllText(file, table.ToString());
        return $"{table}\nThe same table is in {file}.";
    }
}
