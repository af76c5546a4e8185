namespace ConfigEngine.Cli;

/// <summary>This process as a run, for the locks and records of hosts and for its journal.</summary>
static class ThisRun
{
    const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>The boot id of this machine; null if it has none (it is not Linux).</summary>
    public static string? BootId { get; } = Read(BootIdFile)?.Trim();

    /// <summary>The run that begins now.</summary>
    public static Run Begin(TimeProvider time) =>
        new($"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{Environment.ProcessId}", $"{Environment.UserName}@{Environment.MachineName}")
        {
            Process = Mark(Environment.ProcessId) ?? "",
            IsOver = IsOver,
        };

    /// <summary>
    /// A process as boot id, number and start time, so that a later process with the same number is not mistaken for it.
    /// </summary>
    static string? Mark(int process)
    {
        var start = StartOf(process);
        return BootId is null || start is null ? null : $"{BootId}/{process}/{start}";
    }

    /// <summary>When a process began, in ticks since the machine started; null where that is unknown.</summary>
    public static string? StartOf(int process)
    {
        // proc_pid_stat(5): the name in parentheses may contain anything; the start time is the 20th field after it.
        var stat = Read($"/proc/{process}/stat");
        return stat?[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }

    /// <summary>
    /// Whether a process of this machine has ended. If it is this process itself, it holds the lock in a session that it lost.
    /// </summary>
    static bool IsOver(string mark)
    {
        var parts = mark.Split('/');
        return parts is [var boot, var number, _]
            && boot == BootId
            && int.TryParse(number, out var process)
            && (process == Environment.ProcessId || Mark(process) != mark);
    }

    static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
