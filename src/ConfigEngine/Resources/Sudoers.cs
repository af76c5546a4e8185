using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A file in /etc/sudoers.d: who may run what, and as which user (sudoers(5)). It belongs to root with mode 0440. visudo(8) checks
/// it before it replaces the old file, because a mistake would block sudo for everyone. To remove one, use <see cref="NoPath"/>:
/// <c>new NoPath("/etc/sudoers.d/deploy")</c>.
/// </summary>
/// <theme>users</theme>
/// <example>
/// <code>
/// new Sudoers("deploy") { Rules = [new("deploy") { Commands = ["/usr/bin/systemctl restart app"], NoPassword = true }] }
/// </code>
/// </example>
/// <param name="Name">The file's name. sudo ignores names that contain a dot or end with ~.</param>
public sealed partial record Sudoers(string Name) : Resource<PathState>
{
    /// <summary>The rules; when null, <see cref="Content"/> is the file.</summary>
    public IReadOnlyList<SudoRule>? Rules { get; init; }

    /// <summary>The whole file as text, in place of rules; when null, the rules make the file.</summary>
    public Content? Content { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    string Path => $"/etc/sudoers.d/{Name}";

    Content Wanted => Content ?? string.Concat((Rules ?? []).Select(rule => $"{rule.Line}\n"));

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (Name.Contains('.', StringComparison.Ordinal) || Name.EndsWith('~'))
                yield return $"sudo ignores files whose name has a dot in it or ends with ~ (sudoers(5), @includedir): \"{Name}\"";
            else if (!FileName().IsMatch(Name))
                yield return $"\"{Name}\" is not a valid name for a file of sudoers: letters, digits, dashes and underscores";
            if (Rules is null == Content is null)
                yield return "it needs either Rules or Content";
            if (Content is { IsSecret: true })
                yield return "its Content holds a secret, and rules have no use for one";
            if (Rules is [])
                yield return "it has no rule; declare a NoPath for a file that should not be there";
            foreach (var problem in (Rules ?? []).SelectMany(rule => rule.Problems))
                yield return problem;
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file", Wanted, null, "root", "root", "0440");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => PathProbe.OfRoot(Path, Wanted).Probe with { Tools = ["visudo"] };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_-]{0,100}\\z")]
    private static partial Regex FileName();
}

/// <summary>Who may run what, and as which user (sudoers(5)).</summary>
/// <example><code>new SudoRule("%deployers") { Commands = ["/usr/bin/systemctl restart app"], NoPassword = true }</code></example>
/// <param name="Who">
/// A user, or a group with <c>%</c> before its name; spaces and backslashes are part of the name: <c>%domain users</c>,
/// <c>CORP\ann</c>. A number is <c>#1000</c> or <c>%#1000</c>, a netgroup <c>+admins</c>.
/// </param>
public sealed record SudoRule(string Who)
{
    /// <summary>The user to run as; <c>ALL</c> when null. A group may follow after a colon: <c>www-data:www-data</c>.</summary>
    public string? RunAs { get; init; }

    /// <summary>
    /// The commands, each with its arguments as typed in a shell; every command when null. You need no escapes: characters that
    /// would end the command are escaped in the file. Wildcards keep their meaning for sudo; a backslash before one makes it an
    /// ordinary character. In a path, put a backslash before each space.
    /// </summary>
    public IReadOnlyList<string>? Commands { get; init; }

    /// <summary>Whether no password is asked for; when null, sudo's default.</summary>
    public bool? NoPassword { get; init; }

    /// <summary>The hosts on which the rule holds, if several hosts share one file; all when null.</summary>
    public string? Host { get; init; }

    internal string Line =>
        $"{SudoersSyntax.Who(Who)} {Host ?? "ALL"}=({SudoersSyntax.RunAs(RunAs ?? "ALL")}) "
        + NoPassword switch
        {
            true => "NOPASSWD: ",
            false => "PASSWD: ",
            null => "",
        }
        + string.Join(", ", (Commands ?? ["ALL"]).Select(SudoersSyntax.Command));

    internal IEnumerable<string> Problems =>
        [
            .. SudoersSyntax.WhoProblems(Who),
            .. RunAs is null ? [] : SudoersSyntax.RunAsProblems(RunAs),
            .. Host is null ? [] : SudoersSyntax.HostProblems(Host),
            .. Commands is [] ? (string[])["it has no command; every command is Commands = null"] : [],
            .. (Commands ?? []).SelectMany(SudoersSyntax.CommandProblems),
        ];
}
