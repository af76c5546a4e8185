using System.Globalization;

namespace ConfigEngine.Benchmarks;

/// <summary>What a process and all that it started take, by proc(5).</summary>
/// <param name="Processes">How many processes there are.</param>
/// <param name="Threads">How many threads they have.</param>
/// <param name="Bytes">The memory that is theirs: shared pages count in part (PSS).</param>
/// <param name="Cpu">The seconds of processor time that they and their ended children took.</param>
sealed record Footprint(int Processes, int Threads, long Bytes, double Cpu)
{
    const double TicksPerSecond = 100;

    /// <summary>Looks.</summary>
    public static Footprint Of(int id)
    {
        var all = Tree(id).Select(One).OfType<Footprint>().ToList();
        return new(all.Count, all.Sum(one => one.Threads), all.Sum(one => one.Bytes), all.Sum(one => one.Cpu));
    }

    /// <summary>The larger of each figure.</summary>
    public Footprint Or(Footprint other) =>
        new(
            Math.Max(Processes, other.Processes),
            Math.Max(Threads, other.Threads),
            Math.Max(Bytes, other.Bytes),
            Math.Max(Cpu, other.Cpu)
        );

    static IEnumerable<int> Tree(int id) =>
        Read($"/proc/{id}/task/{id}/children") is null
            ? []
            : Directory
                .GetDirectories($"/proc/{id}/task")
                .SelectMany(task => (Read($"{task}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .SelectMany(child => Tree(Number(child)))
                .Prepend(id);

    /// <summary>One process; null if it has ended.</summary>
    static Footprint? One(int id)
    {
        // The name in parentheses may contain spaces; the fields that follow it do not (proc_pid_stat(5)).
        if (Read($"/proc/{id}/stat") is not { } stat || Read($"/proc/{id}/smaps_rollup") is not { } memory)
            return null;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var pss = memory.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal)) ?? "Pss: 0 kB";
        return new(
            1,
            Number(fields[17]),
            1024L * Number(pss.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
            fields[11..15].Sum(Number) / TicksPerSecond
        );
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
