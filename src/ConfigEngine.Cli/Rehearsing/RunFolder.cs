using System.Globalization;
using ConfigEngine.Local;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>The directory of one rehearsal: its scripts, and what its containers write. It is gone afterwards.</summary>
sealed class RunFolder : IDisposable
{
    /// <summary>Where this program has its scripts.</summary>
    public const string Scripts = "rehearsal/";

    RunFolder(string path) => Path = path;

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>Makes it, and removes those of rehearsals that were killed.</summary>
    /// <param name="directory">The directory that has them.</param>
    public static RunFolder Make(string directory)
    {
        Trust.Own.MakeDirectory(directory);
        foreach (var left in Directory.EnumerateDirectories(directory).Where(IsLeft))
            Remove(left);
        RunFolder made = new(System.IO.Path.Combine(directory, $"{Environment.ProcessId}-{ThisRun.StartOf(Environment.ProcessId)}"));
        Trust.Own.MakeDirectory(made.Path);
        foreach (var (name, text) in EmbeddedText.In(Scripts))
            File.WriteAllText(made.Script(name), text);
        return made;
    }

    /// <summary>The path of a script.</summary>
    public string Script(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The directory of a container.</summary>
    public string Of(int number) => System.IO.Path.Combine(Path, number.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose() => Remove(Path);

    static bool IsLeft(string path) =>
        System.IO.Path.GetFileName(path).Split('-') is [var process, var start]
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && ThisRun.StartOf(id) != start;

    static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // The next rehearsal tries again.
        }
    }
}
