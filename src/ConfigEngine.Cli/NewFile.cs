namespace ConfigEngine.Cli;

/// <summary>A file that a command writes at its end, whole or not at all; that it can be written is found out at the beginning.</summary>
sealed class NewFile : IDisposable
{
    readonly FileStream draft;

    NewFile(string path, FileStream draft)
    {
        Path = path;
        this.draft = draft;
    }

    /// <summary>Where, as the user wrote it.</summary>
    public string Path { get; }

    /// <summary>Makes sure that the file can be written.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public static NewFile Prepare(string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"--out: {path} is a directory");
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            // Contents of files are in a plan: it is the user's alone, like a private key.
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
            throw new UsageException($"--out: the directory of {path} does not exist");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out: {path} cannot be written: {error.Message}");
        }
    }

    /// <summary>Writes it: what was opened at the beginning, and not what has that name by now.</summary>
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
