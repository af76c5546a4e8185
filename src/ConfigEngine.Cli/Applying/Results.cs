using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>What an apply came to, host by host.</summary>
static class Results
{
    const int Named = 3;

    /// <summary>The table: hosts with the same result together, those that failed last.</summary>
    public static IEnumerable<Line> Of(Report report, int? width)
    {
        var alike = report.Hosts
            .Select(host => (Host: host, State: State(host), Details: Details(host, ErrorText.OfAny, width).ToList()))
            .GroupBy(host => (host.State, string.Join('\n', host.Details)))
            .OrderBy(group => group.Key.State.Ink)
            .ToList();
        var names = alike.Select(group => HostList.Of([.. group.Select(host => host.Host.Host)], (width ?? 120) / 2, null)).ToList();
        var column = names.Select(Cells.Of).DefaultIfEmpty().Max() + 2;
        foreach (var (group, name) in alike.Zip(names))
        {
            yield return new(new(Cells.Pad(name, column), Ink.Bold), new(group.Key.State.Text.PadRight(13), group.Key.State.Ink), Made(group.First().Host));
            foreach (var line in group.Count() == 1 ? Details(group.First().Host, ErrorText.Of, width) : group.First().Details)
                yield return line;
        }
    }

    static (string Text, Ink Ink) State(HostReport host) => host switch
    {
        { Error: null, NotStarted.Count: 0 } => ("done", Ink.Added),
        { Error: null } => ("stopped", Ink.Warning),
        _ => ("failed", Ink.Error),
    };

    static string Made(HostReport host) => host.Done.Count + host.HandlersDone.Count == 0
        ? host.Error is null && host.NotStarted.Count == 0 ? "nothing to do" : "nothing was changed"
        : $"{Counts.Of(host.Done.Count, "change")}{(host.HandlersDone.Count == 0 ? "" : $", {string.Join(", ", host.HandlersDone.Select(Printable.Line))}")}";

    static IEnumerable<Line> Details(HostReport host, Func<string, CfgException, string> text, int? width)
    {
        Line margin = new("  ");
        if (host.Error is { } error)
        {
            foreach (var line in Wrap.Hanging(text(host.Host, error), Ink.Plain, margin, width))
                yield return line;
        }

        if (host.NotStarted is { Count: > 0 } untouched)
        {
            var named = string.Join(", ", untouched.Take(Named).Select(Printable.Line)) + (untouched.Count > Named ? $" and {untouched.Count - Named} more" : "");
            foreach (var line in Wrap.Hanging($"not started: {named}", Ink.Warning, margin, width))
                yield return line;
        }
    }
}
