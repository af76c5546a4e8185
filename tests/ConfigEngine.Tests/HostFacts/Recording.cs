using System.Runtime.CompilerServices;

namespace ConfigEngine.Tests;

/// <summary>Answers of real hosts to the fact script, and answers written from documentation, as their first lines tell.</summary>
static class Recording
{
    static string Here([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file) ?? "", "Recordings");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Here(), "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static TheoryData<string> All => [.. Names];

    /// <summary>The answer, without the line on where it comes from.</summary>
    public static string Text(string name)
    {
        var text = File.ReadAllText(Path.Combine(Here(), name + ".txt"));
        return text[(text.IndexOf('\n') + 1)..];
    }

    public static Facts Parse(string name) => Facts.Parse(Text(name));

    /// <summary>Debian 12 with another text in one section.</summary>
    public static string With(string section, string text, string name = "debian-12")
    {
        var whole = Text(name);
        var boundary = whole[..whole.IndexOf('\n')].Split(' ')[^1];
        var start = whole.IndexOf($"\n{boundary} {section}", StringComparison.Ordinal);
        var body = whole.IndexOf('\n', start + 1) + 1;
        var end = whole.IndexOf($"\n{boundary} ", body - 1, StringComparison.Ordinal);
        return $"{whole[..start]}\n{boundary} {section}\n{text}{whole[end..]}";
    }

    /// <summary>Debian 12 with one line of one section replaced.</summary>
    public static string Replacing(string line, string by, string name = "debian-12")
    {
        var text = Text(name);
        Assert.Contains(line, text, StringComparison.Ordinal);
        return text.Replace(line, by, StringComparison.Ordinal);
    }
}
