using System.Diagnostics;

namespace ConfigEngine.Ssh;

/// <summary>
/// Ends the processes that a run started if the run itself is killed. It is a shell that reads their numbers from a pipe. Only this
/// process can write to the pipe, so the pipe closes when this process ends for any reason.
/// </summary>
sealed class Guardian : IDisposable
{
    // A terminal's signals reach all foreground processes; the guardian must outlive those that the signals end.
    static readonly string Text = Script.Embedded("guardian.sh", typeof(Guardian).Assembly);

    readonly Lock gate = new();
    Process? shell;

    /// <summary>From now on, a process is ended, or a path is removed, when this process is gone.</summary>
    /// <param name="what">A process id, or a path without line feeds.</param>
    public void Watch(string what) => Tell('+', what);

    /// <summary>The process has ended, or the path is removed; another one may have its number or name now.</summary>
    public void Leave(string what) => Tell('-', what);

    void Tell(char sign, string what)
    {
        lock (gate)
        {
            try
            {
                shell ??= Start();
                shell.StandardInput.Write($"{sign}{what}\n");
                shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // The guardian was ended: nothing is watched any more, and everything else works as before.
            }
        }
    }

    static Process Start()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Text]) { RedirectStandardInput = true, UseShellExecute = false };
        // It needs no environment, and the environment of this process may contain secrets.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        return Process.Start(start) ?? throw new InvalidOperationException("sh did not start");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (shell is null)
                return;
            try
            {
                shell.StandardInput.Close();
            }
            catch (IOException)
            {
                // The guardian was ended.
            }

            shell.WaitForExit(TimeSpan.FromSeconds(2));
            shell.Dispose();
            shell = null;
        }
    }
}
