using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Reads the journals and prints them.</summary>
/// <param name="terminal">The terminal to print on.</param>
/// <param name="choice">Which part of them, and how.</param>
sealed class HistoryRun(Terminal terminal, HistoryChoice choice)
{
    const string Last = "last";

    readonly string? host = choice.Host;
    readonly string directory = RunFiles.DirectoryFor(terminal);

    /// <summary>The completions for a run's name.</summary>
    public static IEnumerable<string> Ids(Terminal terminal)
    {
        try
        {
            return [Last, .. RunFiles.All(RunFiles.DirectoryFor(terminal)).Take(50).Select(RunFiles.IdOf)];
        }
        catch (CfgException)
        {
            // cfg history reports this, not the Tab key.
            return [];
        }
    }

    /// <summary>Prints the newest runs.</summary>
    public int All(int limit)
    {
        var files = RunFiles.All(directory);
        List<RecordedRun> runs = [];
        List<string> problems = [];
        var looked = 0;
        foreach (var path in files)
        {
            if (runs.Count == limit)
                break;
            looked++;
            try
            {
                var run = JournalReader.Read(path);
                if (Hosts(run).Count > 0 || host is null)
                    runs.Add(run);
            }
            catch (JournalException problem)
            {
                problems.Add(problem.Message);
            }
        }

        if (choice.Json)
            terminal.Out.WriteLine(HistoryJson.Of(runs));
        else if (runs.Count > 0)
            terminal.Print(HistoryTable.Of(runs, terminal.Time, terminal.Width));
        terminal.Out.Flush();
        Say(files.Count, runs.Count, files.Count - looked, problems);
        return ExitCode.Done;
    }

    /// <summary>Prints one run.</summary>
    public int One(string name)
    {
        var run = JournalReader.Read(Find(name));
        var hosts = Hosts(run);
        if (hosts.Count == 0 && host is not null)
            throw new UsageException(
                $"--host: run {run.Id} was not for {host}, but for {HostList.Of([.. run.Hosts.Select(one => one.Name)], null, null)}"
            );
        if (choice.Json)
            terminal.Out.WriteLine(HistoryJson.Of(run, hosts));
        else
            terminal.Print(
                RunText.Of(
                    run,
                    hosts,
                    terminal.Time.LocalTimeZone,
                    choice.View with
                    {
                        Width = terminal.Width,
                        Ago = Ago.Until(terminal.Time),
                    }
                )
            );
        return ExitCode.Done;
    }

    /// <summary>
    /// The path of a run by its position in the list, where the newest is 1; null where the name is not a position. A number of
    /// up to three digits is always one, also where an id begins with these digits.
    /// </summary>
    string? At(string place)
    {
        if (place.Length > 3 || Numbers.Parse(place) is not { } number)
            return null;
        var files = RunFiles.All(directory);
        return number >= 1 && number <= files.Count
            ? files[number - 1]
            : throw new UsageException(
                $"there is no run {place}: the history has {Counts.Of(files.Count, "run")}; cfg history lists them, the newest is 1"
            );
    }

    IReadOnlyList<RecordedHost> Hosts(RecordedRun run) => [.. run.Hosts.Where(one => host is null || Glob.Matches(host, one.Name))];

    string Find(string name)
    {
        if (name.Contains('/'))
            return name;
        var files = RunFiles.All(directory);
        if (files.Count == 0)
            throw new UsageException($"there are no runs yet in {directory}");
        if (name is Last)
            return files[0];
        if (At(name) is { } place)
            return place;
        // The file's name is the run's id, which hosts have too, in locks and in records of owed handlers.
        var found = files
            .Where(path =>
                RunFiles.IdOf(path).StartsWith(name, StringComparison.OrdinalIgnoreCase) || Path.GetFileNameWithoutExtension(path) == name
            )
            .ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new UsageException($"there is no run {name}; cfg history lists them"),
            _ => throw new UsageException(
                $"{name} is the beginning of {Counts.Of(found.Count, "run")}: "
                    + $"{string.Join(", ", found.Take(10).Select(RunFiles.IdOf))}{(found.Count > 10 ? ", …" : "")}"
            ),
        };
    }

    void Say(int all, int shown, int older, List<string> problems)
    {
        if (all == 0)
            terminal.Say($"There are no runs yet in {directory}: cfg apply writes down there what it does.");
        else if (shown == 0 && problems.Count < all)
            terminal.Say($"None of the {Counts.Of(all, "run")} in {directory} was for {host}.");
        if (older > 0)
            terminal.Say($"… and {older} older: --limit {shown + older} looks at all of them", Ink.Dim);
        foreach (var problem in problems.Take(5))
            terminal.Warn(problem);
        if (problems.Count > 5)
            terminal.Warn($"and {problems.Count - 5} more that cannot be read");
    }
}
