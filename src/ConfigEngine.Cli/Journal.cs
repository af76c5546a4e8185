using ConfigEngine.Cli.History;
using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>
/// What an apply did, as it happened: a file of JSON lines in the user's state directory. It is for the user alone, on disk
/// after every line, and never the reason for an apply to stop.
/// </summary>
sealed class Journal : IDisposable
{
    readonly Lock gate = new();
    readonly Terminal terminal;
    StreamWriter? file;

    Journal(Terminal terminal) => this.terminal = terminal;

    /// <summary>Where it is; null where it cannot be written.</summary>
    public string? Path { get; private set; }

    /// <summary>Begins one.</summary>
    /// <param name="id">The run's id, and the name of the file.</param>
    /// <param name="header">What the run is: the first line.</param>
    /// <param name="terminal">Where it is said that the journal cannot be written.</param>
    public static Journal Begin(string id, string header, Terminal terminal)
    {
        Journal journal = new(terminal);
        journal.Try(() =>
        {
            var directory = RunFiles.DirectoryFor(terminal);
            State.Make(directory);
            journal.Path = RunFiles.New(directory, id);
            journal.file = new(
                journal.Path,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.Read,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        });
        journal.Write(header);
        if (journal.Path is { } path)
            journal.Try(() => RunFiles.Prune(System.IO.Path.GetDirectoryName(path) ?? "."));
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
                file.WriteLine(terminal.Clean(line));
                file.Flush();
            });
        }
    }

    void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UntrustedException)
        {
            file = null;
            terminal.Warn($"the journal of this run cannot be written: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
