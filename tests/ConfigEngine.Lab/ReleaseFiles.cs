using System.Runtime.CompilerServices;

namespace ConfigEngine.Lab;

/// <summary>
/// The files of a release of what is in the working tree, as <c>.ci/release</c> makes them. Of the archives and the packages for Debian,
/// only those for the lab's own kind of machine.
/// </summary>
public sealed class ReleaseFiles : IAsyncLifetime
{
    /// <summary>The release's version.</summary>
    public const string Version = "0.1.0-dev";

    static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(10);

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("cfg-release-");

    /// <summary>The directory of the files.</summary>
    public string Out => directory.FullName;

    /// <summary>The name of the archive's only directory.</summary>
    public static string Archive => $"cfg-{Version}-linux-x64";

    /// <summary>The path of a file.</summary>
    public string At(string name) => Path.Combine(Out, name);

    /// <summary>The path of a file of the repository.</summary>
    public static string Source(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath($"../../{path}", Path.GetDirectoryName(here) ?? "");

    public async Task InitializeAsync()
    {
        if (Lab.Unavailable is not null)
            return;
        string[] arguments = ["--version", Version, "--only", "linux-x64", Out];
        (await LocalCommand.Run(new(Source(".ci/release"), arguments), deadline: BuildDeadline)).Succeeded(".ci/release");
    }

    public Task DisposeAsync()
    {
        directory.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
