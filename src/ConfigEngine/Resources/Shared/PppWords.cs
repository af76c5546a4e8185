using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// The words of a file of pppd(8): separated by spaces and tabs; in quotes, or after a backslash, any character is a part of a word; a
/// <c>#</c> where a word could begin starts a comment.
/// </summary>
static class PppWords
{
    /// <summary>The words of a line; none of an empty line or a comment.</summary>
    public static IReadOnlyList<string> Read(string line)
    {
        List<string> words = [];
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t' or '\f')
            {
                at++;
                continue;
            }

            if (line[at] is '#')
                break;
            words.Add(Word(line, ref at));
        }

        return words;
    }

    static string Word(string line, ref int at)
    {
        StringBuilder word = new();
        char? quote = null;
        for (; at < line.Length; at++)
        {
            var c = line[at];
            if (c is '\\' && at + 1 < line.Length)
                word.Append(line[++at]);
            else if (c == quote)
                quote = null;
            else if (quote is null && c is '"' or '\'')
                quote = c;
            else if (quote is null && c is ' ' or '\t' or '\f')
                break;
            else
                word.Append(c);
        }

        return word.ToString();
    }

    /// <summary>A word as it is written, so that <see cref="Read"/>, and pppd, read it back.</summary>
    public static string Write(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or ':' or '*' or '+' or '=')
            ? word
            : Quoted(word);

    /// <summary>The same in quotes, as a secret is in any case.</summary>
    public static string Quoted(string word) =>
        $"\"{word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
