using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Watching;

/// <summary>The progress of every host, for people: hosts that wait for the same thing together, the longest wait first.</summary>
static class WhereText
{
    const int Shown = 25;

    /// <summary>The lines.</summary>
    /// <param name="where">Each host.</param>
    /// <param name="time">The clock, with the time zone for times.</param>
    /// <param name="width">The terminal's columns, or null.</param>
    public static IReadOnlyList<OutputLine> Of(IReadOnlyList<Whereabout> where, TimeProvider time, int? width)
    {
        var busy = where
            .Where(host => host.Stage is Stage.Busy)
            .GroupBy(host => host.What)
            .OrderByDescending(alike => alike.Max(host => host.For))
            .ToList();
        var column = busy.Take(Shown).Select(alike => Cells.Of(Names([.. alike], width))).DefaultIfEmpty().Max();
        List<OutputLine> lines = [.. busy.Take(Shown).SelectMany(alike => Busy([.. alike], column, time, width))];
        if (busy.Count > Shown)
            lines.Add(
                new(
                    new Span(
                        $"  … and {Counts.Of(busy.Skip(Shown).Sum(alike => alike.Count()), "host")} more that something else is "
                            + $"waited for on",
                        Ink.Dim
                    )
                )
            );
        foreach (
            var (stage, words, ink) in ((Stage, string, Ink)[])
                [
                    (Stage.Waiting, "waiting for their turn or for other hosts", Ink.Dim),
                    (Stage.Failed, "failed", Ink.Failed),
                    (Stage.Done, "done", Ink.Dim),
                ]
        )
        {
            if (where.Where(host => host.Stage == stage).ToList() is { Count: > 0 } hosts)
                lines.AddRange(
                    Wrap.Hanging($"{words}{Made(hosts)}", ink, new("  ", new Span(Names(hosts, width), Ink.Bold), "  "), width)
                );
        }

        return lines.Count > 0 ? lines : [new("  no host is being worked on")];
    }

    static IEnumerable<OutputLine> Busy(IReadOnlyList<Whereabout> hosts, int column, TimeProvider time, int? width)
    {
        var longest = hosts.MaxBy(host => host.For) ?? hosts[0];
        var since = TimeZoneInfo.ConvertTime(longest.Since, time.LocalTimeZone);
        var text = $"since {since:HH:mm:ss} ({Counts.Of(longest.For)}) waiting for {Printable.Line(longest.What)}{Made(hosts)}";
        return Wrap.Hanging(text, Ink.Plain, new("  ", new Span(Cells.Pad(Names(hosts, width), column), Ink.Bold), "  "), width);
    }

    static string Names(IReadOnlyList<Whereabout> hosts, int? width) =>
        HostList.Of([.. hosts.Select(host => host.Host)], width / 3 ?? 60, null);

    /// <summary>The number of changes that were made; for hosts with different numbers, the smallest and the largest.</summary>
    static string Made(IReadOnlyList<Whereabout> hosts)
    {
        var (least, most) = (hosts.Min(host => host.Changes), hosts.Max(host => host.Changes));
        return most == 0 ? "" : $", {(least == most ? "" : $"{least} to ")}{Counts.Of(most, "change")} made";
    }
}
