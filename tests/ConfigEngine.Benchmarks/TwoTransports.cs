using System.Diagnostics;
using System.Globalization;

namespace ConfigEngine.Benchmarks;

/// <summary>
/// A plan of 1, 20 and 200 hosts over OpenSSH's client and over SSH.NET: the hosts are one sshd on 127.x addresses, and all are
/// worked on at once. The figures are the peaks of cfg with all that it started.
/// </summary>
sealed class TwoTransports : IBenchmark
{
    const int Runs = 5;
    static readonly string[] Ways = ["openssh", "native"];

    public string Name => "transports";

    public async Task Run(PublishedCfg cfg, Lab.Lab lab, Table table)
    {
        await using var sshd = await lab.StartSshdAsync(maxStartups: "300");
        foreach (var hosts in (int[])[1, 20, 200])
        {
            var config = sshd.SshConfig(hosts);
            // The default key exchange of OpenSSH 9.2 takes ten times the processor time of this one, on both sides.
            await File.AppendAllTextAsync(config, "Host *\n    KexAlgorithms curve25519-sha256\n");
            var recipe = cfg.Recipe(
                $"hosts{hosts}.csx",
                $$"""
                Hosts(Enumerable.Range(1, {{hosts}}).Select(i => new Host($"loop{i}")).ToArray());
                On("all", new File("/etc/hostname") { Content = "x\n" });
                """
            );
            var samples = Ways.ToDictionary(way => way, _ => new List<(double Seconds, Footprint Peak)>());
            // In turn, and the first of each does not count.
            for (var run = 0; run <= Runs; run++)
            {
                foreach (var way in Ways)
                {
                    var sample = await Measure(cfg, "plan", recipe, "--ssh-config", config, "--transport", way, "--parallel", $"{hosts}");
                    if (run > 0)
                        samples[way].Add(sample);
                }
            }

            foreach (var way in Ways)
                table.Line(Row($"{hosts}", way, samples[way]));
            var ratios = samples["native"].Zip(samples["openssh"], (native, openSsh) => native.Seconds / openSsh.Seconds);
            table.Line($"{"",6} native takes {Timing.Median(ratios).ToString("0.00", CultureInfo.InvariantCulture)} of the time");
        }
    }

    static string Row(string hosts, string way, List<(double Seconds, Footprint Peak)> samples)
    {
        double Median(Func<(double Seconds, Footprint Peak), double> of) => Timing.Median(samples.Select(of));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hosts,6} {way,-8} {Median(one => one.Seconds),8:0.000} s {Median(one => one.Peak.Cpu),8:0.00} s CPU "
                + $"{Median(one => one.Peak.Bytes) / 1e6,6:0} MB {Median(one => one.Peak.Threads),5:0} threads "
                + $"{Median(one => one.Peak.Processes),4:0} processes"
        );
    }

    static async Task<(double Seconds, Footprint Peak)> Measure(PublishedCfg cfg, params IReadOnlyList<string> arguments)
    {
        using var process = cfg.Start(arguments);
        var clock = Stopwatch.StartNew();
        var read = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Footprint peak = new(0, 0, 0, 0);
        var ended = process.WaitForExitAsync();
        while (await Task.WhenAny(ended, Task.Delay(50)) != ended)
            peak = peak.Or(Footprint.Of(process.Id));
        var seconds = clock.Elapsed.TotalSeconds;
        var said = await read;
        return process.ExitCode == 0
            ? (seconds, peak)
            : throw new InvalidOperationException(
                $"cfg {string.Join(' ', arguments)} ended with {process.ExitCode}\n{string.Concat(said)}"
            );
    }
}
