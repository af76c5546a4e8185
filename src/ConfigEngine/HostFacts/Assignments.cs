using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.HostFacts;

/// <summary>
/// Files of <c>NAME=value</c> lines with a shell's quoting, as in os-release(5) and locale.conf(5). People edit these files: a line
/// that is not an assignment is reported as a finding; a file without a single assignment is an error.
/// </summary>
static partial class Assignments
{
    public static Dictionary<string, string> Read(FactSection section, List<string> findings)
    {
        Dictionary<string, string> values = [];
        List<string> strange = [];
        foreach (var line in section.Lines.Select(l => l.Trim()).Where(l => l is not "" && l[0] is not '#'))
        {
            if (Assignment.Match(line) is { Success: true } match)
                values[match.Groups[1].Value] = Unquote(match.Groups[2].Value);
            else
                strange.Add(line);
        }
        if (strange is [var first, ..])
            findings.Add(
                values.Count > 0
                    ? $"{section.Name} has a line that is not an assignment: \"{FactSection.Clip(first)}\""
                    : throw section.Unknown(first, "NAME=value")
            );

        // An empty value counts as if the line did not exist.
        return values.Where(v => v.Value is not "").ToDictionary();
    }

    static string Unquote(string value)
    {
        if (value.Length >= 2 && value[0] is '\'' && value[^1] is '\'')
            return value[1..^1];
        if (value.Length >= 2 && value[0] is '"' && value[^1] is '"')
            value = value[1..^1];
        StringBuilder text = new();
        for (var i = 0; i < value.Length; i++)
            text.Append(value[i] is '\\' && i + 1 < value.Length ? value[++i] : value[i]);
        return text.ToString();
    }

    [GeneratedRegex("^(?:export +)?([A-Za-z_][A-Za-z0-9_]*)=(.*)\\z")]
    static partial Regex Assignment { get; }
}
