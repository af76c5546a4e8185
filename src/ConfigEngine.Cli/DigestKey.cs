using System.Security.Cryptography;
using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>
/// The key for the digests that replace secrets in plans and journals. It is random, and in the user's state directory, where only
/// the user can read it. With it, equal secrets look equal in all plans of the user; without it, no one can find a secret by trying
/// values.
/// </summary>
static class DigestKey
{
    const int Length = 32;

    /// <summary>Reads the key; creates it the first time.</summary>
    /// <exception cref="UsageException">The key cannot be read or created, or others may read it.</exception>
    public static ReadOnlyMemory<byte> Of(Terminal terminal)
    {
        var path = Path.Combine(StateDirectory.For(terminal), "digest-key");
        try
        {
            StateDirectory.Make(StateDirectory.For(terminal));
            if (!File.Exists(path))
                Make(path);
            var found = Trust.Own.Find(path);
            if ((found.Status.Mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
                throw new UsageException(
                    $"{path} must be for you alone: chmod 600 {Shell.Quote(path)}. If others may have read it, remove it: plans that "
                        + $"were saved before have to be made again."
                );
            var key = found.Read();
            return key.Length == Length
                ? key
                : throw new UsageException($"{path} is damaged: remove it. Plans that were saved before have to be made again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the key of the digests of secrets cannot be kept: {error.Message}");
        }
    }

    // Two runs may create the key at the same time: the first file stays, and both read it.
    static void Make(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (
                var file = File.Open(
                    draft,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            )
                file.Write(RandomNumberGenerator.GetBytes(Length));
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The other run was first.
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
