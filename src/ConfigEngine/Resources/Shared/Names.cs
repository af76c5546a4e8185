using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Which names the systems allow.</summary>
static partial class Names
{
    /// <summary>
    /// A user or group by name or number. useradd(8) allows what <c>NAME_REGEX</c> says, Debian nearly anything; here it is what
    /// no tool takes for something else: no colon, slash, space or control character, and no dash in front.
    /// </summary>
    public static bool IsUser(string name) => User().IsMatch(name);

    /// <summary>A systemd unit with its suffix (systemd.unit(5)).</summary>
    public static bool IsUnit(string name) => Unit().IsMatch(name);

    /// <summary>A package: Debian Policy 5.6.1, with what other distributions add (capitals, underscores).</summary>
    public static bool IsPackage(string name) => Package().IsMatch(name);

    /// <summary>The users or groups that there are not, by the first line of an answer: <c>missing group:web</c>.</summary>
    public static IEnumerable<string> Missing(Output output, string kind) => output.Lines is [{ } first, ..] && first.Split(' ') is ["missing", .. var words]
        ? words.Select(word => word.Split(':', 2) is [var of, var name] && of == kind ? name : throw new UnexpectedOutputException($"expected a {kind} that is missing, got \"{Text.Excerpt(word)}\""))
        : throw new UnexpectedOutputException($"expected what is missing, got \"{Text.Excerpt(output.Text)}\"");

    /// <summary>Who has the number that is wanted for somebody else, by an answer of <c>cfg_taken</c>; nobody where it is free.</summary>
    public static IEnumerable<string> Taken(Output output) =>
        output.Lines.Where(line => line.StartsWith("taken=", StringComparison.Ordinal)).Select(line => line["taken=".Length..]);

    /// <summary>A process of the user, by an answer of <c>cfg_busy</c>: what stops it may come before.</summary>
    public static IEnumerable<Need> Busy(Output output) =>
        from line in output.Lines
        where line.StartsWith("busy=", StringComparison.Ordinal)
        let process = line["busy=".Length..].Split(' ', 2)
        select new Need(Aspect.Unit("*"), $"its process {process[0]} ({Text.Excerpt(process[1])}) runs, and while one does the user is neither removed nor given another number or home") { Hint = "stop it before this line: new SystemdUnit(…) { Running = false }, or loginctl terminate-user" };

    [GeneratedRegex(@"^[^-:/,\s\p{Cc}'""`$\\;&|<>()*?~#!][^:/,\s\p{Cc}'""`\\;&|<>()*?~#!]{0,31}\z")]
    private static partial Regex User();

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\@-]{1,250}\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)\z")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9+._-]*(:[a-z0-9]+)?\z")]
    private static partial Regex Package();
}
