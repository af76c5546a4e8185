using System.Text.RegularExpressions;

namespace ConfigEngine.Cli.Cases;

/// <summary>
/// The digests of the plans behind the accepted pages of a directory, in one file beside them: a line for each page. A page whose words
/// are new, and whose plan is still the one of its line, differs in cfg's own wording only. Lines that are none, as a merge may leave,
/// are passed over: a page without a digest is read by somebody.
/// </summary>
static partial class PlanDigests
{
    /// <summary>The file.</summary>
    public const string Name = "verified.plans.txt";

    const string Head = """
        # Digests of the plans behind the accepted pages. cfg test writes this file; commit it with the pages.
        # Where a change leaves a page's line alone, the plan is still the same, and only words of the page differ.

        """;

    /// <summary>The digests by the names of cases.</summary>
    public static Dictionary<string, string> Read(string directory)
    {
        Dictionary<string, string> digests = new(StringComparer.Ordinal);
        foreach (Match line in Line().Matches(Pages.Read(PathIn(directory)) ?? ""))
            digests[line.Groups["case"].Value] = line.Groups["digest"].Value;
        return digests;
    }

    /// <summary>Keeps the digests of the pages that are accepted, and drops those of pages that are gone.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Update(TestResults results)
    {
        foreach (var pages in results.Cases.GroupBy(one => Path.GetDirectoryName(one.Case.Recipe) ?? ""))
        {
            var digests = Read(pages.Key);
            foreach (var one in pages.Where(one => one is { Outcome: Outcome.Passed, Digest: not null }))
                digests[one.Case.Name] = one.Digest ?? "";
            foreach (
                var gone in digests.Keys.Where(name => !File.Exists(Path.Combine(pages.Key, name + TestCase.VerifiedEnding))).ToList()
            )
                digests.Remove(gone);
            var text =
                Head + string.Concat(digests.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}\n"));
            if (digests.Count > 0 && Pages.Read(PathIn(pages.Key)) != text)
                Pages.Write(PathIn(pages.Key), text);
        }
    }

    static string PathIn(string directory) => Path.Combine(directory, Name);

    [GeneratedRegex(@"^(?<case>[^\s#<=>][^\n]*) (?<digest>[0-9a-f]{32})$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
