using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>The Host sections in the lines of a configuration of ssh(1) (ssh_config(5)).</summary>
/// <param name="lines">The lines.</param>
sealed partial class SshSections(TextLines lines)
{
    /// <summary>The indices of a section: of its Host line, and of the first line after it; null where there is none.</summary>
    /// <param name="patterns">The patterns in its Host line.</param>
    public (int From, int End)? Find(string patterns)
    {
        var from = lines.FindIndex(line => Parse(line) is var (word, value) && IsHost(word) && Same(value, patterns));
        if (from < 0)
            return null;
        var end = lines.FindIndex(from + 1, IsStart);
        return (from, end < 0 ? lines.Count : end);
    }

    /// <summary>Sets options in a section, which is made if it does not exist. Other options of it stay.</summary>
    /// <param name="patterns">The patterns in its Host line.</param>
    /// <param name="settings">The options, each with its lines.</param>
    public void Set(string patterns, IEnumerable<(string Keyword, IReadOnlyList<string> Values)> settings)
    {
        var at = Find(patterns) ?? Make(patterns);
        foreach (var (keyword, values) in settings)
        {
            List<int> there = [.. Enumerable.Range(at.From + 1, at.End - at.From - 1).Where(i => Is(lines[i], keyword))];
            if (there.Select(i => Plain(Parse(lines[i])?.Value ?? "")).SequenceEqual(values.Select(Plain)))
                continue;
            var place = there.Count > 0 ? there[0] : LastOf(at) + 1;
            var indent = Indent(at);
            foreach (var i in there.AsEnumerable().Reverse())
                lines.RemoveAt(i);
            lines.Insert(place, values.Select(value => $"{indent}{keyword} {value}"));
            at.End += values.Count - there.Count;
        }
    }

    /// <summary>Takes out a section, with the empty lines and comments that follow its last option only if they are indented.</summary>
    public void Remove(string patterns)
    {
        while (Find(patterns) is { } at)
        {
            var last = LastOf(at);
            lines.RemoveRange(at.From, last - at.From + 1);
            if (at.From < lines.Count && at.From > 0 && lines[at.From].Trim().Length == 0 && lines[at.From - 1].Trim().Length == 0)
                lines.RemoveAt(at.From);
        }
    }

    /// <summary>
    /// The number and text of each line that counts before a section: ssh takes the first value of an option that it finds, and these
    /// are for all hosts.
    /// </summary>
    public IEnumerable<(int Number, string Text)> Before(string patterns, string keyword)
    {
        var (applies, end) = (true, Find(patterns)?.From ?? lines.Count);
        for (var i = 0; i < end; i++)
        {
            if (IsStart(lines[i]))
                applies = Parse(lines[i]) is var (word, value) && IsHost(word) && value is "*";
            else if (applies && Is(lines[i], keyword))
                yield return (i + 1, lines[i].Trim());
        }
    }

    /// <summary>A new section: one for single hosts is before the first section with a pattern, because the first value counts.</summary>
    (int From, int End) Make(string patterns)
    {
        var next = IsPattern(patterns)
            ? -1
            : lines.FindIndex(line => IsStart(line) && !(Parse(line) is var (word, value) && IsHost(word) && !IsPattern(value)));
        if (next < 0)
        {
            if (lines.Count > 0 && lines[lines.Count - 1].Trim().Length > 0)
                lines.Add("");
            lines.Add($"Host {patterns}");
            return (lines.Count - 1, lines.Count);
        }

        while (next > 0 && lines[next - 1].TrimStart() is ['#', ..])
            next--;
        lines.Insert(next, $"Host {patterns}", "");
        return (next, next + 1);
    }

    /// <summary>The last line of a section that is neither empty nor a comment.</summary>
    int LastOf((int From, int End) at)
    {
        var last = at.End - 1;
        while (last > at.From && Parse(lines[last]) is null)
            last--;
        return last;
    }

    string Indent((int From, int End) at)
    {
        for (var i = at.From + 1; i < at.End; i++)
        {
            if (Parse(lines[i]) is not null)
                return lines[i][..^lines[i].TrimStart().Length];
        }

        return "    ";
    }

    static bool Is(string line, string keyword) =>
        Parse(line) is var (word, _) && word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    static bool IsHost(string word) => word.Equals("Host", StringComparison.OrdinalIgnoreCase);

    static bool IsStart(string line) =>
        Parse(line) is var (word, _) && (IsHost(word) || word.Equals("Match", StringComparison.OrdinalIgnoreCase));

    static bool IsPattern(string patterns) => patterns.IndexOfAny(['*', '?', '!']) >= 0;

    static bool Same(string patterns, string other) =>
        patterns.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).SequenceEqual(other.Split(' '));

    /// <summary>A value without the quotes around it.</summary>
    static string Plain(string value) => value is ['"', .., '"'] && value.Count(c => c is '"') == 2 ? value[1..^1] : value;

    /// <summary>The keyword and the value of a line; null where it is empty or a comment.</summary>
    static (string Word, string Value)? Parse(string line) =>
        Setting().Match(line) is { Success: true } match ? (match.Groups["word"].Value, match.Groups["value"].Value.TrimEnd()) : null;

    [GeneratedRegex(@"^\s*(?<word>[A-Za-z0-9]+)(\s*=\s*|\s+)(?<value>.*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
