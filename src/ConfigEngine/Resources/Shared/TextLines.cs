using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// The lines of a text file, without their ends. Each line keeps its end, CR LF or LF; a new line gets the end that most lines
/// have. A byte order mark is not a part of the first line.
/// </summary>
sealed class TextLines
{
    const char Mark = '\uFEFF';

    readonly List<(string Text, string End)> lines = [];
    readonly bool isMarked;
    readonly string newEnd;

    /// <summary>Splits a text into lines.</summary>
    public TextLines(string text)
    {
        isMarked = text is [Mark, ..];
        for (var at = isMarked ? 1 : 0; at < text.Length;)
        {
            var feed = text.IndexOf('\n', at);
            var next = feed < 0 ? text.Length : feed + 1;
            var end =
                feed < 0 ? ""
                : feed > at && text[feed - 1] is '\r' ? "\r\n"
                : "\n";
            lines.Add((text[at..(next - end.Length)], end));
            at = next;
        }

        newEnd = lines.Count(line => line.End is "\r\n") > lines.Count(line => line.End is "\n") ? "\r\n" : "\n";
    }

    public int Count => lines.Count;

    /// <summary>The text of each line.</summary>
    public IEnumerable<string> Texts => lines.Select(line => line.Text);

    /// <summary>A line. A new text keeps the line's end.</summary>
    public string this[int index]
    {
        get => lines[index].Text;
        set => lines[index] = (value, lines[index].End);
    }

    /// <summary>Whether a line is exactly this text.</summary>
    public bool Contains(string text) => FindIndex(line => line == text) >= 0;

    /// <summary>The first matching line at or after an index, or -1.</summary>
    public int FindIndex(int from, Predicate<string> match) => lines.FindIndex(from, line => match(line.Text));

    /// <summary>The first matching line, or -1.</summary>
    public int FindIndex(Predicate<string> match) => FindIndex(0, match);

    /// <summary>The last line that an expression matches; null without an expression.</summary>
    public int? LastMatch(string? pattern)
    {
        if (pattern is null)
            return null;
        Regex regex = new(pattern, RegexOptions.CultureInvariant, TextFile.Patience);
        return lines.FindLastIndex(line => TextFile.IsMatch(regex, line.Text)) is >= 0 and var index ? index : null;
    }

    /// <summary>Adds a last line.</summary>
    public void Add(string text) => Insert(Count, text);

    /// <summary>
    /// Inserts lines before the line of that index. A last line without an end gets one if a line then follows it.
    /// </summary>
    public void Insert(int index, params IEnumerable<string> texts)
    {
        if (index == Count && lines is [.., (var last, "")])
            lines[^1] = (last, newEnd);
        lines.InsertRange(index, texts.Select(text => (text, newEnd)));
    }

    /// <summary>Removes a line.</summary>
    public void RemoveAt(int index) => RemoveRange(index, 1);

    /// <summary>Removes lines.</summary>
    public void RemoveRange(int index, int count) => lines.RemoveRange(index, count);

    /// <summary>Removes all matching lines, and returns their number.</summary>
    public int RemoveAll(Predicate<string> match) => lines.RemoveAll(line => match(line.Text));

    /// <inheritdoc/>
    public override string ToString() => (isMarked ? $"{Mark}" : "") + string.Concat(lines.Select(line => line.Text + line.End));
}
