using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.HostShell;

/// <summary>The shell that runs on hosts: files of their own beside the code that sends them, checked as source by the tests.</summary>
static partial class Script
{
    /// <summary>How the names of those begin that stand beside the resources.</summary>
    public const string OfResources = "resources/";

    /// <summary>How the names of those end that go out with a probe alone.</summary>
    public const string OfProbes = ".probe.sh";

    /// <summary>What goes out with a probe, from beside its resource.</summary>
    /// <param name="name">The file's name without <c>.probe.sh</c>.</param>
    public static string OfProbe(string name) => Embedded(OfResources + name + OfProbes);

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
