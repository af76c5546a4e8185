using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Running;

/// <summary>The results of a command, for people: hosts with the same answer together, failed hosts last.</summary>
static class ExecText
{
    const int Column = 2;

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(IReadOnlyList<ExecAnswer> answers, int? width)
    {
        var alike = answers
            .GroupBy(answer => answer with { Host = "", Error = answer.Error is { } error ? ErrorText.OfAny(answer.Host, error) : null })
            .OrderBy(group => group.Key.Exit is 0 ? 0 : 1)
            .ToList();
        foreach (var group in alike)
        {
            var end = group.Key.Exit switch
            {
                0 => "",
                { } code => $"exit code {code}",
                null => "no answer",
            };
            Span name = new(HostList.Of([.. group.Select(answer => answer.Host)], width, end), Ink.Bold);
            yield return end.Length == 0 ? new(name) : new(name, "  ", new(end, Ink.Failed));
            foreach (var line in Lines(group.Key.Stdout, Ink.Plain).Concat(Lines(group.Key.Stderr, Ink.Changed)))
            {
                foreach (var part in Wrap.Folded(line, width - Column))
                    yield return part.Indented(Column);
            }

            var words = group.Count() == 1 && group.First().Error is { } error ? ErrorText.Of(group.First().Host, error) : group.Key.Error;
            foreach (var line in words is null ? [] : Marks.Error(words, width, Column))
                yield return line;
        }
    }

    static IEnumerable<OutputLine> Lines(string text, Ink ink) =>
        text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').Select(line => new OutputLine(new Span(Printable.FileLine(line), ink)));
}
