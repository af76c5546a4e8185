namespace ConfigEngine.Cli;

/// <summary>
/// The pipes and the socket through which .NET lets tools debug a process. A process that is killed leaves them in TMPDIR. No setting
/// of runtimeconfig.json switches them off (the runtime reads only the environment for that, before any code of ours), so their names
/// are removed at the start: nobody comes in any more, and nothing is left.
/// </summary>
static class DiagnosticPort
{
    const string Setting = "DOTNET_EnableDiagnostics";

    /// <summary>Closes it, unless the environment asks for it.</summary>
    public static void Close()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } || ThisRun.StartOf(Environment.ProcessId) is not { } start)
            return;
        var (directory, suffix) = (Path.GetTempPath(), $"{Environment.ProcessId}-{start}");
        string[] names = [$"clr-debug-pipe-{suffix}-in", $"clr-debug-pipe-{suffix}-out", $"dotnet-diagnostic-{suffix}-socket"];
        foreach (var name in names)
        {
            try
            {
                File.Delete(Path.Combine(directory, name));
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                // There is no such directory, or it takes no changes: then .NET has put nothing there either.
            }
        }
    }
}
