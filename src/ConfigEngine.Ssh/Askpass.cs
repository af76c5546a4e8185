using System.Diagnostics;
using System.Text;

namespace ConfigEngine.Ssh;

/// <summary>
/// Gives the target's password to ssh, which asks a program for it (ssh(1), SSH_ASKPASS). Only the ssh process that reaches the
/// target gets it, and only for that login. The password goes through a named pipe that only this user can open: it is in no file,
/// no argument and no environment variable.
/// </summary>
sealed class Askpass : IDisposable
{
    static string Script { get; } = ReadScript();

    readonly string pipe;
    readonly FileStream held;

    Askpass(string pipe, FileStream held, IReadOnlyDictionary<string, string> environment)
    {
        (this.pipe, this.held) = (pipe, held);
        Environment = environment;
    }

    /// <summary>The environment variables that ssh needs.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Prepares the answer.</summary>
    /// <param name="password">The password.</param>
    /// <param name="target">The target, as ssh resolves it.</param>
    /// <param name="directory">A directory of this run: files in it are executed, so no other user may be able to write it.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<Askpass> Prepare(Secret password, SshSettings target, string directory, CancellationToken ct)
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
        // It needs no environment, and the environment of this process may contain secrets.
        ProcessStartInfo start = new("mkfifo", ["-m", "600", pipe]);
        start.Environment.Clear();
        using (var mkfifo = Process.Start(start) ?? throw new InvalidOperationException("mkfifo did not start"))
            await mkfifo.WaitForExitAsync(ct);

        // A pipe that is open for reading and writing does not wait for the other side (fifo(7)).
        FileStream held = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        await held.WriteAsync(Encoding.UTF8.GetBytes(password.Reveal() + "\n"), ct);
        return new(
            pipe,
            held,
            new Dictionary<string, string>
            {
                ["SSH_ASKPASS"] = script,
                ["SSH_ASKPASS_REQUIRE"] = "force",
                ["DISPLAY"] = System.Environment.GetEnvironmentVariable("DISPLAY") ?? ":0",
                ["CFG_ASKPASS"] = pipe,
                ["CFG_ASKED"] = Login(target),
            }
        );
    }

    /// <summary>
    /// The login of the password, in the words of ssh's questions. Upper and lower case do not matter, because ssh changes names to
    /// lower case.
    /// </summary>
    internal static string Login(SshSettings target) => $"{target.User}@{target.HostKeyAlias ?? target.HostName}".ToLowerInvariant();

    static string ReadScript()
    {
        using var stream =
            typeof(Askpass).Assembly.GetManifestResourceStream("askpass.sh")
            ?? throw new InvalidOperationException("askpass.sh is no file of this assembly");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        held.Dispose();
        File.Delete(pipe);
    }
}
