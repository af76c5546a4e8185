using ConfigEngine.Rendering;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>The recordings that a command line chooses instead of hosts.</summary>
static class RecordedChoice
{
    /// <summary>The recorded hosts, and what predicts the state of those that were not recorded in the one that is asked for.</summary>
    /// <exception cref="UsageException">There is no such directory, or no such state.</exception>
    public static (IConnector Hosts, Func<HostPlan, PredictedHost?>? Predict) Hosts(
        RunChoice choice,
        LoadedRecipe recipe,
        Terminal terminal
    )
    {
        var directory = choice.Recorded ?? RecordingFolder.Name;
        if (!Directory.Exists(directory))
            throw new UsageException(
                $"--recorded: there is no directory {directory}\n  hint: to make one: {CommandFor("all", recipe.Path, directory, choice)}"
            );
        RecordingFolder folder = new(directory, Path.GetFileNameWithoutExtension(recipe.Path), []);
        List<string> hosts =
        [
            .. (choice.On is { } on ? recipe.Inventory.Select(on) : recipe.Inventory.Hosts).Select(host => host.Name),
            .. choice.Everywhere is { } only ? [only.Name] : (string[])[],
        ];
        var files = folder.Of(hosts).ToLookup(file => file.Host);
        terminal.Say($"From recordings in {directory}: no host is contacted.", Ink.Dim);
        RecordedHosts recorded = new(
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
        return (recorded, choice.RecordedState is { } state ? Predict(state, [.. files], terminal) : null);
    }

    /// <summary>
    /// A host that was recorded in a state is planned from that recording, and another one from the planner's own prediction. What was
    /// done is said, so that nobody takes the one for the other.
    /// </summary>
    static Func<HostPlan, PredictedHost?>? Predict(
        string state,
        IReadOnlyList<IGrouping<string, (string Host, string? State, string Path)>> files,
        Terminal terminal
    )
    {
        var recorded = files.Where(host => host.Any(file => file.State == state)).Select(host => host.Key).ToHashSet();
        IReadOnlyList<string> others = [.. files.Select(host => host.Key).Where(host => !recorded.Contains(host))];
        var predicted = PredictedState.Find(state);
        if (predicted is null && recorded.Count == 0)
            throw new UsageException(
                $"--state {state}: no host was recorded in it, and it is not predicted either\n"
                    + $"  hint: recorded: {RecordedStates(files)}; predicted: {PredictedState.Names}"
            );
        if (recorded.Count > 0)
            terminal.Say($"State {state}: recorded of {Text.List([.. recorded], 5)}.", Ink.Dim);
        if (others.Count > 0)
            terminal.Say(
                predicted is null
                    ? $"State {state}: not recorded of {Text.List(others, 5)}, planned as recorded without a state."
                    : $"State {state}: predicted for {Text.List(others, 5)}, from what was recorded without a state.",
                Ink.Dim
            );
        return predicted is null ? null : plan => recorded.Contains(plan.Host) ? null : Told(predicted, plan, terminal);
    }

    static string RecordedStates(IReadOnlyList<IGrouping<string, (string Host, string? State, string Path)>> files) =>
        Text.List([.. files.SelectMany(host => host).Select(file => file.State ?? RecordingFolder.Fresh).Distinct()], 10);

    static PredictedHost Told(PredictedState state, HostPlan plan, Terminal terminal)
    {
        if (state.Steps is { } cut)
        {
            var steps = PlanStep.Of(plan);
            terminal.Say(
                cut == 0 ? $"{plan.Host}: {state.Name}: before the first of {Counts.Of(steps.Count, "step")}"
                    : cut > steps.Count
                        ? $"{plan.Host}: {state.Name}: an apply has {Counts.Of(steps.Count, "step")} there, and all are done"
                    : $"{plan.Host}: {state.Name}: after step {cut} of {steps.Count}, {Printable.Line(steps[cut - 1].Name)}",
                Ink.Dim
            );
        }

        return state.Of(plan, terminal.Time.GetUtcNow());
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
