using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.HostShell;

/// <summary>
/// The shell code that runs on hosts. It is in files of its own beside the code that sends them, and the tests check it as source.
/// </summary>
static partial class Script
{
    /// <summary>The beginning of the names of scripts that are beside resources.</summary>
    public const string OfResources = "resources/";

    /// <summary>The end of the names of scripts that are sent only with a probe.</summary>
    public const string OfProbes = ".probe.sh";

    /// <summary>A script that is sent with a probe, from beside its resource.</summary>
    /// <param name="name">The file's name without <c>.probe.sh</c>.</param>
    public static string OfProbe(string name) => Embedded(OfResources + name + OfProbes);

    /// <summary>The text of one of these files without its comments, which need not be sent.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="assembly">The assembly that contains it; this assembly when null.</param>
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
