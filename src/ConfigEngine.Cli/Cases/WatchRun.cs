using System.Threading.Channels;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Cases;

/// <summary>Runs the cases again whenever a recipe, a recording or a page changes.</summary>
sealed class WatchRun(string path, Terminal terminal)
{
    static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="run">Runs the cases and shows them.</param>
    /// <param name="ct">Stops.</param>
    public async Task Run(Func<Task<int>> run, CancellationToken ct)
    {
        var changes = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using FileSystemWatcher watcher = new(File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/" : path)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName,
        };
        foreach (var ending in (string[])["*.csx", "*.json", $"*{TestCase.VerifiedEnding}"])
            watcher.Filters.Add(ending);
        FileSystemEventHandler changed = (_, happened) => changes.Writer.TryWrite(happened.FullPath);
        watcher.Changed += changed;
        watcher.Created += changed;
        watcher.Deleted += changed;
        watcher.Renamed += (_, happened) => changes.Writer.TryWrite(happened.FullPath);
        watcher.EnableRaisingEvents = true;
        while (true)
        {
            await Told(run);
            terminal.Say("Waiting for a change. Ctrl-C ends.", Ink.Dim);
            await changes.Reader.ReadAsync(ct);

            // An editor writes a file in several steps.
            await Task.Delay(Settle, terminal.Time, ct);
            while (changes.Reader.TryRead(out _)) { }
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
