using System.Globalization;

namespace ConfigEngine.Applying;

/// <summary>
/// Tells a session's shell, from another shell, to skip the requests that were sent and have not begun. The trap of the session's
/// shell runs when the command that it waits for has ended (POSIX.1-2024, Shell Command Language 2.12).
/// </summary>
static class Halting
{
    static readonly string Functions = Script.Embedded("halt.sh");

    /// <summary>Asks a session's shell for its process id.</summary>
    public static string Request { get; } = $"{Functions}\nprintf '%s %s\\n' $$ \"$(cfg_started $$)\"";

    /// <summary>Reads that answer.</summary>
    /// <exception cref="UnexpectedOutputException">The answer is not a process.</exception>
    public static ShellId Read(Output answer) =>
        answer.Text.TrimEnd('\n').Split(' ') is [var id, var started] && IsNumber(id) && (started.Length == 0 || IsNumber(started))
            ? new(id, started)
            : throw new UnexpectedOutputException($"expected the id of the shell, got \"{Text.Excerpt(answer.Text)}\"");

    /// <summary>
    /// The script that halts a shell, for another shell on the same host as the same user. It fails if there is no such shell.
    /// </summary>
    public static string Of(ShellId shell) => $"{Functions}\ncfg_halt_shell {Shell.Quote(shell.Process)} {Shell.Quote(shell.Started)}";

    static bool IsNumber(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Halts a session, and reports it if success cannot be confirmed.</summary>
    /// <returns>Whether the host confirmed that it skips the requests that have not begun.</returns>
    public static async Task<bool> Halt(ISession session, string host, Action<string, string> say, CancellationToken ct)
    {
        if (await session.Halt(ct) is not { } failed)
            return true;
        if (!ct.IsCancellationRequested)
            say(
                host,
                failed.Message.StartsWith($"{host}: ", StringComparison.Ordinal) ? failed.Message[(host.Length + 2)..] : failed.Message
            );
        return false;
    }
}

/// <summary>
/// The shell of a session: its process id and start time. The start time distinguishes it from a later process with the same id.
/// </summary>
sealed record ShellId(string Process, string Started);

/// <summary>A host did not confirm that it skips the requests that were sent to it.</summary>
sealed class NotHaltedException(string host, string reason)
    : CfgException(
        $"{host}: the host could not be told to stop ({reason}): what was sent to it already goes on, to its end or its first failure."
    );
