using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>The results of an apply, host by host.</summary>
static class Results
{
    const int Named = 3;

    /// <summary>The table: hosts with the same result together, failed hosts last.</summary>
    public static IEnumerable<OutputLine> Of(Report report, int? width)
    {
        var alike = report
            .Hosts.Select(host =>
                (Host: host, State: State(host), Made: Made(host), Details: Details(host, ErrorText.OfAny, width).ToList())
            )
            .GroupBy(host => (host.State, host.Made, string.Join('\n', host.Details)))
            .OrderBy(group => group.Key.State.Ink)
            .ToList();
        var names = alike.Select(group => HostList.Of([.. group.Select(host => host.Host.Host)], (width ?? 120) / 2, null)).ToList();
        var column = names.Select(Cells.Of).DefaultIfEmpty().Max() + 2;
        foreach (var (group, name) in alike.Zip(names))
        {
            yield return new(
                new(Cells.Pad(name, column), Ink.Bold),
                new(group.Key.State.Text.PadRight(13), group.Key.State.Ink),
                group.Key.Made
            );
            foreach (var line in group.Count() == 1 ? Details(group.First().Host, ErrorText.Of, width) : group.First().Details)
                yield return line;
        }
    }

    static (string Text, Ink Ink) State(HostReport host) =>
        host switch
        {
            { Succeeded: true } => ("done", Ink.Added),
            { Errors.Count: 0 } => ("stopped", Ink.Warning),
            { IsNotStarted: true } => ("not started", Ink.Warning),
            _ => ("failed", Ink.Failed),
        };

    /// <summary>The certain result of a host: "nothing was changed" is printed only if that is known.</summary>
    static string Made(HostReport host) =>
        (host.Done.Count, host.HandlersDone) switch
        {
            (0, []) when host.Changes.Count == 0 => host.Errors.Count == 0 ? "nothing to do" : "nothing was changed",
            (0, []) when host.IsUntouched => "nothing was changed",
            (0, []) => "no change was completed",
            var (changes, handlers) =>
                $"{Counts.Of(changes, "change")}{(handlers.Count == 0 ? "" : $", {string.Join(", ", handlers.Select(Printable.Line))}")}",
        };

    static IEnumerable<OutputLine> Details(HostReport host, Func<string, CfgException, string> text, int? width)
    {
        OutputLine margin = new("  ");
        foreach (var line in host.Errors.SelectMany(error => Marks.Error(text(host.Host, error), width, margin.Width)))
            yield return line;
        foreach (var (words, ink, addresses) in Open(host.Changes))
        {
            List<string> named = [.. addresses.Select(Printable.Line)];
            foreach (var line in Wrap.Hanging($"{words}: {Text.List(named, Named)}", ink, margin, width))
                yield return line;
        }
    }

    /// <summary>The changes and handlers that were not finished, in groups with a description.</summary>
    public static IEnumerable<(string Words, Ink Ink, IReadOnlyList<string> Addresses)> Open(IReadOnlyList<ChangeReport> changes) =>
        changes
            .Where(change => change.State is not ChangeState.Done)
            .GroupBy(
                change => Words(change),
                (words, alike) => (words.Text, words.Ink, (IReadOnlyList<string>)[.. alike.Select(change => change.Address)])
            )
            .OrderByDescending(group => group.Ink);

    static (string Text, Ink Ink) Words(ChangeReport change) =>
        (change.State, change.Reached) switch
        {
            (ChangeState.Failed, _) when change.IsHandler => ("failed, and still pending", Ink.Failed),
            (ChangeState.Failed, Reached.Nothing) => ("failed before it changed anything", Ink.Failed),
            (ChangeState.Failed, Reached.Part) => ("failed; a part of it was done", Ink.Failed),
            (ChangeState.Failed, Reached.All) => ("done, but its Until check failed", Ink.Failed),
            (ChangeState.Failed, _) => ("failed; how much of it was done is not known", Ink.Failed),
            (ChangeState.DidNotTake, _) => ("did not take", Ink.Failed),
            (ChangeState.Undone, _) => ("rolled back by the host", Ink.Failed),
            (ChangeState.PartlyUndone, _) => ("partly rolled back by the host; the rest of what it did stays", Ink.Failed),
            (ChangeState.InDoubt or ChangeState.Sent, _) => ("in doubt: sent, but whether it was done is not known", Ink.Failed),
            _ => ("not begun", Ink.Warning),
        };
}
