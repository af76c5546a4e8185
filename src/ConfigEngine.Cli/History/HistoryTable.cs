using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Runs for people, one per line: a table if it fits, otherwise two lines for each run.</summary>
static class HistoryTable
{
    const int Run = 0,
        When = 1,
        User = 2,
        Recipe = 3,
        Content = 4,
        Hosts = 5,
        FirstCount = 6,
        LastCount = 8,
        Outcome = 9,
        HostCount = 10,
        HowLongAgo = 11;

    static readonly string[] Titles =
    [
        "run",
        "when",
        "user",
        "recipe",
        "content",
        "hosts",
        "changes",
        "handlers",
        "failed",
        "outcome",
        "hosts",
        "",
    ];

    /// <summary>The sets of columns to choose from: the first set that fits is shown.</summary>
    static readonly int[][] Choices =
    [
        [Run, When, HowLongAgo, User, Recipe, Content, Hosts, 6, 7, 8, Outcome],
        [Run, When, HowLongAgo, User, Recipe, Hosts, 6, 7, 8, Outcome],
        [Run, When, User, Recipe, Content, Hosts, 6, 7, 8, Outcome],
        [Run, When, User, Recipe, Hosts, 6, 7, 8, Outcome],
        [Run, When, User, Recipe, HostCount, 6, 7, 8, Outcome],
    ];

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(IReadOnlyList<RecordedRun> runs, TimeProvider time, int? width)
    {
        var rows = runs.Select(run => (Ink: InkOf(run), Cells: (string[])[.. Row(run, time, width).Select(Printable.Line)])).ToList();
        foreach (var columns in Choices)
        {
            var widths = columns.ToDictionary(i => i, i => rows.Select(row => Cells.Of(row.Cells[i])).Append(Titles[i].Length).Max() + 2);
            if (width is null || widths.Values.Sum() <= width + 2)
                return Table(rows, columns, widths);
        }

        return runs.Zip(rows).SelectMany(row => Lines(row.First, row.Second, width));
    }

    /// <summary>The colour of an outcome.</summary>
    public static Ink InkOf(RecordedRun run) =>
        run.Outcome switch
        {
            "done" => Ink.Added,
            "running" => Ink.Changed,
            "stopped" => Ink.Warning,
            _ => Ink.Failed,
        };

    /// <summary>The work of a run in counts: <c>3 changes, 1 handler, 1 host failed</c>.</summary>
    public static string Made(int changes, int handlers, int failed) =>
        $"{Counts.Of(changes, "change")}"
        + $"{(handlers == 0 ? "" : $", {Counts.Of(handlers, "handler")}")}"
        + $"{(failed == 0 ? "" : $", {Counts.Of(failed, "host")} failed")}";

    static IEnumerable<OutputLine> Table(List<(Ink Ink, string[] Cells)> rows, int[] columns, Dictionary<int, int> widths)
    {
        yield return new([.. columns.Select(i => new Span(Aligned(Titles[i], i, widths[i]), Ink.Dim))]);
        foreach (var (ink, cells) in rows)
        {
            yield return new([
                .. columns.Select(i => new Span(
                    Aligned(cells[i], i, widths[i]),
                    i switch
                    {
                        Run => Ink.Bold,
                        Outcome => ink,
                        Content or HowLongAgo => Ink.Dim,
                        _ => Ink.Plain,
                    }
                )),
            ]);
        }
    }

    /// <summary>Counts are aligned at the right.</summary>
    static string Aligned(string text, int column, int width) =>
        column is >= FirstCount and <= LastCount
            ? new string(' ', Math.Max(0, width - 2 - Cells.Of(text))) + text + "  "
            : Cells.Pad(text, width);

    static IEnumerable<OutputLine> Lines(RecordedRun run, (Ink Ink, string[] Cells) row, int? width)
    {
        yield return new(new(row.Cells[Run], Ink.Bold), $"  {row.Cells[When]}  ", new(row.Cells[Outcome], row.Ink));
        var rest = $"{Made(run.Changes, run.Handlers, run.Failed)} on {row.Cells[Hosts]}, by {row.Cells[User]} with {row.Cells[Recipe]}";
        foreach (var line in Wrap.Hanging(rest, Ink.Plain, new("  "), width))
            yield return line;
    }

    static string[] Row(RecordedRun run, TimeProvider time, int? width) =>
        [
            run.Id,
            $"{TimeZoneInfo.ConvertTime(run.Started, time.LocalTimeZone):yyyy-MM-dd HH:mm}",
            run.User,
            run.Recipe,
            run.Digest.Length > 7 ? run.Digest[..7] : run.Digest,
            run.Hosts.Count == 0 ? "" : HostList.Of([.. run.Hosts.Select(host => host.Name)], (width ?? 120) / 4, null),
            $"{run.Changes}",
            $"{run.Handlers}",
            $"{run.Failed}",
            run.Outcome,
            run.Hosts.Count == 1 ? run.Hosts[0].Name : Counts.Of(run.Hosts.Count, "host"),
            Ago.Until(time)(run.Started),
        ];
}
