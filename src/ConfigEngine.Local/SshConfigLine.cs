using System.Text;

namespace ConfigEngine.Local;

/// <summary>A line of an ssh_config file.</summary>
/// <param name="Keyword">The directive.</param>
/// <param name="Arguments">Its arguments, without quotes.</param>
/// <param name="At">The place, for messages: file and line.</param>
sealed record SshConfigLine(string Keyword, IReadOnlyList<string> Arguments, string At)
{
    /// <summary>The first argument.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public string First => Arguments is [var first, ..] ? first : throw new SettingsException($"{At}: {Keyword} has no value");

    /// <summary>Reads a file's lines; empty lines and comments are left out.</summary>
    public static IEnumerable<SshConfigLine> Of(string file, IEnumerable<string> lines) =>
        lines.Select((line, index) => Read(line.Trim(), $"{file}:{index + 1}")).OfType<SshConfigLine>();

    static SshConfigLine? Read(string line, string at)
    {
        if (line.Length == 0 || line[0] == '#')
            return null;
        var end = line.IndexOfAny([' ', '\t', '=']);
        var keyword = end < 0 ? line : line[..end];
        var rest = end < 0 ? "" : line[end..].TrimStart(' ', '\t');
        if (rest.StartsWith('='))
            rest = rest[1..];
        return new(keyword, [.. Words(rest, at)], at);
    }

    /// <summary>Splits at spaces; quotes keep spaces, and a word that begins with # begins a comment.</summary>
    static IEnumerable<string> Words(string text, string at)
    {
        StringBuilder word = new();
        var (quote, began) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\'' or '\\')
            {
                word.Append(text[++i]);
                began = true;
            }
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'' && quote == '\0')
                (quote, began) = (c, true);
            else if (quote == '\0' && c is ' ' or '\t' && quote == '\0')
            {
                if (began)
                    yield return word.ToString();
                word.Clear();
                began = false;
            }
            else if (!began && c is '#')
                yield break;
            else
            {
                word.Append(c);
                began = true;
            }
        }

        if (quote != '\0')
            throw new SettingsException($"{at}: a quote is not closed");
        if (began)
            yield return word.ToString();
    }
}

/// <summary>An ssh_config that cannot be used here.</summary>
sealed class SettingsException(string problem, string? next = null) : CfgException(problem)
{
    /// <summary>What is wrong, and where.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do about it; null if that is obvious.</summary>
    public string? Next { get; } = next;
}
