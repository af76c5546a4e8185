namespace ConfigEngine.Lab.Faults;

/// <summary>A process, as /proc tells of it.</summary>
/// <param name="Id">Its id, out here.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Began">When it began, in clock ticks since the machine did: ids begin again from time to time.</param>
/// <param name="Command">Its command line, or its name where it has none.</param>
sealed record Seen(int Id, int Parent, long Began, string Command)
{
    /// <summary>The processes of this machine and of all hosts on it for which something holds.</summary>
    /// <param name="which">Told the directory in /proc.</param>
    public static IReadOnlyList<Seen> All(Func<string, bool> which)
    {
        List<Seen> seen = [];
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(directory), out var id) && which(directory) && Read(id, directory) is { } process)
                    seen.Add(process);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }

        return seen;
    }

    /// <summary>The processes of a host.</summary>
    /// <param name="init">Its process 1, by its id out here.</param>
    public static IReadOnlyList<Seen> Below(int init)
    {
        var space = new FileInfo($"/proc/{init}/ns/pid").LinkTarget;
        return All(directory => new FileInfo($"{directory}/ns/pid").LinkTarget == space);
    }

    /// <summary>The processes of this machine that have such text in their environment.</summary>
    public static IReadOnlyList<Seen> With(string inEnvironment) =>
        All(directory => File.ReadAllText($"{directory}/environ").Contains(inEnvironment, StringComparison.Ordinal));

    static Seen? Read(int id, string directory)
    {
        // proc_pid_stat(5): the name in parentheses may hold anything; state and parent are behind it. One that has ended and
        // waits for its parent holds nothing.
        var stat = File.ReadAllText($"{directory}/stat");
        var behind = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var line = File.ReadAllText($"{directory}/cmdline").Replace('\0', ' ').Trim();
        return behind[0] is "Z" or "X"
            ? null
            : new(
                id,
                int.Parse(behind[1]),
                long.Parse(behind[19]),
                line.Length > 0 ? line : stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')]
            );
    }

    /// <summary>Ends it, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
