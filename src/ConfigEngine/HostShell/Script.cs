using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.HostShell;

/// <summary>The shell that runs on hosts: files of their own beside the code that sends them, checked as source by the tests.</summary>
static partial class Script
{
    /// <summary>The text of one of these files, without its comments, which need not travel.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="assembly">What it is embedded in; this assembly when null.</param>
    public static string Embedded(string name, Assembly? assembly = null)
    {
        using var stream =
            (assembly ?? typeof(Script).Assembly).GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is no file of the assembly");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Comment().Replace(Encoding.UTF8.GetString(bytes), "");
    }

    /// <summary>A line that is a comment.</summary>
    [GeneratedRegex(@"^[ \t]*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
