namespace ConfigEngine.Local;

/// <summary>A file or directory that is there, and that nobody can change who may not.</summary>
/// <param name="Path">Where it is, without any link on the way.</param>
/// <param name="Status">What it is.</param>
sealed record TrustedFile(string Path, FileStatus Status)
{
    /// <summary>Opens it for reading: just what was checked, and not what has its name by now.</summary>
    /// <exception cref="IOException">It cannot be read, or something else has its name.</exception>
    public FileStream Open()
    {
        FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (FileStatus.Of(file.SafeFileHandle).IsSameAs(Status))
            return file;
        file.Dispose();
        throw new IOException($"{Path} was replaced while it was opened");
    }

    /// <summary>All that is in it.</summary>
    public byte[] Read()
    {
        using var file = Open();
        using MemoryStream all = new();
        file.CopyTo(all);
        return all.ToArray();
    }
}
