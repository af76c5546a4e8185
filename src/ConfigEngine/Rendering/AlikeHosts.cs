using System.Text.RegularExpressions;

namespace ConfigEngine.Rendering;

/// <summary>
/// Hosts of which a plan says the same, but for the host's own name. What is the same is shown once; where lines differ by the name, each
/// host's own are shown.
/// </summary>
/// <param name="hosts">The hosts.</param>
sealed class AlikeHosts(IReadOnlyList<HostLines> hosts)
{
    const int Shown = 4;

    // No line holds a control character, so this is not part of one.
    const string OwnName = "\x01";

    /// <summary>Hosts in groups: those that are up to date first, those that could not be planned last.</summary>
    public static IEnumerable<AlikeHosts> Of(IEnumerable<HostLines> hosts) =>
        hosts
            .GroupBy(host => (host.HasError, Text: WithoutName(host)))
            .Select(group => new AlikeHosts([.. group]))
            .SelectMany(group => group.IsBetterApart ? group.Apart : [group])
            .OrderBy(group =>
                group.HaveErrors ? 2
                : group.AreUpToDate ? 0
                : 1
            );

    /// <summary>The groups of a plan.</summary>
    public static IEnumerable<AlikeHosts> Of(Plan plan, PlanTextOptions options) =>
        Of(
            plan.Hosts.Select(host => new HostLines(
                host.Host,
                host.System,
                host.Error is not null,
                HostText.Body(host, ErrorText.OfAny, options)
            )
            {
                Alone = host.Error is null ? null : HostText.Body(host, ErrorText.Of, options),
            })
        );

    /// <summary>Whether they are few, and most of their lines have their names, which would be shown for each of them anyway.</summary>
    bool IsBetterApart => hosts.Count <= Shown + 1 && Enumerable.Range(0, hosts[0].Lines.Count).Count(IsShared) * 2 < hosts[0].Lines.Count;

    IEnumerable<AlikeHosts> Apart => hosts.Select(host => new AlikeHosts([host]));

    /// <summary>Their names, in the order of the inventory.</summary>
    public IReadOnlyList<string> Names => [.. hosts.Select(host => host.Name)];

    /// <summary>Whether they could not be planned.</summary>
    public bool HaveErrors => hosts[0].HasError;

    /// <summary>Whether there is nothing to do on them.</summary>
    public bool AreUpToDate => hosts[0].Lines.Count == 0;

    /// <summary>Their systems: <c>Debian GNU/Linux 12, 13</c>; null where none is known.</summary>
    string? Systems
    {
        get
        {
            var all = hosts.Select(host => host.System).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
            return all switch
            {
                [] => null,
                [var one] => one,
                _ => string.Join(
                    ", ",
                    all.Select(system => system.Split(" (")[0])
                        .Distinct()
                        .GroupBy(system => system[..(system.LastIndexOf(' ') + 1)])
                        .Select(same => same.Key + string.Join(", ", same.Select(system => system[same.Key.Length..])))
                ),
            };
        }
    }

    /// <summary>How it is with them; where something is to be done, their systems; null where those are not known.</summary>
    public string? What =>
        HaveErrors ? "could not be planned"
        : AreUpToDate ? "up to date"
        : Systems is { } systems ? Printable.Line(systems)
        : null;

    /// <summary>Their names, and what they are; the lines below; and an empty line after those.</summary>
    public IEnumerable<OutputLine> Render(PlanTextOptions options)
    {
        Span name = new(HostList.Of(Names, options.Width, What), Ink.Bold);
        Span what = new($"  {What}", HaveErrors ? Ink.Failed : Ink.Dim);
        OutputLine whole = new(What is null ? [name] : [name, what]);
        return
        [
            .. options.Width is null || whole.Width <= options.Width ? (OutputLine[])[whole] : [new(name), new(what)],
            .. Lines(options),
            .. AreUpToDate ? (OutputLine[])[] : [OutputLine.Empty],
        ];
    }

    /// <summary>The lines below their names.</summary>
    public IEnumerable<OutputLine> Lines(PlanTextOptions options)
    {
        if (hosts is [{ Alone: { } alone }])
        {
            foreach (var line in alone)
                yield return line;
            yield break;
        }

        var (first, i) = (hosts[0].Lines, 0);
        while (i < first.Count)
        {
            if (IsShared(i))
            {
                yield return first[i++];
                continue;
            }

            var end = i;
            while (end < first.Count && !IsShared(end))
                end++;
            foreach (var line in Own(i..end, options))
                yield return line;
            i = end;
        }
    }

    bool IsShared(int line) => hosts.All(host => host.Lines[line].ToString() == hosts[0].Lines[line].ToString());

    IEnumerable<OutputLine> Own(Range lines, PlanTextOptions options)
    {
        var shown = options.Verbose || hosts.Count <= Shown + 1 ? hosts.Count : Shown;
        foreach (var host in hosts.Take(shown))
        {
            foreach (var line in host.Lines.Take(lines))
            {
                var indent = line.Spans.TakeWhile(span => string.IsNullOrWhiteSpace(span.Text)).Count();
                yield return new([.. line.Spans.Take(indent), new($"{Printable.Line(host.Name)}: ", Ink.Dim), .. line.Spans.Skip(indent)]);
            }
        }

        if (shown < hosts.Count)
            yield return new OutputLine(
                new Span($"… and so on for {hosts.Count - shown} more hosts, each with its own name; -v shows them", Ink.Dim)
            ).Indented(PlanText.AttributeColumn);
    }

    static string WithoutName(HostLines host)
    {
        var text = string.Join('\n', host.Lines);
        return text.Contains(host.Name, StringComparison.Ordinal)
            ? Regex.Replace(text, $@"(?<!\w)(?<!\w-){Regex.Escape(host.Name)}(?!\w|-\w)", OwnName, RegexOptions.CultureInvariant)
            : text;
    }
}

/// <summary>What a plan says of a host.</summary>
/// <param name="Name">The host.</param>
/// <param name="System">Its system, where it is known.</param>
/// <param name="HasError">Whether it could not be planned.</param>
/// <param name="Lines">The lines below its name; none where there is nothing to do.</param>
sealed record HostLines(string Name, string? System, bool HasError, IReadOnlyList<OutputLine> Lines)
{
    /// <summary>The same where no other host has the same; null where that makes no difference.</summary>
    public IReadOnlyList<OutputLine>? Alone { get; init; }
}
