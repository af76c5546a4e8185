using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A text file that resources edit: read whole, changed here, written whole.</summary>
static class TextFile
{
    /// <summary>How long an expression may take over one line before it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Looks at a file that must be there, with its content.</summary>
    public static Probe<PathState> Probe(string path)
    {
        var probe = new PathProbe(path, "file").Probe;
        return probe with
        {
            Edits = true,
            Needs = output => probe.Needs!(output).Concat(probe.Parse(output) is null
                ? [new(Aspect.Path(path), $"the file {path} does not exist") { IsState = true, Hint = "declare it with a File before this line" }]
                : []),
        };
    }

    /// <summary>The file as it should be: edited line by line. A last line without an end keeps it that way until a line follows it.</summary>
    public static PathState Edit(PathState? actual, string path, Action<List<string>> edit)
    {
        if (actual?.Type is not null and not "file")
            return new(null);
        var content = actual?.Content;
        if (content is { Text: null })
            throw new UnexpectedOutputException($"{path} is {(content.Bytes is null ? $"too large to be edited ({content.Length} bytes)" : "not UTF-8 text")}, so no line of it can be edited");
        var before = content?.Text ?? "";
        List<string> lines = [.. before.Split('\n')];
        var ended = lines[^1].Length == 0;
        if (ended)
            lines.RemoveAt(lines.Count - 1);
        var (count, last) = (lines.Count, lines.Count > 0 ? lines[^1] : null);
        edit(lines);
        ended |= lines.Count > count || (lines.Count > 0 && lines.Count < count && !ReferenceEquals(lines[^1], last));
        var after = string.Join('\n', lines) + (lines.Count > 0 && ended ? "\n" : "");
        return new("file", after == before && content is not null ? content : ((Content)after).As(content));
    }

    /// <summary>The last line that matches.</summary>
    public static int? LastMatch(List<string> lines, string? pattern)
    {
        if (pattern is null)
            return null;
        Regex regex = new(pattern, RegexOptions.CultureInvariant, Patience);
        return lines.FindLastIndex(line => regex.IsMatch(line)) is >= 0 and var index ? index : null;
    }

    /// <summary>What is wrong with an expression.</summary>
    public static IEnumerable<string> Problems(string? pattern)
    {
        if (pattern is null)
            return [];
        try
        {
            _ = new Regex(pattern);
            return [];
        }
        catch (ArgumentException wrong)
        {
            return [$"\"{pattern}\" is not a regular expression: {wrong.Message}"];
        }
    }
}
