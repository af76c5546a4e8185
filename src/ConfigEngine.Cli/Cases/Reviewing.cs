using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Cases;

/// <summary>
/// Goes through the pages that can be accepted, with those together that differ in the same lines. A group of several is accepted
/// only by its number, so that nobody accepts many pages with one key. Why is kept beside the pages.
/// </summary>
sealed class Reviewing(Terminal terminal)
{
    /// <summary>The file beside the pages that keeps when which pages were accepted, and why.</summary>
    public const string Reasons = "accepted.txt";

    /// <summary>Asks for each group.</summary>
    /// <returns>The results with the accepted pages.</returns>
    public TestResults Run(TestResults results)
    {
        if (!terminal.InIsTerminal)
            throw new UsageException("--review asks on a terminal, and there is none; accept pages by name: --accept");
        var groups = Groups(results.Open);
        HashSet<CaseResult> accepted = [];
        foreach (var (group, i) in groups.Select((group, i) => (group, i)))
        {
            terminal.Print([
                OutputLine.Empty,
                new(new Span($"{i + 1} of {groups.Count}: {Counts.Of(group.Count, "page")}: ", Ink.Bold), Text.List([.. Names(group)], 8)),
                .. TestText.Difference(group[0]),
            ]);
            terminal.Out.Flush();
            terminal.Error.Write(
                group.Count == 1 ? "Accept it? [y/N/q] " : $"To accept all {group.Count}, type {group.Count}; to stop, q: "
            );
            var said = terminal.In.ReadLine()?.Trim().ToLowerInvariant();
            if (said is null or "q")
                break;
            if (group.Count == 1 ? said is "y" or "yes" : Numbers.Parse(said) == group.Count)
            {
                Accept(group);
                accepted.UnionWith(group);
            }
        }

        return results.With(accepted);
    }

    void Accept(IReadOnlyList<CaseResult> group)
    {
        terminal.Error.Write($"Why (kept in {Reasons}; empty for no reason): ");
        var why = terminal.In.ReadLine()?.Trim() ?? "";
        foreach (var one in group)
            TestRun.Accept(one);
        if (why.Length > 0)
            foreach (var pages in group.GroupBy(one => Path.GetDirectoryName(one.Case.Recipe) ?? ""))
                File.AppendAllText(
                    Path.Combine(pages.Key, Reasons),
                    $"{Recorded.RecordedChoice.Today(terminal):yyyy-MM-dd}  {string.Join(", ", Names(pages))}: {Printable.Line(why)}\n"
                );
    }

    static IEnumerable<string> Names(IEnumerable<CaseResult> group) => group.Select(one => one.Case.Name);

    /// <summary>The pages, with those together that differ in the same lines, whatever is around them; the largest group first.</summary>
    public static IReadOnlyList<IReadOnlyList<CaseResult>> Groups(IReadOnlyList<CaseResult> open) =>
        [.. open.GroupBy(Cause).Select(group => (IReadOnlyList<CaseResult>)[.. group]).OrderByDescending(group => group.Count)];

    static string Cause(CaseResult one) =>
        string.Join(
            '\n',
            TestText
                .Difference(one)
                .Select(line => line.ToString())
                .Where(line => line is ['+' or '-', ..])
                // The name of the host, and the counts at the end, differ where the cause is the same.
                .Select(line => line.Replace(one.Case.Host, "HOST", StringComparison.Ordinal))
                .Where(line => !line.AsSpan(1).StartsWith("Plan: ", StringComparison.Ordinal))
        );
}
