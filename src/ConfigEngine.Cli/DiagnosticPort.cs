namespace ConfigEngine.Cli;

/// <summary>
/// The pipes and the socket through which .NET lets tools debug a process. A killed process leaves them in TMPDIR. No setting in
/// runtimeconfig.json switches them off, because the runtime reads only the environment for that, and before any of our code runs.
/// So their names are removed at the start: no tool can connect any more, and no file stays behind.
/// </summary>
static class DiagnosticPort
{
    const string Setting = "DOTNET_EnableDiagnostics";

    /// <summary>Closes it, unless the environment requests it.</summary>
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
                // The directory does not exist or cannot be changed; then .NET has put nothing there either.
            }
        }
    }
}
