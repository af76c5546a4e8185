using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// Values as sudoers(5) writes them: each is exactly one user, one group or one command, whatever characters it has.
/// </summary>
static partial class SudoersSyntax
{
    static readonly string[] Keywords = ["Defaults", "User_Alias", "Runas_Alias", "Host_Alias", "Cmnd_Alias", "Cmd_Alias"];

    /// <summary>
    /// A user; or by its prefix a group, a number or a netgroup. Characters with a meaning to sudo get a backslash.
    /// </summary>
    public static string Who(string who)
    {
        var match = Subject().Match(who);
        return match.Groups["prefix"].Value + Special().Replace(match.Groups["name"].Value, @"\$0");
    }

    /// <summary>What is wrong with a user or group.</summary>
    public static IEnumerable<string> WhoProblems(string who)
    {
        if (!Subject().IsMatch(who) || who.Trim() != who || who.Any(char.IsControl) || Text.HasHalf(who))
            yield return $"\"{Text.Excerpt(who)}\" is not a valid user or group";
        else if (Keywords.Any(word => who.StartsWith(word, StringComparison.Ordinal)))
            yield return $"\"{Text.Excerpt(who)}\" means something else to sudo at the beginning of a line, and cannot be a "
                + $"user or a group";
    }

    /// <summary>A user, with an optional group after a colon.</summary>
    public static string RunAs(string runAs) => string.Join(':', runAs.Split(':').Select(Who));

    /// <summary>What is wrong with such a user and group.</summary>
    public static IEnumerable<string> RunAsProblems(string runAs)
    {
        var parts = runAs.Split(':');
        if (parts.Length > 2 || parts is [.., ""] || runAs.Contains(',', StringComparison.Ordinal))
            return [$"RunAs = \"{Text.Excerpt(runAs)}\" is not one user, with perhaps one group after a colon; write a rule for each"];
        return parts.Where((part, index) => part.Length > 0 || index > 0).SelectMany(WhoProblems);
    }

    /// <summary>What is wrong with a list of hosts.</summary>
    public static IEnumerable<string> HostProblems(string host) =>
        host.Split(',').All(one => HostName().IsMatch(one.Trim(' ')))
            ? []
            : [$"Host = \"{Text.Excerpt(host)}\" is not a list of names, addresses, networks or netgroups with commas between"];

    /// <summary>
    /// One command. In arguments, a backslash before a wildcard makes it an ordinary character. Any other backslash means itself,
    /// and is written as four: sudoers(5) removes every second one, and then fnmatch(3) again every second one.
    /// </summary>
    public static string Command(string command)
    {
        var match = CommandParts().Match(command);
        if (!match.Success)
            return command;
        var arguments = match.Groups["arguments"].Value;
        return match.Groups["before"].Value
            + PathSpecial().Replace(match.Groups["path"].Value, @"\$0")
            + (IsExpression(arguments) ? arguments : ArgumentSpecial().Replace(arguments, Escaped));
    }

    static string Escaped(Match special) =>
        special.Value switch
        {
            [' ', ..] spaces => " " + string.Concat(Enumerable.Repeat(@"\ ", spaces.Length - 1)),
            @"\" => @"\\\\",
            ['\\', ..] wildcard => wildcard,
            var one => $@"\{one}",
        };

    /// <summary>What is wrong with a command.</summary>
    public static IEnumerable<string> CommandProblems(string command)
    {
        var parts = CommandParts().Match(command);
        var arguments = parts.Groups["arguments"].Value.Trim(' ');
        if (Wrong() is { } wrong)
            yield return $"\"{Text.Excerpt(command)}\" {wrong}";

        string? Wrong() =>
            command switch
            {
                "" => "is empty",
                _ when command.Any(char.IsControl) || Text.HasHalf(command) => "has a line end or another control character in it",
                _ when !parts.Success => Alias().IsMatch(command) ? null : "is not an absolute path, which sudo needs",
                [.., ' '] => "ends with a space, which sudo takes away",
                _ when BackslashInPath().IsMatch(parts.Groups["path"].Value) =>
                    "has a backslash in its path, which sudo cannot take; only a space may have one before it",
                _ when arguments is ['^', ..] && !IsExpression(arguments) =>
                    "has arguments that begin with ^, as a regular expression does, and do not end with $",
                _ when IsExpression(arguments) && arguments.IndexOfAny([',', ':', '=', '#']) >= 0 =>
                    "has a regular expression with a comma, colon, equals sign or number sign in it, where older versions of sudo "
                        + "end the command",
                _ => null,
            };
    }

    /// <summary>Whether sudo reads the arguments as one regular expression (from 1.9.10 on).</summary>
    static bool IsExpression(string arguments) => arguments.Trim(' ') is ['^', .., '$'];

    [GeneratedRegex(@"^(?<prefix>%:#(?=[0-9]+\z)|%:|%#(?=[0-9]+\z)|#(?=[0-9]+\z)|%|\+|)(?<name>[^%+#@!:""/\s][^:/]*)\z")]
    private static partial Regex Subject();

    [GeneratedRegex(@"[\x20-\x2c/:-?\[-^`{-~]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^!?[A-Za-z0-9_.*?+:/\[\]-]+\z")]
    private static partial Regex HostName();

    /// <summary>Digests before a path, sudoedit before a path, a path, and its arguments.</summary>
    [GeneratedRegex(
        @"^(?<before>!?\s*(sha(224|256|384|512):[A-Za-z0-9+/=]+,? +)*(sudoedit +)?)"
            + @"(?<path>/([^ \\]|\\ |\\(?! ))*)(?<arguments>.*)\z|^(?<before>!?sudoedit)\z",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex CommandParts();

    [GeneratedRegex("^!?[A-Z][A-Z0-9_]*\\z")]
    private static partial Regex Alias();

    [GeneratedRegex(@"\\(?! )")]
    private static partial Regex BackslashInPath();

    [GeneratedRegex("[,:=#]")]
    private static partial Regex PathSpecial();

    [GeneratedRegex(@" +|\\[*?\[\]!]|[\\,:=#]")]
    private static partial Regex ArgumentSpecial();
}
