using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Benchmarks;

/// <summary>The command as users have it, published into a directory of its own, with a cache and a state of its own.</summary>
sealed class PublishedCfg : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("cfg-benchmark-");

    /// <summary>The program.</summary>
    public string Program => Path.Combine(directory.FullName, "bin", "cfg");

    /// <summary>Where its compiled recipes are.</summary>
    public string Cache => Path.Combine(directory.FullName, "cache");

    /// <summary>Publishes it.</summary>
    public static async Task<PublishedCfg> Build()
    {
        PublishedCfg cfg = new();
        Console.Error.WriteLine("publishing cfg …");
        var project = Path.Combine(SourceDirectory(), "../../src/ConfigEngine.Cli");
        await Timing.Run("dotnet", ["publish", project, "-c", "Release", "-v", "q", "-o", Path.GetDirectoryName(cfg.Program) ?? ""]);
        return cfg;
    }

    /// <summary>Writes a recipe.</summary>
    public string Recipe(string name, string text)
    {
        var path = Path.Combine(directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs it.</summary>
    public Task<Sample> Run(params IReadOnlyList<string> arguments) => Timing.Run(Program, arguments, Environment);

    /// <summary>Starts it, with its output to be read.</summary>
    public Process Start(IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start");
    }

    Dictionary<string, string> Environment =>
        new() { ["XDG_CACHE_HOME"] = Cache, ["XDG_STATE_HOME"] = Path.Combine(directory.FullName, "state") };

    static string SourceDirectory([CallerFilePath] string file = "") => Path.GetDirectoryName(file) ?? "";

    public void Dispose() => directory.Delete(recursive: true);
}
