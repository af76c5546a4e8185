namespace ConfigEngine.Lab.Faults;

/// <summary>What this process holds: what must not grow with the number of its runs.</summary>
/// <param name="Processes">Those that are here because of this one, by their command lines.</param>
/// <param name="Descriptors">Open files.</param>
/// <param name="Sockets">Open files that are sockets.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Temporary">Files and sockets in the directories for such.</param>
/// <param name="Memory">Bytes on the managed heap.</param>
sealed record Census(IReadOnlyList<string> Processes, int Descriptors, int Sockets, int Threads, int Temporary, long Memory)
{
    /// <summary>Counts, when everything that is about to go has had time to.</summary>
    /// <param name="directory">For temporary files.</param>
    public static async Task<Census> Take(string directory)
    {
        // Finalizers give back what nobody disposed of; what must be disposed of is counted before they had a chance.
        await Task.Delay(TimeSpan.FromSeconds(2));
        var open = Directory.GetFiles("/proc/self/fd");
        var sockets = open.Count(file => Link(file).StartsWith("socket:", StringComparison.Ordinal));
        var processes = Below(Environment.ProcessId);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new(
            processes,
            open.Length,
            sockets,
            Directory.GetDirectories("/proc/self/task").Length,
            Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Count(),
            GC.GetTotalMemory(forceFullCollection: true)
        );
    }

    /// <summary>The processes below one, without the lab's own.</summary>
    public static IReadOnlyList<string> Below(int ancestor) => [.. Descendants(ancestor).Select(process => process.Command)];

    /// <summary>The processes below one that are no part of the lab: those are in pid namespaces of their own.</summary>
    public static IReadOnlyList<Seen> Descendants(int ancestor)
    {
        var space = Link("/proc/self/ns/pid");
        var all = Seen.All(directory => Link($"{directory}/ns/pid") == space);
        HashSet<int> below = [ancestor];
        for (var known = 0; known < below.Count;)
        {
            known = below.Count;
            below.UnionWith(
                all.Where(process => below.Contains(process.Parent) && !process.Command.StartsWith("unshare ", StringComparison.Ordinal))
                    .Select(process => process.Id)
            );
        }

        return [.. all.Where(process => process.Id != ancestor && below.Contains(process.Id))];
    }

    static string Link(string path) => new FileInfo(path).LinkTarget ?? "";

    public override string ToString() =>
        $"{Processes.Count} processes, {Descriptors} descriptors, {Sockets} sockets, {Threads} threads, {Temporary} temporary files, "
        + $"{Memory / 1024} KiB";
}
