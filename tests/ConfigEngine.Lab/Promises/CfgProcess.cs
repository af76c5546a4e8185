using System.Diagnostics;
using System.Text.Json;

namespace ConfigEngine.Lab;

/// <summary>The <c>cfg</c> command in a working directory of its own, with a cache and a state of its own.</summary>
sealed class CfgProcess(string sshConfig, Dictionary<string, string>? environment = null) : IDisposable
{
    readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-lab-");

    /// <summary>The working directory; the cache and the state are below it.</summary>
    public string Directory => directory.FullName;

    /// <summary>Puts one of the lab's recipes into the working directory.</summary>
    public string Place(string recipe)
    {
        var path = Path.Combine(directory.FullName, recipe);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Recipes", recipe), path);
        return path;
    }

    /// <summary>Puts a recipe of the house into the working directory, with what it loads.</summary>
    /// <param name="name">The recipe's name, without its suffix.</param>
    /// <param name="change">What is different in the lab, such as shorter waits.</param>
    public string PlaceOfHouse(string name, Func<string, string> change)
    {
        var house = Path.Combine(AppContext.BaseDirectory, "House");
        foreach (var library in System.IO.Directory.EnumerateFiles(Path.Combine(house, "lib")))
            Write($"lib/{Path.GetFileName(library)}", change(File.ReadAllText(library)));
        return Write($"{name}.csx", change(File.ReadAllText(Path.Combine(house, $"{name}.csx"))));
    }

    /// <summary>Writes a file into the working directory.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(directory.FullName, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a command, and fails where it does not end as expected.</summary>
    public Task<Ran> Run(int exit, params IReadOnlyList<string> arguments) => RunAsIs(exit, OverTheWay(arguments));

    /// <summary>The same, with the transport that cfg chooses itself.</summary>
    public async Task<Ran> RunAsIs(int exit, params IReadOnlyList<string> arguments)
    {
        var ran = await LocalCommand.Run(StartOf(arguments), "", TimeSpan.FromMinutes(10));
        return ran.Exit == exit
            ? ran
            : throw new LabException($"cfg {string.Join(' ', arguments)} ended with {ran.Exit}, not {exit}\n{ran.Stdout}\n{ran.Stderr}");
    }

    /// <summary>Runs a command, however it ends.</summary>
    public Task<Ran> RunAny(params IReadOnlyList<string> arguments) =>
        LocalCommand.Run(StartOf(OverTheWay(arguments)), "", TimeSpan.FromMinutes(10));

    /// <summary>Starts a command, to be signalled while it runs.</summary>
    public Process Start(params IReadOnlyList<string> arguments)
    {
        var start = StartOf(OverTheWay(arguments));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Process.Start(start) ?? throw new LabException("cfg did not start");
    }

    static IReadOnlyList<string> OverTheWay(IReadOnlyList<string> arguments) =>
        arguments[0] is "history" ? arguments : [.. arguments, .. Ways.Words];

    ProcessStartInfo StartOf(IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                Program.Path,
                .. arguments,
                .. arguments[0] is "history" ? (string[])[] : ["--ssh-config", sshConfig],
            ]
        )
        {
            WorkingDirectory = directory.FullName,
            Environment =
            {
                ["XDG_CACHE_HOME"] = Path.Combine(directory.FullName, "cache"),
                ["XDG_STATE_HOME"] = Path.Combine(directory.FullName, "state"),
            },
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The journal of the last apply.</summary>
    public IReadOnlyList<JsonElement> Journal() =>
        [
            .. File.ReadLines(
                    directory
                        .GetFiles("state/configengine/runs/*.jsonl")
                        .OrderBy(file => file.Name, StringComparer.Ordinal)
                        .Last()
                        .FullName
                )
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];

    /// <summary>The name of the last apply's journal; null where there is none.</summary>
    public string? LastJournal =>
        directory.GetFiles("state/configengine/runs/*.jsonl").Select(file => file.Name).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>Whether the journal of the last apply has an event by now.</summary>
    public bool HasJournaled(string happened) =>
        directory.GetFiles("state/configengine/runs/*.jsonl").OrderBy(file => file.Name, StringComparer.Ordinal).LastOrDefault()
            is { } last
        && File.ReadAllText(last.FullName).Contains($"\"event\":\"{happened}\"", StringComparison.Ordinal);

    /// <summary>The changes of a plan of one host that was printed as JSON.</summary>
    public static IReadOnlyList<JsonElement> Changes(Ran plan) =>
        [.. JsonDocument.Parse(plan.Stdout).RootElement.GetProperty("hosts")[0].GetProperty("changes").EnumerateArray()];

    /// <summary>What a change is of.</summary>
    public static string Named(JsonElement change) => $"{change.GetProperty("kind").GetString()} {change.GetProperty("key").GetString()}";

    public void Dispose() => directory.Delete(recursive: true);
}
