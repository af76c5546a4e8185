using System.Threading.Channels;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Cases;

/// <summary>Runs the cases again whenever a recipe, a recording or a page changes.</summary>
sealed class WatchRun(string path, Terminal terminal)
{
    /// <summary>A script that nobody has: every recipe may load it.</summary>
    const string Everything = "/*.csx";

    static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="run">Runs the cases and shows them; it is told which files have changed since the last time.</param>
    /// <param name="ct">Stops.</param>
    public async Task Run(Func<IReadOnlyCollection<string>, Task<int>> run, CancellationToken ct)
    {
        var changes = Channel.CreateUnbounded<string>();
        HashSet<string> changed = [];
        using FileSystemWatcher watcher = new(File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/" : path)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName,
        };
        foreach (var ending in (string[])["*.csx", "*.json", $"*{TestCase.VerifiedEnding}"])
            watcher.Filters.Add(ending);
        FileSystemEventHandler noticed = (_, happened) => changes.Writer.TryWrite(happened.FullPath);
        watcher.Changed += noticed;
        watcher.Created += noticed;
        watcher.Deleted += noticed;
        watcher.Renamed += (_, happened) =>
        {
            changes.Writer.TryWrite(happened.OldFullPath);
            changes.Writer.TryWrite(happened.FullPath);
        };

        // What the system could not tell: everything may have changed.
        watcher.Error += (_, _) => changes.Writer.TryWrite(Everything);
        watcher.EnableRaisingEvents = true;
        while (true)
        {
            await Told(() => run(changed));
            terminal.Say("Waiting for a change. Ctrl-C ends.", Ink.Dim);
            changed = [await changes.Reader.ReadAsync(ct)];

            // An editor writes a file in several steps.
            await Task.Delay(Settle, terminal.Time, ct);
            while (changes.Reader.TryRead(out var file))
                changed.Add(file);
        }
    }

    async Task Told(Func<Task<int>> run)
    {
        try
        {
            await run();
        }
        catch (CfgException wrong)
        {
            terminal.Fail(wrong.Message);
        }

        terminal.Out.Flush();
    }
}
