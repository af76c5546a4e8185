using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Lab;

/// <summary>What the lab keeps from run to run, by content: <c>CFG_LAB_CACHE</c>, or /var/cache/configengine-lab.</summary>
static class Cache
{
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("CFG_LAB_CACHE") is { Length: > 0 } root
            ? Path.GetFullPath(root)
            : "/var/cache/configengine-lab";

    /// <summary>
    /// The directory that <paramref name="build"/> fills, once for each name and recipe on this machine. The recipe is all that
    /// decides the content; what is built gets its name when it is complete.
    /// </summary>
    public static async Task<string> Get(string name, string recipe, Func<string, Task> build)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe)))[..12];
        var final = Path.Combine(Root, $"{name}-{hash}");
        if (Directory.Exists(final))
            return final;

        Directory.CreateDirectory(Root);
        using var mine = await Lock($"{final}.lock");
        if (Directory.Exists(final))
            return final;

        Console.Error.WriteLine($"lab: building {name}, once for this machine …");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var building = $"{final}.building";
        await Remove(building);
        try
        {
            Directory.CreateDirectory(building);
            await build(building);
            Directory.Move(building, final);
        }
        finally
        {
            await Remove(building);
        }

        Console.Error.WriteLine($"lab: built {name} in {clock.Elapsed.TotalSeconds:0} s");
        return final;
    }

    /// <summary>A lock that the kernel takes back when its holder dies; null when somebody has it.</summary>
    public static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    static async Task<FileStream> Lock(string path)
    {
        for (var waited = 0; ; waited++)
        {
            if (TryLock(path) is { } held)
                return held;
            if (waited % 100 is 10)
                Console.Error.WriteLine($"lab: another process holds {path}; waiting …");
            await Task.Delay(100);
        }
    }

    static async Task Remove(string directory) =>
        (await LocalCommand.Run("rm", "-rf", "--one-file-system", directory)).Succeeded($"rm {directory}");
}
