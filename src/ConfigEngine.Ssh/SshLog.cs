using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Ssh;

/// <summary>
/// What OpenSSH's client wrote down (<c>ssh -E</c>): how far the connection came, and its own last words. They are apart from what the
/// host, a jump host or the remote command said, which share its standard error and may say anything.
/// </summary>
/// <param name="Stage">How far it came.</param>
/// <param name="Said">What it would have told a user, line by line.</param>
/// <param name="Before">What the other side said before it said that it is sshd, line by line.</param>
sealed partial record SshLog(LoginStage Stage, IReadOnlyList<string> Said, IReadOnlyList<string> Before)
{
    /// <summary>More than ssh writes for a connection. A host can make it write, so nobody reads, or keeps, more.</summary>
    const int Limit = 256 * 1024;

    /// <summary>Reads what is there so far.</summary>
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
            // It ended before it began one, or somebody took it away.
            return Of("");
        }
    }

    /// <summary>Empties a log that has grown long: ssh goes on at its end, which is its beginning then.</summary>
    public static void Shorten(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Limit })
                new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (IOException)
        {
            // Somebody took it away.
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

    // What it says of its work at this level, and of the end that this process gave it.
    [GeneratedRegex(
        @"^(debug\d: |Authenticated to |Transferred: |Bytes per second: |OpenSSH_|Killed by signal |Warning: Permanently added |Killed\.)"
    )]
    private static partial Regex Chatter();

    [GeneratedRegex(@"^debug1: (?:kex|ssh)_exchange_identification: (?:banner line \d+: )?(.*)\z")]
    private static partial Regex BannerLine();
}

/// <summary>How far a connection of ssh came.</summary>
enum LoginStage
{
    /// <summary>Nothing answered, or not directly: a jump host or a command made the connection.</summary>
    Nothing,

    /// <summary>Something accepted the connection.</summary>
    Port,

    /// <summary>It said that it is sshd.</summary>
    Sshd,

    /// <summary>It is the host that it should be, by its key, and the login began.</summary>
    Login,

    /// <summary>The login was accepted.</summary>
    Account,
}
