using System.CommandLine;

namespace ConfigEngine.Cli;

/// <summary>
/// A file that a command writes at its end, as a whole or not at all. Whether it can be written is checked at the beginning.
/// </summary>
sealed class NewFile : IDisposable
{
    readonly FileStream draft;

    NewFile(string path, FileStream draft)
    {
        Path = path;
        this.draft = draft;
    }

    /// <summary>The path, as the user wrote it.</summary>
    public string Path { get; }

    /// <summary>The file that an option names; null where it names none.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static NewFile? Of(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } path ? Prepare(option.Name, path) : null;

    /// <summary>Checks that the file can be written.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    static NewFile Prepare(string option, string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{option}: {path} is a directory");
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            // A plan contains the contents of files, so only the user may read it, like a private key.
            return new(
                path,
                File.Open(
                    draft,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        Share = FileShare.ReadWrite | FileShare.Delete,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            );
        }
        catch (DirectoryNotFoundException)
        {
            throw new UsageException($"{option}: the directory of {path} does not exist");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: {path} cannot be written: {error.Message}");
        }
    }

    /// <summary>Writes the file that was opened at the beginning, even if another file has its name by now.</summary>
    public void Write(string text)
    {
        draft.Write(System.Text.Encoding.UTF8.GetBytes(text));
        draft.Flush();
        File.Move(draft.Name, Path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        draft.Dispose();
        File.Delete(draft.Name);
    }
}
