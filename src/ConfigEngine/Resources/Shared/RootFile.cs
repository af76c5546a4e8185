namespace ConfigEngine.Resources;

/// <summary>A state with that of a file in it.</summary>
interface IFileState
{
    /// <summary>The content; null where there is no file.</summary>
    Content? Content { get; }

    /// <summary>The owner.</summary>
    string? Owner { get; }

    /// <summary>The group.</summary>
    string? Group { get; }

    /// <summary>The permission bits.</summary>
    Mode? Mode { get; }
}

/// <summary>A file of root's that a resource writes as a whole, as a part of a larger state.</summary>
static class RootFile
{
    /// <summary>How the file differs from the wanted one.</summary>
    /// <param name="found">The file as it was found; null, or without content, where there is none.</param>
    /// <param name="content">Its wanted content.</param>
    /// <param name="mode">Its wanted mode.</param>
    public static Diff<PathState> Diff(IFileState? found, Content content, Mode? mode) =>
        new(
            found is { Content: { } actual } ? new("file", actual, null, found.Owner, found.Group, found.Mode) : null,
            new("file", content, null, "root", "root", mode)
        );

    /// <summary>Whether its content will be written, and not only its owner or mode.</summary>
    public static bool IsWritten(Diff<PathState> file) => file.Creates || file.Changes(s => s.Content);

    /// <summary>The operations for a file that a program loads: the program takes the new content, or the old file comes back.</summary>
    /// <param name="path">The file; its directory is made where it is not there.</param>
    /// <param name="file">How it differs.</param>
    /// <param name="load">Has the program load it.</param>
    /// <param name="checkedBy">How it is checked, for the plan.</param>
    /// <param name="validate">Checks it before it takes its place.</param>
    public static IEnumerable<Operation> Loaded(string path, Diff<PathState> file, Shell load, string checkedBy, Shell? validate = null)
    {
        var directory = PathProbe.Parent(path);
        if (file.Creates)
            yield return new($"cfg_directories {directory}") { Title = $"make {directory}" };
        foreach (var operation in file.IsEmpty ? [] : FileWrite.Operations(path, file, validate, null, load))
            yield return IsWritten(file)
                ? operation with
                {
                    Title = $"write {path} ({file.Desired.Content?.Length ?? 0} bytes), {checkedBy}",
                }
                : operation;
    }
}
