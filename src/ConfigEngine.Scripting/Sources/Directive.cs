using System.Text.RegularExpressions;

namespace ConfigEngine.Scripting;

/// <summary>
/// A <c>#load</c> or <c>#r</c> in a script. They come before a script's first token, so they can be found without the compiler: a
/// cached recipe starts without it. The compiler follows them inside an <c>#if</c> too, whatever its condition.
/// </summary>
/// <param name="Verb"><c>load</c> or <c>r</c>.</param>
/// <param name="Argument">The text in the quotes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of the argument, from 1.</param>
sealed partial record Directive(string Verb, string Argument, int Line, int Column)
{
    /// <summary>The directives of a script, in order.</summary>
    public static IReadOnlyList<Directive> Scan(string text)
    {
        List<Directive> found = [];
        var depth = 0;
        var commented = false;
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (!commented && Pattern().Match(line) is { Success: true } match)
            {
                var (word, argument) = (match.Groups["word"].Value, match.Groups["argument"]);
                depth += word switch
                {
                    "if" => 1,
                    "endif" => -1,
                    _ => 0,
                };
                if (word is "load" or "r" && argument.Success)
                    found.Add(new(word, argument.Value, number, argument.Index));
            }
            else if (depth == 0 && HasToken(line, ref commented))
            {
                break;
            }
        }

        return found;
    }

    // Whether the line has anything except spaces and comments.
    static bool HasToken(string line, ref bool commented)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var rest = line.AsSpan(i);
            if (commented)
            {
                if (!rest.StartsWith("*/"))
                    continue;
                commented = false;
                i++;
            }
            else if (rest.StartsWith("//"))
            {
                return false;
            }
            else if (rest.StartsWith("/*"))
            {
                commented = true;
                i++;
            }
            else if (!char.IsWhiteSpace(line[i]))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""^\s*#\s*(?<word>!|[a-z]+)(\s*"(?<argument>[^"]*)")?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
