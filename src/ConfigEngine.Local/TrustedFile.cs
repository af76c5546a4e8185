namespace ConfigEngine.Local;

/// <summary>A file or directory that exists, and that no other user can change.</summary>
/// <param name="Path">Its path, without any links.</param>
/// <param name="Status">Its status.</param>
sealed record TrustedFile(string Path, FileStatus Status)
{
    /// <summary>Opens it for reading: exactly the file that was checked, not another one with its name.</summary>
    /// <exception cref="IOException">It cannot be read, or another file has its name.</exception>
    public FileStream Open()
    {
        FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (FileStatus.Of(file.SafeFileHandle).IsSameAs(Status))
            return file;
        file.Dispose();
        throw new IOException($"{Path} was replaced while it was opened");
    }

    /// <summary>Its whole content.</summary>
    public byte[] Read()
    {
        using var file = Open();
        using MemoryStream all = new();
        file.CopyTo(all);
        return all.ToArray();
    }
}
