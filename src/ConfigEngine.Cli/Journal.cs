using ConfigEngine.Cli.History;
using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>
/// The record of an apply, written as it happens: a file of JSON lines in the user's state directory. Only the user can read it. It
/// is on disk after every line, and a failure to write it never stops an apply.
/// </summary>
sealed class Journal : IDisposable
{
    readonly Lock gate = new();
    readonly Terminal terminal;
    StreamWriter? file;

    Journal(Terminal terminal) => this.terminal = terminal;

    /// <summary>Its path; null where it cannot be written.</summary>
    public string? Path { get; private set; }

    /// <summary>Begins a journal.</summary>
    /// <param name="id">The run's id, and the name of the file.</param>
    /// <param name="header">The first line, which describes the run.</param>
    /// <param name="terminal">Shows a warning if the journal cannot be written.</param>
    public static Journal Begin(string id, string header, Terminal terminal)
    {
        Journal journal = new(terminal);
        journal.Try(() =>
        {
            var directory = RunFiles.DirectoryFor(terminal);
            StateDirectory.Make(directory);
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

    /// <summary>Writes an event.</summary>
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
