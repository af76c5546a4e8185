using System.Diagnostics;

namespace ConfigEngine.Benchmarks;

/// <summary>One run of a command.</summary>
/// <param name="Seconds">Wall time of the whole process.</param>
/// <param name="PeakBytes">The most memory that it had resident.</param>
sealed record Sample(double Seconds, long PeakBytes);

/// <summary>Runs commands and takes their time.</summary>
static class Timing
{
    /// <summary>Runs a command to its end; one that fails is an error, so that nothing is measured that did not work.</summary>
    public static async Task<Sample> Run(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? input = null
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var feeding = Feed(process, input);
        long peak = 0;
        while (!process.WaitForExit(5))
            peak = Math.Max(peak, Peak(process.Id));
        var seconds = clock.Elapsed.TotalSeconds;
        await Task.WhenAll(output, error, feeding);
        return process.ExitCode == 0
            ? new(seconds, peak)
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}\n{await output}\n{await error}"
            );
    }

    /// <summary>Runs two in turn, A B A B …, after one of each that does not count.</summary>
    public static async Task<(double A, double B, double Ratio)> Pair(Func<Task<Sample>> a, Func<Task<Sample>> b, int runs = 7)
    {
        await a();
        await b();
        List<(double A, double B)> pairs = [];
        for (var i = 0; i < runs; i++)
            pairs.Add(((await a()).Seconds, (await b()).Seconds));
        return (Median(pairs.Select(pair => pair.A)), Median(pairs.Select(pair => pair.B)), Median(pairs.Select(pair => pair.A / pair.B)));
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    static async Task Feed(Process process, string? input)
    {
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
    }

    /// <summary>proc(5), VmHWM: the peak of the resident set.</summary>
    static long Peak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
