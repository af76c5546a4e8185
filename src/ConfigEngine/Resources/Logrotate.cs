using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// How logs are rotated: a file in /etc/logrotate.d. logrotate(8) checks it together with all other files, as it will read them, before it
/// replaces the old one. What is left out here is as /etc/logrotate.conf has it. To remove one, use <see cref="NoPath"/>:
/// <c>new NoPath("/etc/logrotate.d/app")</c>.
/// </summary>
/// <theme>system</theme>
/// <example>
/// <code>
/// new Logrotate("app")
/// {
///     Paths = ["/var/log/app/*.log"],
///     Every = LogrotateEvery.Day,
///     Keep = 14,
///     Compress = true,
///     PostRotate = $"systemctl kill --signal HUP {"app.service"}",
/// }
/// </code>
/// </example>
/// <param name="Name">The file's name: letters, digits, dashes and underscores.</param>
public sealed partial record Logrotate(string Name) : Resource<PathState>
{
    /// <summary>The logs: absolute paths, which may have wildcards in their last parts.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>How often a log is rotated; as in /etc/logrotate.conf when null.</summary>
    public LogrotateEvery? Every { get; init; }

    /// <summary>How many old logs are kept; 0 keeps none. As in /etc/logrotate.conf when null.</summary>
    public int? Keep { get; init; }

    /// <summary>How many days old logs are kept; no limit when null.</summary>
    public int? KeepDays { get; init; }

    /// <summary>The size from which on a log is rotated, whatever the time; no such size when null.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The size below which a log is not rotated, even when it is time; no such size when null.</summary>
    public ByteSize? MinSize { get; init; }

    /// <summary>The size from which on a log is rotated even before it is time; no such size when null.</summary>
    public ByteSize? MaxSize { get; init; }

    /// <summary>Whether old logs are compressed; as in /etc/logrotate.conf when null.</summary>
    public bool? Compress { get; init; }

    /// <summary>Whether that is done one rotation later, for programs that still write; as in /etc/logrotate.conf when null.</summary>
    public bool? DelayCompress { get; init; }

    /// <summary>
    /// Whether a log is copied and then emptied in its place, for programs that cannot open it again; lines may be lost. As in
    /// /etc/logrotate.conf when null.
    /// </summary>
    public bool? CopyTruncate { get; init; }

    /// <summary>Whether an empty log is rotated, too; as in /etc/logrotate.conf when null, which is yes without it.</summary>
    public bool? RotateEmpty { get; init; }

    /// <summary>Whether a log that is not there is an error; not by default.</summary>
    public bool MustExist { get; init; }

    /// <summary>Whether old logs have a date in their names, and not a number; as in /etc/logrotate.conf when null.</summary>
    public bool? Dated { get; init; }

    /// <summary>The form of that date, such as <c>-%Y%m%d</c>; logrotate's own when null.</summary>
    public string? DateFormat { get; init; }

    /// <summary>
    /// The mode of the new, empty log that is made after a rotation; when null, whether one is made is as in /etc/logrotate.conf.
    /// </summary>
    public Mode? Mode { get; init; }

    /// <summary>The owner of the new log; that of the old one when null. It needs a <see cref="Mode"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>The group of the new log; that of the old one when null. It needs an <see cref="Owner"/>.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// The user who rotates, for logs in a directory that others can write (<c>su</c>); root when null. It needs a <see
    /// cref="RotateGroup"/>.
    /// </summary>
    public string? RotateUser { get; init; }

    /// <summary>The group of that user; root when null.</summary>
    public string? RotateGroup { get; init; }

    /// <summary>Whether the commands below run once for all logs, and not for each; as in /etc/logrotate.conf when null.</summary>
    public bool? SharedScripts { get; init; }

    /// <summary>A command before a rotation; if it fails, the log is not rotated. None when null.</summary>
    public Shell? PreRotate { get; init; }

    /// <summary>A command after a rotation, such as to have a program open its log again. None when null.</summary>
    public Shell? PostRotate { get; init; }

    /// <summary>Other lines of logrotate.conf(5), such as <c>olddir /var/log/old</c>. None by default.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => Name;

    string Path => $"/etc/logrotate.d/{Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!ValidName().IsMatch(Name))
                yield return $"\"{Text.Excerpt(Name)}\" is not a name for a file of logrotate: letters, digits, dashes and underscores";
            if (Paths.Count == 0)
                yield return "it has no Paths";
            foreach (
                var path in Paths.Where(path =>
                    !path.StartsWith('/') || path.Any(c => char.IsControl(c) || c is '"' or '\\' or '{' or '}')
                )
            )
                yield return $"\"{Text.Excerpt(path)}\" is not the path of a log: an absolute path without quotes, braces and backslashes";
            foreach (var (name, number) in ((string, int?)[])[(nameof(Keep), Keep), (nameof(KeepDays), KeepDays)])
            {
                if (number is < 0)
                    yield return $"its {name} is less than 0";
            }

