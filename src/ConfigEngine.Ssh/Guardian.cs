using System.Diagnostics;

namespace ConfigEngine.Ssh;

/// <summary>
/// Ends what a run started when the run itself is killed. It is a shell that reads what to end from a pipe; nobody but this
/// process can write there, so the pipe ends when this process does, however that comes about.
/// </summary>
sealed class Guardian : IDisposable
{
    // A terminal's signals reach the whole foreground; this one must outlive what they end.
    static readonly string Text = Script.Embedded("guardian.sh", typeof(Guardian).Assembly);

    readonly Lock gate = new();
    Process? shell;

    /// <summary>From now on a process is ended, and a directory removed, when this process is gone.</summary>
    /// <param name="what">A process id, or a path without line feeds.</param>
    public void Watch(string what) => Tell('+', what);

    /// <summary>It has ended, or is removed: it is somebody else's now.</summary>
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
                // Somebody ended it: then nobody watches, and everything else works as before.
            }
        }
    }

    static Process Start()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Text]) { RedirectStandardInput = true, UseShellExecute = false };
        // It needs no more, and this process's own may hold secrets.
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
                // Somebody ended it.
            }

            shell.WaitForExit(TimeSpan.FromSeconds(2));
            shell.Dispose();
            shell = null;
        }
    }
}
