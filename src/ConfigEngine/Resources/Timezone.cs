using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// The time zone: the link /etc/localtime (localtime(5)), and /etc/timezone where the host has one (Debian up to 12).
/// </summary>
/// <theme>system</theme>
/// <example><code>new Timezone("Europe/Berlin")</code></example>
/// <param name="Zone">A zone in the host's tz database, such as <c>Etc/UTC</c>.</param>
public sealed partial record Timezone(string Zone) : Resource<Timezone.State>
{
    const string Link = "/etc/localtime";
    const string Name = "/etc/timezone";
    const string Zones = "/usr/share/zoneinfo/";

    /// <summary>A host has one time zone, so the key is always the same.</summary>
    public override string Key => "of the host";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Valid().IsMatch(Zone) ? [] : [$"\"{Text.Excerpt(Zone)}\" is not a valid time zone; it is written like Europe/Berlin or Etc/UTC"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Link), Aspect.Path(Name), Aspect.Path(Zones + Zone)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Link), Aspect.Path(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => Writes;

    /// <summary>What a plan compares.</summary>
    /// <param name="Zone">The zone that /etc/localtime points to, or the type of that file if it is not a link.</param>
    /// <param name="TimezoneFile">The content of /etc/timezone, if it exists.</param>
    public sealed record State(string? Zone, string? TimezoneFile);

    /// <inheritdoc/>
    protected override State Desired => new(Zone, Zone);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_timezone {Zone}", Parse)
        {
            Needs = output =>
                AnswerHead.Split(output, 1).Lines[0] is "unknown"
                    ?
                    [
                        new(Aspect.Path(Zones + Zone), $"the host has no time zone {Zone}")
                        {
                            Hint = "check the spelling, and that tzdata is installed",
                        },
                    ]
                    : [],
        };

    /// <summary>Three lines of the probe's own, and then the whole file.</summary>
    static State Parse(Output output)
    {
        var (lines, file) = AnswerHead.Split(output, 3);
        return (lines[0], lines[2]) switch
        {
            ("known" or "unknown", "file") => new(ZoneOf(lines[1].TrimEnd(' ')), ByteText.Decode(file.Stdout.Span).TrimEnd('\n')),
            ("known" or "unknown", "nofile") when file.Stdout.IsEmpty => new(ZoneOf(lines[1].TrimEnd(' ')), null),
            _ => throw new UnexpectedOutputException($"expected the time zone, got \"{Text.Excerpt(string.Join('\n', lines))}\""),
        };
    }

    static string? ZoneOf(string link) =>
        link.Length == 0 ? null
        : link.IndexOf(Zones[1..], StringComparison.Ordinal) is >= 0 and var at ? link[(at + Zones.Length - 1)..]
        : link;

    /// <inheritdoc/>
    protected override State Towards(State? actual) => Desired with { TimezoneFile = actual?.TimezoneFile is null ? null : Zone };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        ["programs that run already, such as cron, keep the old zone until they are restarted"];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Zone))
            yield return LinkWrite.To(Link, Zones + Zone);
        if (diff.Changes(s => s.TimezoneFile))
            yield return FileWrite.Whole(Name, $"{Zone}\n");
    }

    [GeneratedRegex("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*\\z")]
    private static partial Regex Valid();
}