            foreach (var size in ((ByteSize?[])[Size, MinSize, MaxSize]).Where(size => size is { Bytes: <= 0 }))
                yield return $"a size of {size?.Bytes} bytes is not more than 0";
            if (Size is not null && (MinSize ?? MaxSize) is not null)
                yield return "a Size is without MinSize and MaxSize: it is about the size alone";
            if (DateFormat is not null && !ValidFormat().IsMatch(DateFormat))
                yield return $"\"{Text.Excerpt(DateFormat)}\" is not a date for the name of a file, such as -%Y%m%d";
            foreach (var problem in PathProbe.Problems(Owner, Group).Concat(PathProbe.Problems(RotateUser, RotateGroup)))
                yield return problem;
            if ((Owner is not null && Mode is null) || (Group is not null && Owner is null))
                yield return "the new log has a Mode, then an Owner, and then a Group";
            if (RotateUser is null != RotateGroup is null)
                yield return "it needs both RotateUser and RotateGroup, or none of them";
            if (CopyTruncate is true && Mode is not null)
                yield return "with CopyTruncate the log stays where it is, and no new one is made";
            foreach (var script in ((Shell?[])[PreRotate, PostRotate]).OfType<Shell>())
            {
                if (
                    script.Text.Split('\n').Any(line => line.Trim() is "endscript" or "")
                    || script.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
                )
                    yield return "a command has no empty line, no line that says endscript, and no control characters";
            }

            foreach (var line in More.Where(line => line.Trim().Length == 0 || line.Any(c => char.IsControl(c) || c is '{' or '}')))
                yield return $"\"{Text.Excerpt(line)}\" is not one line of logrotate.conf(5)";
        }
    }

    Content Wanted
    {
        get
        {
            List<string?> lines =
            [
                Every switch
                {
                    LogrotateEvery.Hour => "hourly",
                    LogrotateEvery.Day => "daily",
                    LogrotateEvery.Week => "weekly",
                    LogrotateEvery.Month => "monthly",
                    LogrotateEvery.Year => "yearly",
                    _ => null,
                },
                Keep is { } keep ? $"rotate {keep}" : null,
                KeepDays is { } days ? $"maxage {days}" : null,
                Size is { } size ? $"size {size.Bytes}" : null,
                MinSize is { } least ? $"minsize {least.Bytes}" : null,
                MaxSize is { } most ? $"maxsize {most.Bytes}" : null,
                MustExist ? "nomissingok" : "missingok",
                Flag(RotateEmpty, "ifempty", "notifempty"),
                Flag(Compress, "compress", "nocompress"),
                Flag(DelayCompress, "delaycompress", "nodelaycompress"),
                Flag(CopyTruncate, "copytruncate", "nocopytruncate"),
                Flag(Dated, "dateext", "nodateext"),
                DateFormat is null ? null : $"dateformat {DateFormat}",
                Mode is { } mode ? $"create {mode} {Owner} {Group}".TrimEnd() : null,
                RotateUser is null ? null : $"su {RotateUser} {RotateGroup}",
                Flag(SharedScripts, "sharedscripts", "nosharedscripts"),
                .. More,
                .. Script("prerotate", PreRotate),
                .. Script("postrotate", PostRotate),
            ];
            return "# Written by cfg: what is changed here is changed back.\n"
                + $"{string.Join(' ', Paths.Select(path => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path))} {{\n"
                + string.Concat(lines.OfType<string>().Select(line => $"    {line}\n"))
                + "}\n";
        }
    }

    static string? Flag(bool? flag, string yes, string no) =>
        flag switch
        {
            true => yes,
            false => no,
            null => null,
        };

    static IEnumerable<string> Script(string word, Shell? script) =>
        script is null ? [] : [word, .. script.Text.Split('\n').Select(line => $"    {line}"), "endscript"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [.. Claim.Owners(Owner, Group), .. Claim.Owners(RotateUser, RotateGroup)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path), Aspect.Tool("logrotate")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file", Wanted, null, "root", "root", "0644");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => PathProbe.OfRoot(Path, Wanted).Probe with { Tools = ["logrotate"] };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}\z")]
    private static partial Regex ValidName();

    [GeneratedRegex(@"^[A-Za-z0-9_%.-]+\z")]
    private static partial Regex ValidFormat();
}

/// <summary>How often logs are rotated.</summary>
public enum LogrotateEvery
{
    /// <summary>Each hour, if logrotate itself runs that often.</summary>
    Hour,

    /// <summary>Each day.</summary>
    Day,

    /// <summary>Each week.</summary>
    Week,

    /// <summary>Each month.</summary>
    Month,

    /// <summary>Each year.</summary>
    Year,
}
