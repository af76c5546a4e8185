using System.Net;
using System.Net.NetworkInformation;

namespace ConfigEngine.Lab;

/// <summary>
/// What tells labs of one machine apart: a number, held by a locked file for as long as the process lives. All that a lab makes
/// carries it: the subnet 198.18.N.0/24 (RFC 2544's range for benchmarks), the bridge, namespaces, cgroups, the directory.
/// </summary>
sealed class LabNumber : IAsyncDisposable
{
    static string Labs => Path.Combine(Cache.Root, "labs");

    readonly int number;
    readonly FileStream held;

    LabNumber(int number, FileStream held) => (this.number, this.held) = (number, held);

    public string Name => $"cfglab{number}";

    public string Bridge => Name;

    public string Directory => DirectoryOf(number);

    public string Address(int host) => $"198.18.{number}.{host}";

    /// <summary>Takes the first free number, after removing what killed labs left under theirs.</summary>
    public static async Task<LabNumber> Take()
    {
        System.IO.Directory.CreateDirectory(Labs);
        foreach (var directory in System.IO.Directory.GetDirectories(Labs))
        {
            if (int.TryParse(Path.GetFileName(directory), out var left) && TryHold(left) is { } stale)
                await stale.DisposeAsync();
        }

        for (var number = 0; number < 256; number++)
        {
            if (TryHold(number) is not { } mine)
                continue;
            try
            {
                await mine.Clean();
                if (!InUse(mine.Address(0)))
                    return mine;
            }
            catch
            {
                mine.held.Dispose();
                throw;
            }

            mine.held.Dispose();
        }

        throw new LabException("All 256 subnets of 198.18.0.0/16 are in use.");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Clean();
        }
        finally
        {
            await held.DisposeAsync();
        }
    }

    /// <summary>Lets the number go and leaves everything else behind, as a killed process does.</summary>
    internal void Abandon() => held.Dispose();

    /// <summary>The files of dozens of hosts take a busy disk minutes.</summary>
    async Task Clean() =>
        (await LocalCommand.Script("clean.sh", TimeSpan.FromMinutes(5), Name, Directory)).Succeeded($"cleaning up {Name}");

    static LabNumber? TryHold(int number) => Cache.TryLock($"{DirectoryOf(number)}.lock") is { } held ? new LabNumber(number, held) : null;

    static string DirectoryOf(int number) => Path.Combine(Labs, $"{number}");

    static bool InUse(string subnet) =>
        IPGlobalProperties
            .GetIPGlobalProperties()
            .GetUnicastAddresses()
            .Any(own => own.Address.GetAddressBytes().AsSpan(0, 3).SequenceEqual(IPAddress.Parse(subnet).GetAddressBytes().AsSpan(0, 3)));
}
