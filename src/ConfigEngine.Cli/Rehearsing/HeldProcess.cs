using System.Diagnostics;
using System.Text;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>
/// A script that runs until its standard input ends, which is also so when this process is killed: then it takes away all that it made.
/// </summary>
sealed class HeldProcess : IAsyncDisposable
{
    /// <summary>A script that takes longer to end has lost its way, and is killed.</summary>
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly TimeProvider time;
    readonly StringBuilder complaints = new();

    HeldProcess(Process process, TimeProvider time) => (this.process, this.time) = (process, time);

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended by itself.</summary>
    public bool Ended => process.HasExited;

    /// <summary>What it says.</summary>
    public StreamReader Says => process.StandardOutput;

    /// <summary>What it complained of so far.</summary>
    public string Complaints
    {
        get
        {
            lock (complaints)
                return complaints.ToString().Trim();
        }
    }

    /// <summary>Starts one in a session of its own, which the signals of a terminal do not reach.</summary>
    /// <param name="commandLine">The program and its arguments.</param>
    /// <param name="terminal">Its secrets are not in the program's environment.</param>
    public static HeldProcess Start(IReadOnlyList<string> commandLine, Terminal terminal)
    {
        ProcessStartInfo start = new("setsid", commandLine)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in terminal.Redaction.Variables)
            start.Environment.Remove(name);
        var process = Process.Start(start) ?? throw new InvalidOperationException("setsid did not start");
        HeldProcess held = new(process, terminal.Time);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (held.complaints)
                held.complaints.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        return held;
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code; null if it goes on after that time.</returns>
    public async Task<int?> End(TimeSpan within, CancellationToken ct)
    {
        using CancellationTokenSource limit = new(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Tells it to end, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        if (await End(Deadline, default) is null)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
