using System.Text.RegularExpressions;

namespace ConfigEngine.Scripting;

/// <summary>Ranges in the names of an Ansible inventory: <c>web[01:20]</c>, <c>db-[a:f]</c>, <c>node[0:10:2]</c>.</summary>
static partial class HostRange
{
    const int Most = 100_000;

    /// <summary>The names that a pattern stands for.</summary>
    /// <exception cref="RecipeException">A range has no end after its begin, or stands for too many names.</exception>
    public static IEnumerable<string> Names(string pattern)
    {
        var match = Range().Match(pattern);
        if (!match.Success)
            return [pattern];
        var (before, after) = (pattern[..match.Index], pattern[(match.Index + match.Length)..]);
        return Parts(match, pattern).SelectMany(part => Names(before + part + after));
    }

    static IEnumerable<string> Parts(Match range, string pattern)
    {
        var (first, last) = (range.Groups["first"].Value, range.Groups["last"].Value);
        var step = range.Groups["step"] is { Success: true, Value: var by } ? Digits.Of(by) ?? 0 : 1;
        var isNumber = first.Length == 0 || char.IsAsciiDigit(first[0]);
        var (from, to) = isNumber ? (Digits.Of(first.Length == 0 ? "0" : first), Digits.Of(last)) : (first[0], last[0]);
        if (from is not { } begin || to is not { } end || begin > end || step < 1 || char.IsAsciiDigit(last[0]) != isNumber)
            throw new RecipeException($"\"{pattern}\" has a range that cannot be read", hint: "ranges are [01:20], [a:f] or [0:10:2]");
        if (end - begin >= Most)
            throw new RecipeException($"\"{pattern}\" stands for more than {Most} hosts");
        // Leading zeros of the first number are a width: 01 to 20.
        var width = first.StartsWith('0') ? first.Length : 0;
        for (var i = begin; i <= end; i += step)
            yield return isNumber ? $"{i}".PadLeft(width, '0') : $"{(char)i}";
    }

    [GeneratedRegex(@"\[(?<first>\d*|[a-zA-Z]):(?<last>\d+|[a-zA-Z])(?::(?<step>\d+))?\]")]
    private static partial Regex Range();
}
