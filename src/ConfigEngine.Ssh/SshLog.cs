using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Ssh;

/// <summary>
/// The log of OpenSSH's client (<c>ssh -E</c>): how far the connection came, and its own last messages. They are separate from the
/// output of the host, a jump host or the remote command, which share its standard error and may contain anything.
/// </summary>
/// <param name="Stage">How far the connection came.</param>
/// <param name="Said">ssh's messages for a user, line by line.</param>
/// <param name="Before">The text from the other side before it identified itself as sshd, line by line.</param>
sealed partial record SshLog(LoginStage Stage, IReadOnlyList<string> Said, IReadOnlyList<string> Before)
{
    /// <summary>More than ssh writes for one connection. A host can make ssh write more, which is neither read nor kept.</summary>
    const int Limit = 256 * 1024;

    /// <summary>Reads the current content.</summary>
    public static SshLog Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(file.Length, Limit)];
            return Of(Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (IOException)
        {
            // ssh ended before it began a log, or the log was removed.
            return Of("");
        }
    }

    /// <summary>Empties a log that has become long; ssh continues at its end, which is then its beginning.</summary>
    public static void Shorten(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Limit })
                new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (IOException)
        {
            // The log was removed.
        }
    }

    /// <summary>Reads the lines.</summary>
    public static SshLog Of(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToList();
        return new(
            lines.Select(StageOf).DefaultIfEmpty().Max(),
            [.. lines.Where(line => !Chatter().IsMatch(line))],
            [
                .. lines
                    .Select(line => BannerLine().Match(line))
                    .Where(match => match.Success)
                    .Select(match => match.Groups[1].Value)
                    .Where(line => line.Trim().Length > 0),
            ]
        );
    }

    static LoginStage StageOf(string line) =>
        line switch
        {
            _ when line.StartsWith("Authenticated to ", StringComparison.Ordinal)
                    || line.StartsWith("debug1: Authentication succeeded", StringComparison.Ordinal) => LoginStage.Account,
            "debug1: SSH2_MSG_NEWKEYS received" => LoginStage.Login,
            _ when line.StartsWith("debug1: Remote protocol version ", StringComparison.Ordinal) => LoginStage.Sshd,
            "debug1: Connection established." => LoginStage.Port,
            _ => LoginStage.Nothing,
        };

    // ssh's messages about its work at this log level, and about the end that this process caused.
    [GeneratedRegex(
        @"^(debug\d: |Authenticated to |Transferred: |Bytes per second: |OpenSSH_|Killed by signal |Warning: Permanently added |Killed\.)"
    )]
    private static partial Regex Chatter();

    // Before 8.0, ssh does not number these lines. Since then, "kex_exchange_identification: write: Broken pipe" is its own message.
    [GeneratedRegex(@"^debug1: (?:kex_exchange_identification: banner line \d+|ssh_exchange_identification): (.*)\z")]
    private static partial Regex BannerLine();
}

/// <summary>How far an ssh connection came.</summary>
enum LoginStage
{
    /// <summary>Nothing answered, or not directly: a jump host or a command made the connection.</summary>
    Nothing,

    /// <summary>Something accepted the connection.</summary>
    Port,

    /// <summary>The other side identified itself as sshd.</summary>
    Sshd,

    /// <summary>Its key is the right one, and the login began.</summary>
    Login,

    /// <summary>The login was accepted.</summary>
    Account,
}
