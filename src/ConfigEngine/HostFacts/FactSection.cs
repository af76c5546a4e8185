using System.Globalization;

namespace ConfigEngine.HostFacts;

/// <summary>One section of the answer to the fact script, and the errors that name it.</summary>
/// <param name="Name">The section's name in the script.</param>
/// <param name="Note">The script's note about it: missing, unreadable, its source; or empty.</param>
/// <param name="Text">The exact text that was read.</param>
sealed record FactSection(string Name, string Note, string Text)
{
    const int Shown = 100;

    public IEnumerable<string> Lines => Text is "" ? [] : (Text.EndsWith('\n') ? Text[..^1] : Text).Split('\n');

    /// <summary><c>KEY=VALUE</c> lines in their order; a key that is not in <paramref name="keys"/> is an error.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries(params string[] keys)
    {
        List<KeyValuePair<string, string>> entries = [];
        foreach (var line in Lines)
        {
            if (NameValue.Of(line) is not var (name, value) || !keys.Contains(name))
                throw Unknown(line, $"one of {string.Join(", ", keys)}, then = and a value");
            entries.Add(new(name, value.Trim()));
        }
        return entries;
    }

    public long Number(string value, string line) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unknown(line, $"\"{Clip(value)}\" to be a whole number");

    public int Count(string value, string line) =>
        Number(value, line) is >= 0 and <= int.MaxValue and var number
            ? (int)number
            : throw Unknown(line, $"\"{Clip(value)}\" to be a count");

    public FactsUnreadableException Unknown(string line, string expected) => new(Name, $"expected {expected}, and found \"{Clip(line)}\"");

    public static string Clip(string text)
    {
        var clipped = text.Length <= Shown ? text : text[..Shown] + Values.Text.Cut;
        return string.Concat(clipped.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
    }
}
