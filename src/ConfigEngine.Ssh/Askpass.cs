using System.Diagnostics;
using System.Text;

namespace ConfigEngine.Ssh;

/// <summary>
/// Hands the target's password to ssh, which asks a program for it (ssh(1), SSH_ASKPASS): to the ssh that reaches the target, for the
/// login that it is for, and to nobody else. The password goes through a named pipe that only this user can open: it is in no file,
/// no argument and no environment.
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

    /// <summary>What ssh must find in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Prepares the answer.</summary>
    /// <param name="password">The password.</param>
    /// <param name="target">Whose it is, as ssh resolves it.</param>
    /// <param name="directory">A directory of this run's own: what is in it is run, and nobody else may have put it there.</param>
    /// <param name="ct">Gives up.</param>
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
        // It needs no environment, and this process's own may hold secrets.
        ProcessStartInfo start = new("mkfifo", ["-m", "600", pipe]);
        start.Environment.Clear();
        using (var mkfifo = Process.Start(start) ?? throw new InvalidOperationException("mkfifo did not start"))
            await mkfifo.WaitForExitAsync(ct);

        // Open for reading and writing: that does not wait for the other side (fifo(7)).
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

    /// <summary>Whose password it is, in the words of ssh's questions; their case tells nothing, since ssh lowers that of names.</summary>
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
