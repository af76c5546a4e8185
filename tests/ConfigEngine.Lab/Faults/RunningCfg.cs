using System.Diagnostics;
using System.Text;

namespace ConfigEngine.Lab.Faults;

/// <summary>A <c>cfg</c> that runs, and what it says.</summary>
sealed class RunningCfg : IDisposable
{
    /// <summary>What it says when it is told to stop.</summary>
    public const string Stopping = "Stopping: each host ends the step that runs now";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Process process;
    readonly Task<string> stdout;
    readonly Task<string> stderr;
    readonly StringBuilder said = new();

    public RunningCfg(Process process)
    {
        this.process = process;
        process.StandardInput.Close();
        (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(), Listen());
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Ends it as <c>kill -9</c> does: it alone, not what it started.</summary>
    public void Kill() => process.Kill();

    /// <summary>Sends it a signal, by its name.</summary>
    public async Task Signal(string name) => (await LocalCommand.Run("kill", $"-{name}", $"{process.Id}")).Succeeded("kill");

    /// <summary>Waits until it says something on standard error.</summary>
    public async Task Says(string text)
    {
        for (var clock = PacedWatch.Start(); ; await Task.Delay(20))
        {
            lock (said)
            {
                if (said.ToString().Contains(text, StringComparison.Ordinal))
                    return;
                if (clock.Elapsed > Patience || stderr.IsCompleted)
                    throw new LabException($"cfg did not say \"{text}\", but:\n{said}");
            }
        }
    }

    /// <summary>Waits until something is so on a host because of it.</summary>
    /// <exception cref="LabException">It was not so in time, or the run ended before.</exception>
    public async Task Reaches(LabMachine host, string condition)
    {
        for (var clock = PacedWatch.Start(); (await host.Run(condition)).Exit != 0; await Task.Delay(100))
        {
            if (HasEnded)
                throw new LabException($"cfg ended, and this was never so on {host.Name}: {condition}\n{await Ended(Patience)}");
            if (clock.Elapsed > Patience)
                throw new LabException($"cfg goes on, and this was not so on {host.Name} in {Patience.TotalSeconds:0} s: {condition}");
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<Ran> Ended(TimeSpan within)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(within, Pace.Clock);
            return new(process.ExitCode, await stdout.WaitAsync(within, Pace.Clock), await stderr.WaitAsync(within, Pace.Clock));
        }
        catch (TimeoutException)
        {
            lock (said)
                throw new LabException($"cfg did not end within {within}; it said:\n{said}");
        }
    }

    async Task<string> Listen()
    {
        var buffer = new char[1024];
        while (await process.StandardError.ReadAsync(buffer) is > 0 and var count)
        {
            lock (said)
                said.Append(buffer, 0, count);
        }

        return said.ToString();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
