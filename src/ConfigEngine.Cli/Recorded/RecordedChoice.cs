using ConfigEngine.Rendering;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>The recordings that a command line chooses instead of hosts.</summary>
static class RecordedChoice
{
    /// <summary>The recorded hosts.</summary>
    /// <exception cref="UsageException">There is no such directory.</exception>
    public static IConnector Hosts(RunChoice choice, LoadedRecipe recipe, Terminal terminal)
    {
        var directory = choice.Recorded ?? RecordingFolder.Name;
        if (!Directory.Exists(directory))
            throw new UsageException(
                $"--recorded: there is no directory {directory}\n  hint: to make one: {CommandFor("all", recipe.Path, directory, choice)}"
            );
        RecordingFolder folder = new(directory, Path.GetFileNameWithoutExtension(recipe.Path), []);
        List<string> hosts =
        [
            .. recipe.Inventory.Hosts.Select(host => host.Name),
            .. choice.Everywhere is { } only ? [only.Name] : (string[])[],
        ];
        var files = folder.Of(hosts).ToLookup(file => file.Host);
        terminal.Say($"From recordings in {directory}: no host is contacted.", Ink.Dim);
        return new RecordedHosts(
            host =>
            {
                var path =
                    files[host].FirstOrDefault(file => file.State == choice.RecordedState).Path
                    ?? files[host].FirstOrDefault(file => file.State is null).Path;
                if (path is null)
                    return null;
                var recording = folder.Read(path);
                if (RecordingAge.WarningOf(recording, Today(terminal)) is { } warning)
                    terminal.Warn(warning);
                return recording;
            },
            host => CommandFor(host, recipe.Path, directory, choice)
        );
    }

    /// <summary>The day.</summary>
    public static DateOnly Today(Terminal terminal) => DateOnly.FromDateTime(terminal.Time.GetUtcNow().UtcDateTime);

    /// <summary>The command that records a host for a recipe.</summary>
    public static string CommandFor(string host, string recipe, string directory, RunChoice choice) =>
        string.Join(
            ' ',
            (
                (IEnumerable<string>)
                    [
                        "cfg",
                        "record",
                        .. choice.Local ? (string[])["--local"]
                        : choice.HostText is { } address ? ["--host", address]
                        : [host],
                        "--for",
                        recipe,
                        "-o",
                        directory,
                        .. choice.RecordedState is { } state ? (string[])["--as", state] : [],
                    ]
            ).Select(Shell.Quote)
        );
}
