using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ConfigEngine.Local;

namespace ConfigEngine.Cli.History;

/// <summary>The journals of runs: their directory, their names, and how long they are kept.</summary>
static partial class RunFiles
{
    /// <summary>How many are kept; the oldest are removed first.</summary>
    public const int Kept = 1000;

    /// <summary>How many bytes of them are kept; the newest is always kept.</summary>
    public const long KeptBytes = 1L << 30;

    const int IdLength = 7;

    /// <summary>The directory.</summary>
    public static string DirectoryFor(Terminal terminal) => Path.Combine(StateDirectory.For(terminal), "runs");

    /// <summary>The path for a new one: the run's id, which hosts get too, with a number if that is taken.</summary>
    public static string New(string directory, string id)
    {
        var stem = Path.Combine(directory, id);
        return Enumerable
            .Range(2, int.MaxValue - 2)
            .Select(i => $"{stem}-{i}.jsonl")
            .Prepend($"{stem}.jsonl")
            .First(path => !File.Exists(path));
    }

    /// <summary>A run's id: short, and the same as long as its file keeps its name.</summary>
    public static string IdOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileNameWithoutExtension(path))))[..IdLength];

    /// <summary>All of them, the newest first. Files with other names are ignored.</summary>
    /// <exception cref="JournalException">The directory cannot be read, or another user can write it.</exception>
    public static IReadOnlyList<string> All(string directory)
    {
        try
        {
            return !Directory.Exists(directory)
                ? []
                :
                [
                    .. Directory
                        .EnumerateFiles(Trust.Own.Find(Path.GetFullPath(directory)).Path, "*.jsonl")
                        .Where(path => Name().IsMatch(Path.GetFileName(path)))
                        .OrderByDescending(Path.GetFileNameWithoutExtension, StringComparer.Ordinal),
                ];
        }
        catch (UntrustedException untrusted)
        {
            throw new JournalException($"the journals in {directory} are not trusted: {untrusted.Why}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"the journals in {directory} cannot be listed: {error.Message}");
        }
    }

    /// <summary>Removes the oldest ones above the limits, but never one that is being written.</summary>
    public static void Prune(string directory, int kept = Kept, long bytes = KeptBytes)
    {
        var (count, sum) = (0, 0L);
        foreach (var path in All(directory))
        {
            sum += new FileInfo(path).Length;
            if (++count > 1 && (count > kept || sum > bytes) && !IsBeingWritten(path))
                File.Delete(path);
        }
    }

    /// <summary>
    /// Whether its run is still active: the process that writes a file holds a lock on it (flock(2)) as long as it lives.
    /// </summary>
    public static bool IsBeingWritten(string path)
    {
        try
        {
            File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    [GeneratedRegex(@"\A[0-9]{8}T[0-9]{6}Z-[0-9]+(-[0-9]+)?\.jsonl\z")]
    private static partial Regex Name();
}

/// <summary>The journals cannot be read.</summary>
sealed class JournalException(string problem) : CfgException(problem);
