using System.Text.Json;

namespace ConfigEngine.Lab;

/// <summary>The <c>cfg</c> command in a working directory of its own, with a cache and a state of its own.</summary>
sealed class CfgProcess(string sshConfig, Dictionary<string, string>? environment = null) : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("cfg-lab-");

    /// <summary>Puts one of the lab's recipes into the working directory.</summary>
    public string Place(string recipe)
    {
        var path = Path.Combine(directory.FullName, recipe);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Recipes", recipe), path);
        return path;
    }

    /// <summary>Writes a file into the working directory.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a command, and fails where it does not end as expected.</summary>
    public async Task<Ran> Run(int exit, params IReadOnlyList<string> arguments)
    {
        System.Diagnostics.ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cfg.dll"), .. arguments, "--ssh-config", sshConfig])
        {
            WorkingDirectory = directory.FullName,
            Environment = { ["XDG_CACHE_HOME"] = Path.Combine(directory.FullName, "cache"), ["XDG_STATE_HOME"] = Path.Combine(directory.FullName, "state") },
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var ran = await LocalCommand.Run(start, "", TimeSpan.FromMinutes(5));
        return ran.Exit == exit ? ran : throw new LabException($"cfg {string.Join(' ', arguments)} ended with {ran.Exit}, not {exit}\n{ran.Stdout}\n{ran.Stderr}");
    }

    /// <summary>The journal of the last apply.</summary>
    public IReadOnlyList<JsonElement> Journal() =>
        [.. File.ReadLines(directory.GetFiles("state/configengine/runs/*.jsonl").OrderBy(file => file.Name, StringComparer.Ordinal).Last().FullName).Select(line => JsonDocument.Parse(line).RootElement)];

    public void Dispose() => directory.Delete(recursive: true);
}
