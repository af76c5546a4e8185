using System.Diagnostics;

namespace ConfigEngine.Ssh;

/// <summary>
/// Hands a password to ssh, which asks a program for it (ssh(1), SSH_ASKPASS). The password goes through a named pipe that
/// only this user can open: it is in no file, no argument and no environment.
/// </summary>
sealed class Askpass : IDisposable
{
    const string Script = """
        #!/bin/sh
        # Answers ssh's question for a password from the pipe; any other question (an unknown host key) is not answered.
        case $1 in *assword*|*assphrase*) head -n 1 <"$CFG_ASKPASS";; *) exit 1;; esac
        """;

    readonly string pipe;
    readonly FileStream held;

    Askpass(string pipe, FileStream held, IReadOnlyDictionary<string, string> environment)
    {
        (this.pipe, this.held) = (pipe, held);
        Environment = environment;
    }

    /// <summary>What ssh must find in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Prepares the answer.</summary>
    /// <param name="password">The password.</param>
    /// <param name="directory">A directory of this run's own: what is in it is run, and nobody else may have put it there.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Askpass> Prepare(Secret password, string directory, CancellationToken ct)
    {
        var script = Path.Combine(directory, "askpass");
        if (!File.Exists(script))
        {
            var made = $"{script}.{Guid.NewGuid():N}";
            await File.WriteAllTextAsync(made, Script, ct);
            File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            File.Move(made, script, overwrite: true);
        }

        var pipe = Path.Combine(directory, $"{Guid.NewGuid():N}");
        // It needs no environment, and this process's own may hold secrets.
        ProcessStartInfo start = new("mkfifo", ["-m", "600", pipe]);
        start.Environment.Clear();
        using (var mkfifo = Process.Start(start) ?? throw new InvalidOperationException("mkfifo did not start"))
            await mkfifo.WaitForExitAsync(ct);

        // Open for reading and writing: that does not wait for the other side (fifo(7)).
        FileStream held = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        await held.WriteAsync(System.Text.Encoding.UTF8.GetBytes(password.Reveal() + "\n"), ct);
        return new(pipe, held, new Dictionary<string, string>
        {
            ["SSH_ASKPASS"] = script,
            ["SSH_ASKPASS_REQUIRE"] = "force",
            ["DISPLAY"] = System.Environment.GetEnvironmentVariable("DISPLAY") ?? ":0",
            ["CFG_ASKPASS"] = pipe,
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        held.Dispose();
        File.Delete(pipe);
    }
}
