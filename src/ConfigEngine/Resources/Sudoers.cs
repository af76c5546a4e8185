using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A file in /etc/sudoers.d: who may do what as whom (sudoers(5)). It belongs to root with mode 0440, and visudo(8) checks it before
/// it replaces what is there: a mistake would lock everybody out of sudo.
/// </summary>
/// <example><code>new Sudoers("deploy") { Rules = [new("deploy") { Commands = ["/usr/bin/systemctl restart app"], NoPassword = true }] }</code></example>
/// <param name="Name">The file's name; sudo ignores names with a dot in them or a ~ at their end.</param>
public sealed partial record Sudoers(string Name) : Resource<PathState>
{
    /// <summary>The rules; when null, <see cref="Content"/> is the file.</summary>
    public IReadOnlyList<SudoRule>? Rules { get; init; }

    /// <summary>The whole file as text, in place of rules; made from the rules when null.</summary>
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
                yield return $"\"{Name}\" cannot be the name of a file of sudoers: letters, digits, dashes and underscores";
            if (Rules is null == Content is null)
                yield return "it needs either Rules or Content";
            if (Content is { IsSecret: true })
                yield return "its Content holds a secret, and rules have no use for one";
            if (Rules is [])
                yield return "it has no rule; declare an Absent for a file that should not be there";
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
    protected override Probe<PathState> Probe => new PathProbe(Path, "file") { Owner = "root", Group = "root", Known = Wanted }.Probe with { Tools = ["visudo"] };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Operations(Path, diff, FileWrite.ValidationFor(Path));

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_-]{0,100}$")]
    private static partial Regex FileName();
}

/// <summary>Who may run what as whom (sudoers(5)).</summary>
/// <example><code>new SudoRule("%deployers") { Commands = ["/usr/bin/systemctl restart app"], NoPassword = true }</code></example>
/// <param name="Who">A user, or a group with <c>%</c> before its name.</param>
public sealed partial record SudoRule(string Who)
{
    /// <summary>As whom; <c>ALL</c> when null. A group may follow after a colon: <c>www-data:www-data</c>.</summary>
    public string? RunAs { get; init; }

    /// <summary>The commands, with their arguments as sudoers(5) writes them; every command when null.</summary>
    public IReadOnlyList<string>? Commands { get; init; }

    /// <summary>Whether no password is asked for; what sudo does by itself when null.</summary>
    public bool? NoPassword { get; init; }

    /// <summary>On which hosts, where one file is for many; on all when null.</summary>
    public string? Host { get; init; }

    internal string Line =>
        $"{Who.Replace(" ", "\\ ", StringComparison.Ordinal)} {Host ?? "ALL"}=({RunAs ?? "ALL"}) {(NoPassword switch { true => "NOPASSWD: ", false => "PASSWD: ", null => "" })}{string.Join(", ", Commands ?? ["ALL"])}";

    internal IEnumerable<string> Problems
    {
        get
        {
            if (!Names.IsUser(Who.TrimStart('%')))
                yield return $"\"{Who}\" cannot be a user or a group";
            foreach (var text in ((string?[])[RunAs, Host, .. Commands ?? []]).OfType<string>().Where(text => text.Length == 0 || text.Any(char.IsControl)))
                yield return $"\"{Text.Excerpt(text)}\" is empty or has a line end in it";
            foreach (var command in (Commands ?? []).Where(command => !CommandStart().IsMatch(command)))
                yield return $"\"{Text.Excerpt(command)}\" is not an absolute path, which sudo needs";
        }
    }

    /// <summary>A path, a digest before one, sudoedit, or an alias.</summary>
    [GeneratedRegex("^(!?/|sha(224|256|384|512):|sudoedit( |$)|!?[A-Z][A-Z0-9_]*$)")]
    private static partial Regex CommandStart();
}
