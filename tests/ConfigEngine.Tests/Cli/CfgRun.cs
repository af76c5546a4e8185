using ConfigEngine.Cli;

namespace ConfigEngine.Tests.Cli;

/// <summary>A directory to work in and a command line run in this process, with what it printed.</summary>
sealed class CfgRun : IDisposable
{
    readonly string directory = Path.Combine(Path.GetTempPath(), $"cfg-cli-{Guid.NewGuid():N}");

    public CfgRun() => Directory.CreateDirectory(Path.Combine(directory, "target"));

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>What is typed.</summary>
    public string Typed { get; init; } = "";

    public bool IsTerminal { get; init; }

    /// <summary>The terminal's columns; null where there is none.</summary>
    public int? Width { get; init; }

    /// <summary>Variables of the environment.</summary>
    public Dictionary<string, string> Variables { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Interrupts Interrupts { get; } = new();

    /// <summary>The directory that recipes write to.</summary>
    public string Target => PathOf("target");

    public string PathOf(string name) => Path.Combine(directory, name);

    /// <summary>A transport to this machine as if it were another: with a lock and records of its own.</summary>
    string Alone => $$"""Transport.Command("sh", "-c", "mkdir -p {{PathOf("alone")}}; CFG_RECORDS={{PathOf("alone")}}/$$ exec sh")""";

    /// <summary>
    /// Writes a recipe; in it, <c>TARGET</c> is a directory of the test's own and <c>ALONE</c> a transport to a host of its own.
    /// </summary>
    public string Recipe(string text, string name = "site.csx")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name)) ?? "");
        File.WriteAllText(
            PathOf(name),
            text.Replace("TARGET", Target, StringComparison.Ordinal).Replace("ALONE", Alone, StringComparison.Ordinal)
        );
        return PathOf(name);
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Target, name));

    public IReadOnlyList<string> Journals =>
        Directory.Exists(PathOf("state")) ? Directory.GetFiles(PathOf("state"), "*.jsonl", SearchOption.AllDirectories) : [];

    public async Task<int> Run(params IReadOnlyList<string> arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Terminal terminal = new(new StringReader(Typed), output, error)
        {
            InIsTerminal = IsTerminal,
            Width = Width,
            Time = Time,
            Variable = name =>
                name is "XDG_STATE_HOME" ? PathOf("state")
                : name is "CFG_RECORDS" ? PathOf("records")
                : Variables.GetValueOrDefault(name),
        };
        // On the thread pool, as the command itself: tests that compile hold xunit's own threads for seconds.
        var code = await Task.Run(() => Cfg.Run(arguments, terminal, Interrupts));
        (Out, Error) = (Clean(output.ToString()), Clean(error.ToString()));
        return code;
    }

    /// <summary>Without what differs between runs: places, times, the system.</summary>
    string Clean(string text)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), directory);
        text = text.Replace(relative, "DIR", StringComparison.Ordinal).Replace(directory, "DIR", StringComparison.Ordinal);
        text = System.Text.RegularExpressions.Regex.Replace(text, @"\(\d+\.\d s\)", "(0.0 s)");
        text = System.Text.RegularExpressions.Regex.Replace(text, """[^ "]*/runs/[^\s"]+""", "JOURNAL");
        text = System.Text.RegularExpressions.Regex.Replace(text, @"\(cfg history [0-9a-f]{7}\)", "(cfg history RUN)");
        return System.Text.RegularExpressions.Regex.Replace(text, "(?m)^localhost  (?!as |done|failed|stopped).*$", "localhost  SYSTEM");
    }

    public void Dispose()
    {
        Interrupts.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
