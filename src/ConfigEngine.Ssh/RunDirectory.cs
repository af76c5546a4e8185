using System.Globalization;
using System.Security.Cryptography;
using ConfigEngine.Local;

namespace ConfigEngine.Ssh;

/// <summary>
/// A directory of this run, for the sockets of ssh's connections and for the programs that answer ssh's questions. No other user
/// may enter it, and no other run uses it: its name is random, so it cannot have been made beforehand. A file in it is locked
/// (flock(2)) while the run lives; the next run removes directories without a lock.
/// </summary>
sealed class RunDirectory : IDisposable
{
    const string Lock = "lock";
    const int Attempts = 20;

    // A socket's path has at most 104 bytes on macOS and 108 on Linux (unix(7)). ssh first uses a name that is 17 bytes longer, and
    // then renames it.
    const int LongestSocket = 103 - 17;
    const int LongestName = 6;

    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode Permissions = (UnixFileMode)0x1ff;

    static readonly string Prefix = string.Create(CultureInfo.InvariantCulture, $"configengine-{Trust.ThisUser}.");

    readonly FileStream held;
    int sockets;

    RunDirectory(string path, FileStream held) => (Path, this.held) = (path, held);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>A path for a socket.</summary>
    public string NewSocket() => System.IO.Path.Combine(Path, Interlocked.Increment(ref sockets).ToString(CultureInfo.InvariantCulture));

    /// <summary>Makes a directory in the first usable place, and removes what killed runs left there.</summary>
    /// <exception cref="HostUnreachableException">There is no usable place.</exception>
    public static RunDirectory Make() =>
        Make([Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), Environment.GetEnvironmentVariable("TMPDIR"), "/tmp"]);

    /// <summary>Makes a directory.</summary>
    /// <param name="places">The possible places, the best first.</param>
    public static RunDirectory Make(IEnumerable<string?> places)
    {
        List<string> refused = [];
        foreach (var place in places.OfType<string>().Where(place => place.Length > 0).Distinct())
        {
            try
            {
                Check(place);
                var made = MakeIn(place);
                Sweep(place);
                return made;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or UntrustedException)
            {
                refused.Add($"{place}: {(wrong is UntrustedException untrusted ? untrusted.Why : wrong.Message)}");
            }
        }

        throw new HostUnreachableException(
            "this machine",
            "there is no directory for the sockets of ssh's connections",
            $"Set TMPDIR to a directory with a short path, where you can write and others cannot rename what is yours.\n  "
                + $"{string.Join("\n  ", refused)}"
        );
    }

    static void Check(string place)
    {
        // ssh replaces ${NAME} in the path of a socket (ssh_config(5)), and Guardian reads one path per line.
        if (!System.IO.Path.IsPathRooted(place) || place.Contains('$') || place.Any(char.IsControl))
            throw new IOException("ssh cannot have a socket below a path like this");
        var longest = System.Text.Encoding.UTF8.GetByteCount(System.IO.Path.Combine(place, NewName(), new string('0', LongestName)));
        if (longest > LongestSocket)
            throw new IOException($"its path is too long for a socket, by {longest - LongestSocket} bytes");
        if (Trust.Own.Find(place).Status.Kind is not FileKind.Directory)
            throw new IOException("it is not a directory");
    }

    static string NewName() => Prefix + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 8);

    static RunDirectory MakeIn(string place)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = System.IO.Path.Combine(place, NewName());
            Directory.CreateDirectory(path, Private);
            try
            {
                if (OwnDirectory(path) is not { } made || (made.Mode & Permissions) != Private)
                    throw new IOException($"{path} is not a directory of this run's own");
                FileStream held = new(System.IO.Path.Combine(path, Lock), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                // Another run that removes old directories may have removed this one meanwhile.
                if (File.Exists(held.Name))
                    return new(path, held);
                held.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }

    /// <summary>The status of a directory of this user; null if it is not one.</summary>
    static FileStatus? OwnDirectory(string path) =>
        FileStatus.Of(path) is { Kind: FileKind.Directory } found && found.Owner == Trust.ThisUser ? found : null;

    /// <summary>Removes the directories of runs that have ended.</summary>
    static void Sweep(string place)
    {
        foreach (var left in Left(place))
        {
            try
            {
                if (OwnDirectory(left) is null)
                    continue;
                var file = System.IO.Path.Combine(left, Lock);
                if (!File.Exists(file))
                {
                    // An empty directory belongs to a run that was killed before it had a lock, or to a run that begins right now
                    // and then tries again.
                    Directory.Delete(left);
                    continue;
                }

                using FileStream mine = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                if (Locks(file))
                    Directory.Delete(left, recursive: true);
            }
            catch (Exception used) when (used is IOException or UnauthorizedAccessException)
            {
                // Its run still lives, or another run is removing it.
            }
        }
    }

    static bool IsName(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    static string[] Left(string place)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(place).Where(path => IsName(System.IO.Path.GetFileName(path)))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// Whether locks work: a held lock must keep others out. Some file systems have no locks, and there it is unknown which runs
    /// live.
    /// </summary>
    static bool Locks(string held)
    {
        try
        {
            new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It has been removed already.
        }
        finally
        {
            held.Dispose();
        }
    }
}
