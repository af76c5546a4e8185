using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Showing;

/// <summary>A page of the reference on a terminal: paragraphs and tables at its width, code unchanged.</summary>
static class ReferenceText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(IReadOnlyList<string> page, int? width)
    {
        var isCode = false;
        foreach (var text in page)
        {
            if (text.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                continue;
            }

            foreach (var line in isCode ? Wrap.Folded(new($"    {text}"), width) : Prose(text, width))
                yield return line;
        }
    }

    static IEnumerable<OutputLine> Prose(string text, int? width) =>
        text.StartsWith('#') ? [new(new Span(Plain(text.TrimStart('#', ' ')), Ink.Bold))]
        : text.StartsWith("|---", StringComparison.Ordinal) || IsHead(text) ? []
        : text.StartsWith('|') ? Row(Split(text), width)
        : Wrap.Hanging(Plain(text), Ink.Plain, OutputLine.Empty, width);

    static bool IsHead(string text) =>
        text.StartsWith("| property ", StringComparison.Ordinal)
        || text.StartsWith("| resource ", StringComparison.Ordinal)
        || text.StartsWith("| handler ", StringComparison.Ordinal);

    /// <summary>The cells of a table row, with the empty ones.</summary>
    static List<string> Split(string row) =>
        [.. row.TrimEnd().Replace("\\|", "\u0001", StringComparison.Ordinal).Split('|')[1..^1].Select(Plain)];

    /// <summary>A name with its type and default, and its meaning below.</summary>
    static IEnumerable<OutputLine> Row(IReadOnlyList<string> cells, int? width) =>
        cells switch
        {
            [var name, var type, var meaning, var otherwise] =>
            [
                .. Wrap.Folded(
                    new(new($"  {name}", Ink.Bold), new($"  {type}", Ink.Dim), new(otherwise.Length > 0 ? $"  {otherwise}" : "", Ink.Dim)),
                    width
                ),
                .. Wrap.Hanging(meaning, Ink.Plain, new("      "), width),
            ],
            [var name, ..] => Wrap.Hanging(string.Join("  ", cells.Skip(1)), Ink.Plain, new(new Span($"  {name}  ", Ink.Bold)), width),
            _ => [],
        };

    /// <summary>Text without Markdown's signs; of a link, only its text is shown.</summary>
    static string Plain(string text) =>
        System
            .Text.RegularExpressions.Regex.Replace(text.Trim(), @"\[([^\]]*)\]\([^)]*\)", "$1")
            .Replace("`", "", StringComparison.Ordinal)
            .Replace("*", "", StringComparison.Ordinal)
            .Replace('\u0001', '|');
}
