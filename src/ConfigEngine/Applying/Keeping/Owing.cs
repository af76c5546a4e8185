using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConfigEngine.Applying;

/// <summary>How a handler that is owed is written down on its host.</summary>
static class Owing
{
    const int NameLength = 16;

    /// <summary>How long a handler may take that does not say it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The name of its file.</summary>
    /// <param name="handler">The handler. A reboot is owed by one boot of the host: the next one has done it.</param>
    public static string FileOf(Handler handler) => StemOf(handler.Name) + (handler.Reboots is null ? "" : "@$cfg_boot");

    /// <summary>How the names of its files begin, for a handler of that name.</summary>
    public static string StemOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..NameLength];

    /// <summary>A line of it, for one resource whose change calls for the handler.</summary>
    public static string Line(Handler handler, string address, Run run, DateTimeOffset now) =>
        JsonSerializer.Serialize(new Owed(handler.Name, [address], now, run.Id, run.By), LedgerJson.Default.Owed);

    /// <summary>The request that runs what is owed, under supervision, and strikes it off.</summary>
    public static Request ToRequest(Handler handler) =>
        new(
            $"cfg_at {Shell.Quote($"handler \"{handler.Name}\"")}\n"
                + (
                    handler.Reboots is { } reboot
                        ? $"[ -e \"$cfg_kept/owed/{FileOf(handler)}\" ] || exit {HostRecords.NotOwed}\n{reboot.Script.Text} 1>&2"
                        : $"cfg_owing {FileOf(handler)} {Shell.Quote($"( set -e\n{handler.Script.Text}\n)")}"
                ),
            handler.Name
        )
        {
            Deadline = handler.Deadline ?? Patience,
        };

    /// <summary>What a handler came to whose shell was killed; what was answered, where nothing went on.</summary>
    public static async Task<Output> Outcome(ISession session, Handler handler, Output answered, CancellationToken ct) =>
        handler.Reboots is null && await LeftBehind.Of(session, handler.Name, handler.Deadline ?? Patience, answered, ct) is { } left
            ? left
            : answered;
}
