using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

// What a transaction would do, by apt's own simulation.
sealed partial class Apt
{
    static Simulated Read(IReadOnlyList<string> lines)
    {
        List<PackageNow> unpacked =
        [
            .. All(lines, Unpacks())
                .Select(match => new PackageNow(match["name"].Value, match["arch"].Value, match["old"].Value, match["new"].Value)),
        ];
        return new()
        {
            Unpacked = unpacked,
            Configured = [.. All(lines, Configures()).Select(match => (match["name"].Value, match["new"].Value))],
            Removed = [.. All(lines, Removes()).Select(match => match["name"].Value)],
            Removers = All(lines, RemovesAlone()).ToLookup(match => match["name"].Value, match => match["item"].Value),
            Selected = All(lines, Provides())
                .Where(match => unpacked.Exists(one => one.Is(match["name"].Value)))
                .DistinctBy(match => match["virtual"].Value)
                .ToDictionary(match => match["virtual"].Value, match => match["name"].Value),
            Bringers = All(lines, Brings())
                .DistinctBy(match => match["name"].Value)
                .ToDictionary(match => match["name"].Value, match => match["by"].Value),
            Downgraded = Section(lines, "The following packages will be DOWNGRADED:"),
            Held = Section(lines, "The following held packages will be changed:"),
        };
    }

    static IEnumerable<GroupCollection> All(IReadOnlyList<string> lines, Regex regex) =>
        lines.Select(line => regex.Match(line)).Where(match => match.Success).Select(match => match.Groups);

    static HashSet<string> Section(IReadOnlyList<string> lines, string heading) =>
        [
            .. lines
                .SkipWhile(line => line != heading)
                .Skip(1)
                .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];

    [GeneratedRegex(@"^Inst (?<name>\S+)(?: \[(?<old>[^\]]+)\])? \((?<new>\S+) .*\[(?<arch>[^\]]+)\]\)")]
    private static partial Regex Unpacks();

    [GeneratedRegex(@"^Conf (?<name>\S+) \((?<new>\S+) ")]
    private static partial Regex Configures();

    [GeneratedRegex(@"^(?:Remv|Purg) (?<name>\S+)")]
    private static partial Regex Removes();

    [GeneratedRegex(@"^alone\|(?<name>[^|]+)\|(?<item>.+)\z")]
    private static partial Regex RemovesAlone();

    [GeneratedRegex(@"^provides\|(?<virtual>[^|]+)\|(?<name>.+)\z")]
    private static partial Regex Provides();

    [GeneratedRegex(@"^\s*Installing (?<name>[^:\s]+)\S* as \S+ of (?<by>[^:\s]+)")]
    private static partial Regex Brings();
}
