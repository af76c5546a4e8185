using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Local;

namespace ConfigEngine.Scripting;

/// <summary>
/// Reads files of this machine, with good messages for failures. A recipe's files decide what runs here and on hosts, so a file
/// that another user could have written is refused.
/// </summary>
/// <param name="trust">Which files are trusted.</param>
/// <param name="unsaved">The text of a script that an editor has open; null if it has not.</param>
sealed class Disk(Trust trust, Func<string, string?>? unsaved = null)
{
    const long LongestScript = 16 << 20;

    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The bytes of a recipe (<paramref name="at"/> is null) or of a script that another one loads.</summary>
    public byte[] ReadScript(string path, string name, SourceLine? at)
    {
        if (unsaved?.Invoke(path) is { } text)
            return Encoding.UTF8.GetBytes(text);
        if (System.IO.Directory.Exists(path))
            throw new RecipeException(
                $"{name} is a directory",
                at,
                hint: Nearby.Recipes(path, name) ?? "a recipe is a file whose name ends in .csx"
            );
        if (!System.IO.File.Exists(path))
            throw new RecipeException($"{name} does not exist", at, hint: Nearby.Like(path, name, except: at?.File));
        if (!path.EndsWith(".csx", StringComparison.Ordinal))
            throw new RecipeException($"{name} is not a recipe", at, hint: "a recipe is a C# script whose name ends in .csx");
        return Read(path, name, at, LongestScript);
    }

    /// <summary>The bytes of a library.</summary>
    public byte[] ReadLibrary(string path, string name, SourceLine? at) =>
        System.IO.File.Exists(path)
            ? Read(path, name, at)
            : throw new RecipeException($"{name} does not exist", at, hint: "#r takes a path relative to the file that says it");

    /// <summary>The bytes of any file.</summary>
    public byte[] Read(string path, string name, SourceLine? at = null, long longest = int.MaxValue)
    {
        try
        {
            var found = trust.Find(path);
            if (found.Status.Kind is not FileKind.Regular)
                throw new RecipeException($"{name} is not a regular file", at);
            using var file = found.Open();
            if (file.Length > longest)
                throw new RecipeException(
                    $"{name} is too large: {file.Length >> 20} MiB",
                    at,
                    hint: $"at most {longest >> 20} MiB can be read"
                );
            using MemoryStream all = new();
            file.CopyTo(all);
            return all.ToArray();
        }
        catch (UntrustedException untrusted)
        {
            throw new RecipeException($"{name} is not trusted: {untrusted.Why}", at, hint: untrusted.Hint, inner: untrusted);
        }
        catch (Exception failed) when (failed is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecipeException(
                new FileInfo(path).LinkTarget is { } target
                    ? $"{name} is a symbolic link to {target}, which does not exist"
                    : $"{name} does not exist",
                at,
                inner: failed
            );
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new RecipeException($"{name} cannot be read: {Reason(failed)}", at, inner: failed);
        }
    }

    /// <summary>The final target of a symbolic link.</summary>
    public static string ResolvedPath(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    public static string Reason(Exception failed) => failed is UnauthorizedAccessException ? "permission denied" : failed.Message;
}
