using System.Diagnostics;

namespace ConfigEngine.Lab;

/// <summary>
/// A script in a mount and a pid namespace of its own, tied to this process by a pipe: when this process ends, however it does,
/// the kernel ends all that the script started and undoes all that it mounted.
/// </summary>
sealed class Tether : IAsyncDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    readonly Process process;
    int disposed;

    Tether(Process process) => this.process = process;

    public int Id => process.Id;

    public bool Ended => process.HasExited;

    /// <summary>Starts one of the scripts beside this file; its output goes to <paramref name="log"/>.</summary>
    public static Tether Start(string log, string script, params IEnumerable<string> arguments)
    {
        // A session of its own, so that Ctrl-C in a terminal reaches only us; slave propagation, so that a network namespace
        // deleted outside is not held alive by a copy of its mount inside.
        var start = new ProcessStartInfo(
            "setsid",
            [
                "unshare",
                "--mount",
                "--propagation",
                "slave",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                LocalCommand.ScriptPath("tether.sh"),
                log,
                LocalCommand.ScriptPath(script),
                .. arguments,
            ]
        )
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        return new Tether(Process.Start(start) ?? throw new LabException("setsid did not start"));
    }

    /// <summary>Runs a script to its end; a failure shows the end of its log.</summary>
    public static async Task Run(string log, TimeSpan deadline, string script, params IEnumerable<string> arguments)
    {
        await using var tether = Start(log, script, arguments);
        if (!await tether.WaitForEnd(deadline))
            throw new TimeoutException($"{script} is still running after {deadline}; its output is in {log}");
        if (tether.process.ExitCode is not 0 and var exit)
            throw new LabException($"{script}: exit {exit}\n{Tail(log)}");
    }

    public async Task<bool> WaitForEnd(TimeSpan deadline)
    {
        using var expired = new CancellationTokenSource(deadline, Pace.Clock);
        try
        {
            await process.WaitForExitAsync(expired.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends all of it at once, as a power cut would, and returns when the last process and mount are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) is 1)
            return;
        process.StandardInput.Close();
        if (!await WaitForEnd(Deadline))
        {
            process.Kill();
            await WaitForEnd(Deadline);
        }

        process.Dispose();
    }

    public static string Tail(string log) => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(30)) : "(no output)";
}
