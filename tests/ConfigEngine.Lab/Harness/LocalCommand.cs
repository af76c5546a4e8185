using System.Diagnostics;

namespace ConfigEngine.Lab;

/// <summary>What a program left behind.</summary>
public sealed record Ran(int Exit, string Stdout, string Stderr)
{
    /// <summary>Itself after success, an error that shows everything otherwise.</summary>
    public Ran Succeeded(string what) => Exit is 0 ? this : throw new LabException($"{what}: exit {Exit}\n{Stdout}{Stderr}".TrimEnd());
}

/// <summary>Programs of this machine, each with a deadline (a minute unless told) after which it is killed.</summary>
public static class LocalCommand
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static Task<Ran> Run(string file, params IEnumerable<string> arguments) => Run(new ProcessStartInfo(file, arguments));

    /// <summary>The same for a program with its own environment or directory, with text for its stdin.</summary>
    public static async Task<Ran> Run(ProcessStartInfo start, string stdin = "", TimeSpan? deadline = null)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new LabException($"{start.FileName} did not start");
        using var expired = new CancellationTokenSource(deadline ?? Minute, Pace.Clock);
        try
        {
            var stdout = process.StandardOutput.ReadToEndAsync(expired.Token);
            var stderr = process.StandardError.ReadToEndAsync(expired.Token);
            try
            {
                await process.StandardInput.WriteAsync(stdin.AsMemory(), expired.Token);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading all; its exit code and stderr say why.
            }

            await process.WaitForExitAsync(expired.Token);
            return new Ran(process.ExitCode, await stdout, await stderr);
        }
        catch (OperationCanceledException)
        {
            var state = process.HasExited ? "ended, but something it started holds its output open" : "is still running";
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {state} after {deadline ?? Minute}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs one of the scripts beside this file with <c>sh -eu</c>.</summary>
    internal static Task<Ran> Script(string name, TimeSpan deadline, params IEnumerable<string> arguments) =>
        Run(new ProcessStartInfo("sh", ["-eu", ScriptPath(name), .. arguments]), deadline: deadline);

    internal static string ScriptPath(string name) => Path.Combine(AppContext.BaseDirectory, "Harness", name);
}
