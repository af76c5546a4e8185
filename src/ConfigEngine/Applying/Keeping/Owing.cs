using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConfigEngine.Applying;

/// <summary>How an owed handler is recorded on its host.</summary>
static class Owing
{
    const int NameLength = 16;

    /// <summary>The default deadline of a handler.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The name of its file.</summary>
    /// <param name="handler">The handler. A reboot is owed only until the next boot, so its file's name has the boot id.</param>
    public static string FileOf(Handler handler) => StemOf(handler.Name) + (handler.Reboots is null ? "" : "@$cfg_boot");

    /// <summary>The beginning of its files' names, for a handler of that name.</summary>
    public static string StemOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..NameLength];

    /// <summary>One line of the file, for a resource whose change notifies the handler.</summary>
    public static string Line(Handler handler, string address, Run run, DateTimeOffset now) =>
        JsonSerializer.Serialize(new Owed(handler.Name, [address], now, run.Id, run.By), LedgerJson.Default.Owed);

    /// <summary>The request that runs an owed handler, under supervision, and removes the record after success.</summary>
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

    /// <summary>The result of a handler whose shell was killed; the shell's answer, if the handler did not continue.</summary>
    public static async Task<Output> Outcome(ISession session, Handler handler, Output answered, CancellationToken ct) =>
        handler.Reboots is null && await LeftBehind.Of(session, handler.Name, handler.Deadline ?? Patience, answered, ct) is { } left
            ? left
            : answered;
}
