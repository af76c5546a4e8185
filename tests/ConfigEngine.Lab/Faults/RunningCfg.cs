using System.Diagnostics;

namespace ConfigEngine.Lab.Faults;

/// <summary>A <c>cfg</c> that runs, and what it says.</summary>
sealed class RunningCfg : IDisposable
{
    readonly Process process;
    readonly Task<string> stdout;
    readonly Task<string> stderr;

    public RunningCfg(Process process)
    {
        this.process = process;
        process.StandardInput.Close();
        (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Ends it as <c>kill -9</c> does: it alone, not what it started.</summary>
    public void Kill() => process.Kill();

    /// <summary>Sends it a signal, by its name.</summary>
    public async Task Signal(string name) => (await LocalCommand.Run("kill", $"-{name}", $"{process.Id}")).Succeeded("kill");

    /// <summary>Waits for its end.</summary>
    public async Task<Ran> Ended(TimeSpan within)
    {
        await process.WaitForExitAsync().WaitAsync(within);
        return new(process.ExitCode, await stdout.WaitAsync(within), await stderr.WaitAsync(within));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
