using System.Globalization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>A rehearsal for people: a line per host, a line per kind of resource, and everything that was not as planned.</summary>
static class RehearsalText
{
    static readonly Certainty[] Certainties = [Certainty.Exact, Certainty.Predicted, Certainty.Unknown];

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(Rehearsal rehearsal, int? width) =>
        [
            new(new Span(Printable.Line(rehearsal.Recipe), Ink.Bold)),
            .. Table(["host", "system", "lines", "as planned", "second plan"], [.. rehearsal.Hosts.Select(Row)]),
            OutputLine.Empty,
            .. Table(["kind", .. Certainties.Select(certainty => Text.Kebab(certainty.ToString())), ""], [.. Kinds(rehearsal)]),
            .. Details(rehearsal, width),
            OutputLine.Empty,
            .. Wrap.Hanging(Sentence(rehearsal), rehearsal.IsAsPlanned ? Ink.Bold : Ink.Failed, OutputLine.Empty, width),
        ];

    static string[] Row(RehearsedHost host) =>
        [
            host.Host,
            host.System ?? "",
            Number(host.Lines.Count),
            Number(host.Count(LineResult.AsPlanned)),
            host.Errors.Count > 0 ? "failed"
            : host.Again.Count == 0 ? "empty"
            : Counts.Of(host.Again.Count, "change"),
        ];

    static IEnumerable<string[]> Kinds(Rehearsal rehearsal) =>
        [.. rehearsal.Kinds.Select(kind => Kind(kind.Key, [.. kind])), Kind("all", [.. rehearsal.Lines])];

    static string[] Kind(string name, IReadOnlyList<LineOutcome> lines) =>
        [
            name,
            .. Certainties.Select(certainty =>
                lines.Where(line => line.Certainty == certainty).ToList() is { Count: > 0 } of
                    ? $"{of.Count(line => line.Result is LineResult.AsPlanned)} of {of.Count}"
                    : ""
            ),
            lines.All(line => line.Result is LineResult.AsPlanned) ? ""
            : lines.All(line => line.IsAsSaid) ? "some not needed"
            : "not all as planned",
        ];

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static IEnumerable<OutputLine> Table(string[] titles, IReadOnlyList<string[]> rows)
    {
        rows = [.. rows.Select(row => (string[])[.. row.Select(Printable.Line)])];
        var columns = titles.Select((title, i) => rows.Select(row => Cells.Of(row[i])).Append(title.Length).Max() + 2).ToList();
        yield return Line(titles, _ => Ink.Dim);
        foreach (var row in rows)
            yield return Line(row, i => i == 0 ? Ink.Bold : Ink.Plain);

        OutputLine Line(string[] cells, Func<int, Ink> ink) =>
            new([new("  "), .. cells.Select((cell, i) => new Span(i == cells.Length - 1 ? cell : Cells.Pad(cell, columns[i]), ink(i)))]);
    }

    static IEnumerable<OutputLine> Details(Rehearsal rehearsal, int? width)
    {
        foreach (var host in rehearsal.Hosts)
        {
            var lines = host.Lines.Where(line => line.Result is not LineResult.AsPlanned).ToList();
            var saved = rehearsal.Saved.Where(line => line.Host == host.Host && line.Problem is not null).ToList();
            if (lines.Count + host.Again.Count + host.Errors.Count + saved.Count == 0)
                continue;
            yield return OutputLine.Empty;
            yield return new(new Span(Printable.Line(host.Host), Ink.Bold));
            foreach (var line in host.Errors.SelectMany(error => Marks.Error(ErrorText.Of(host.Host, error), width, 2)))
                yield return line.Indented(2);
            foreach (var line in lines)
            {
                foreach (var said in Said(line.Address, $"{Text.Kebab(line.Certainty.ToString())}, {Words(line.Result)}", width))
                    yield return said;
                foreach (var attribute in line.Attributes.SelectMany(one => Attribute(one, width)))
                    yield return attribute;
            }

            // What is left after a failure is no news.
            foreach (var change in host.Errors.Count > 0 ? [] : host.Again)
            {
                var names = string.Join(", ", change.Attributes.Select(one => one.Name));
                foreach (
                    var line in Said(
                        change.Address,
                        $"a second plan would change it again{(names.Length == 0 ? "" : $": {names}")}",
                        width
                    )
                )
                    yield return line;
            }

            foreach (var line in saved.SelectMany(line => Said(line.Address, $"saved plan: {line.Problem}", width)))
                yield return line;
        }
    }

    static IEnumerable<OutputLine> Said(string address, string what, int? width) =>
        Wrap.Hanging(Printable.Line($"{address}: {what}"), Ink.Plain, new("  "), width);

    /// <summary>What a result means.</summary>
    public static string Words(LineResult result) =>
        result switch
        {
            LineResult.AsPlanned => "done as planned",
            LineResult.Otherwise => "done, and not as planned",
            LineResult.NotNeeded => "not needed when its turn came",
            LineResult.Unplanned => "done, and not planned",
            LineResult.Failed => "failed",
            _ => "not begun",
        };

    static IEnumerable<OutputLine> Attribute(AttributeOutcome attribute, int? width)
    {
        OutputLine name = new($"      {attribute.Name}  ");
        return
        [
            .. Wrap.Hanging($"planned  {Value(attribute.Planned)}", Ink.Removed, name, width),
            .. Wrap.Hanging($"done     {Value(attribute.Done)}", Ink.Added, new(new string(' ', name.Width)), width),
        ];
    }

    static string Value(AttributeChange? change) =>
        change is null ? "no change" : Printable.Line($"{ValueText.Short(change.Before)} → {ValueText.Short(change.After)}");

    static string Sentence(Rehearsal rehearsal)
    {
        var planned = rehearsal.Hosts.Sum(host => host.Count(LineResult.AsPlanned));
        var needless = rehearsal.Hosts.Sum(host => host.Count(LineResult.NotNeeded));
        var empty = rehearsal.Hosts.Count(host => host.Again.Count == 0 && host.Errors.Count == 0);
        var hosts = Counts.Of(rehearsal.Hosts.Count, "host");
        var shown = rehearsal.Saved.Count(line => line.Problem is null);
        var kept =
            rehearsal.Saved.Count == 0
                ? ""
                : $" Of the saved plan's {Counts.Of(rehearsal.Saved.Count, "line")}, {shown} came out with the values that they show.";
        var lines = Counts.Of(rehearsal.Lines.Count(), "line");
        var rest = needless == 0 ? "" : $", {needless} {(needless == 1 ? "was" : "were")} not needed";
        return $"{planned} of {lines} came out as planned{rest}; the second plan is empty on {empty} of {hosts}.{kept}";
    }
}
