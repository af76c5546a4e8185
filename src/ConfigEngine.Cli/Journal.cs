using System.Text.Json.Nodes;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli;

/// <summary>
/// What an apply did, as it happened: a file of JSON lines in the user's state directory. It is for the user alone, on disk
/// after every line, and never the reason for an apply to stop.
/// </summary>
sealed class Journal : IDisposable
{
    const UnixFileMode Directories = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly Lock gate = new();
    readonly Terminal terminal;
    StreamWriter? file;

    Journal(Terminal terminal) => this.terminal = terminal;

    /// <summary>Where it is; null where it cannot be written.</summary>
    public string? Path { get; private set; }

    /// <summary>Begins one.</summary>
    /// <param name="header">What the run is.</param>
    /// <param name="terminal">Where it is said that the journal cannot be written.</param>
    public static Journal Begin(JsonObject header, Terminal terminal)
    {
        Journal journal = new(terminal);
        journal.Try(() =>
        {
            var directory = DirectoryFor(terminal);
            Directory.CreateDirectory(directory, Directories);
            var now = terminal.Time.GetUtcNow();
            journal.Path = System.IO.Path.Combine(directory, $"{now:yyyyMMdd'T'HHmmss'Z'}-{Environment.ProcessId}.jsonl");
            journal.file = new(journal.Path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        });
        journal.Write(header.ToJsonString(Json.Compact.Options));
        return journal;
    }

    /// <summary>Notes an event.</summary>
    public void Write(string line)
    {
        lock (gate)
        {
            if (file is null)
                return;
            Try(() =>
            {
                file.WriteLine(line);
                file.Flush();
            });
        }
    }

    /// <summary>Notes how the run ended.</summary>
    public void End(string outcome, int exitCode) => Write(new JsonObject
    {
        ["time"] = terminal.Time.GetUtcNow().ToString("O"),
        ["event"] = "run-ended",
        ["outcome"] = outcome,
        ["exitCode"] = exitCode,
    }.ToJsonString(Json.Compact.Options));

    static string DirectoryFor(Terminal terminal)
    {
        var state = terminal.Variable("XDG_STATE_HOME");
        if (state is null || !System.IO.Path.IsPathRooted(state))
            state = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return System.IO.Path.Combine(state, "configengine", "runs");
    }

    void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file = null;
            terminal.Say($"The journal of this run cannot be written: {error.Message}", Ink.Warning);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
