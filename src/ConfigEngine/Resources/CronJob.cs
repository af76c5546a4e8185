using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A command that cron runs at its times: a file in /etc/cron.d, written as a whole (cron(8), crontab(5)). To remove one, use <see
/// cref="NoPath"/>: <c>new NoPath("/etc/cron.d/backup")</c>.
/// </summary>
/// <theme>services</theme>
/// <example><code>
/// new CronJob("backup")
/// {
///     Schedule    = "30 3 * * mon-fri",
///     Command     = $"/usr/local/bin/backup --to {"/srv/backup"} --day $(date +%u)",
///     User        = "backup",
///     Environment = new() { ["MAILTO"] = "ops@example.com" },
/// }
/// </code></example>
/// <param name="Name">The file's name: letters, digits, dashes and underscores. cron ignores files with other names.</param>
public sealed partial record CronJob(string Name) : Resource<PathState>
{
    /// <summary>Five fields (minute, hour, day of the month, month, day of the week) or a nickname such as <c>@daily</c>.</summary>
    public required string Schedule { get; init; }

    /// <summary>
    /// The command, run by <c>/bin/sh</c>. Write percent signs as they are; the escapes that cron needs are added.
    /// </summary>
    public required Shell Command { get; init; }

    /// <summary>The user that runs the command; root by default.</summary>
    public string User { get; init; } = "root";

    /// <summary>
    /// Variables for the command, such as <c>MAILTO</c> and <c>PATH</c>. cron expands nothing in them. None by default.
    /// </summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => Name;

    string Path => $"/etc/cron.d/{Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!FileName().IsMatch(Name))
                yield return $"\"{Text.Excerpt(Name)}\" is not a valid name for a job: cron reads only files whose names are letters, "
                    + $"digits, dashes and underscores";
            foreach (var problem in CronSchedule.Problems(Schedule).Concat(PathProbe.Problems(User, null)))
                yield return problem;
            var command = Command.Text;
            if (command.Trim().Length == 0)
                yield return "its command is empty";
            if (command.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0)
                yield return "its command is more than one line, and cron takes one; put it into a script";
            if (BeforeSpecial().IsMatch(command))
                yield return "its command has a backslash before a percent sign or another backslash, which versions of cron read "
                    + "differently: write a percent sign as it is, and put anything else into a script";

            // The limit is MAX_COMMAND in cron.h of Vixie cron.
            if (Encoding.UTF8.GetByteCount(Escaped) > 998)
                yield return "its command is longer than the 998 bytes that cron takes; put it into a script";
            foreach (var (name, value) in Environment)
            {
                if (!Variable().IsMatch(name))
                    yield return $"\"{Text.Excerpt(name)}\" is not a valid name for a variable";
                if (
                    value.Any(c => c is '\n' or '\r' or '\0')
                    || (value.Contains('"', StringComparison.Ordinal) && value.Contains('\'', StringComparison.Ordinal))
                )
                    yield return $"the value of {name} has a line end or both kinds of quotes in it, which cron cannot take";
                if (value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])))
                    yield return $"the value of {name} begins or ends with a space, which cron takes away";
                if (Encoding.UTF8.GetByteCount(value) + name.Length > 990)
                    yield return $"the variable {name} is longer than the 1000 bytes that cron takes";
            }
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

    string Escaped => Command.Text.Trim().Replace("%", "\\%", StringComparison.Ordinal);

    string Lines =>
        $"""
            # Written by cfg: what is changed here is changed back.
            {string.Concat(
                Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable =>
                    $"{variable.Key}={Quoted(variable.Value)}\n"
                )
            )}{CronSchedule.Written(Schedule)} {User} {Escaped}

            """;

    static string Quoted(string value) => value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";

    /// <summary>cron ignores files that do not belong to root, and files that others may write.</summary>
    protected override PathState Desired => new("file", Lines, Owner: "root", Group: "root", Mode: "0644");

    PathProbe File => PathProbe.OfRoot(Path, Lines);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe =>
        new(Snippet(File.Probe.Script), output => File.Probe.Parse(Rest(output)))
        {
            Expecting = state =>
                File.Probe.Expecting?.Invoke(state) is var (script, answer)
                    ? (Snippet(script), answer is null ? null : $"user\n{answer}")
                    : default,
            Needs = output =>
                [
                    .. File.Probe.Needs(Rest(output)),
                    .. output.Stdout.Span.StartsWith("nobody\n"u8)
                        ? (Need[])[new(Aspect.User(User), $"the user {User} does not exist, and cron ignores jobs of such")]
                        : [],
                ],
        };

    Shell Snippet(Shell path) => $"cfg_is_user {User}\n{path}";

    static Output Rest(Output output) =>
        output.Stdout.Span.IndexOf((byte)'\n') is >= 0 and var end
        && output.Stdout.Span[..end] is var first
        && (first.SequenceEqual("user"u8) || first.SequenceEqual("nobody"u8))
            ? output with
            {
                Stdout = output.Stdout[(end + 1)..],
            }
            : throw new UnexpectedOutputException($"expected whether there is a user, got \"{Text.Excerpt(output.Text)}\"");

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) =>
        CronSchedule.IsEitherDay(Schedule)
            ? ["it runs on these days of the month and on these days of the week, not only on days that are both (crontab(5))"]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Operations(Path, diff);

    [GeneratedRegex("^[A-Za-z0-9_-]+\\z")]
    private static partial Regex FileName();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\\[\\%]")]
    private static partial Regex BeforeSpecial();
}
