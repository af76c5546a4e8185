using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// apk: how packages are probed and changed on Alpine. The wanted packages are listed in /etc/apk/world, and a version that is
/// written there is called held here. A package that is not listed and that no other package needs is removed with the package that
/// needed it.
/// </summary>
sealed partial class Apk : PackageTool
{
    const string Add = "add";
    const string Delete = "del";

    /// <inheritdoc/>
    public override string Name => "apk";

    /// <inheritdoc/>
    public override string Command => "apk";

    /// <inheritdoc/>
    public override string Update => "apk update";

    /// <inheritdoc/>
    public override Shell Refresh => $"cfg_apk_update";

    /// <inheritdoc/>
    public override string WayToIndex =>
        "check the spelling, or declare a PackageIndex or the line of /etc/apk/repositories that has it before this line";

    /// <inheritdoc/>
    public override Package.State Parse(string name, PackageVersion wanted, Output output)
    {
        Package.State? installed = null;
        List<(string Version, string Provider)> providers = [];
        var (candidate, isAnswer) = ((string?)null, false);
        foreach (var line in output.Lines)
        {
            switch (line.Split('|'))
            {
                case ["apk", _]:
                    isAnswer = true;
                    break;
                case ["candidate", var version]:
                    candidate = version;
                    break;
                case ["installed", var want, var version, _]:
                    installed = Package.State.Installed(version, want is "hold");
                    break;
                case ["provided", _, var version, _, var provider]:
                    providers.Add((version, provider));
                    break;
                default:
                    throw new UnexpectedOutputException($"expected what apk has of a package, got \"{Text.Excerpt(line)}\"");
            }
        }

        if (!isAnswer)
            throw new UnexpectedOutputException("expected what apk has of a package, got nothing");
        var state =
            installed
            ?? (
                providers.Count == 0
                    ? new(PackageVersion.NotInstalled, false)
                    : Package.State.Installed(
                        $"provided by {string.Join(", ", providers.Select(each => $"{each.Provider} {each.Version}"))}",
                        false
                    ) with
                    {
                        Providers = [.. providers.Select(each => each.Provider)],
                    }
            );
        return state with { Tool = this, Candidate = candidate is null ? installed?.Version?.Value : (PackageVersion)candidate };
    }

    /// <inheritdoc/>
    public override Operation Transaction(string item)
    {
        var verb = PackageItem.Argument(item).EndsWith('-') ? Delete : Add;
        return Together(verb, [item]) with
        {
            Batch = new($"apk {verb}", item, items => Together(verb, items))
            {
                Simulate = items => $"cfg_apk_simulation {verb} {Arguments(items)}",
                Refine = (changes, simulation) => PackageSimulation.Refine(this, changes, Read(simulation.Lines)),
                Hint = said => said.Contains("no such package", StringComparison.Ordinal) ? WayToIndex : null,
            },
        };
    }

    /// <inheritdoc/>
    public override Simulated Upgraded(Output output) =>
        Read([.. output.Lines.Skip(1)]) with
        {
            CannotSecurity = output.Lines.Contains("security|no") ? "apk does not tell which upgrades are about security" : null,
        };

    /// <inheritdoc/>
    public override Operation Upgrade(Simulated does, IReadOnlyList<string>? named) =>
        new($"cfg_apk_upgrade_now")
        {
            Deadline = TimeSpan.FromHours(2),
            Uncut = true,
            TellsFirstWrite = true,
            Title = "$ apk upgrade",
        };

    /// <inheritdoc/>
    public override Operation Hold(IReadOnlyList<string> names) =>
        new($"cfg_apk_hold hold {names}")
        {
            TellsFirstWrite = true,
            Title = $"$ apk add {string.Join(' ', names)}, each in the version that is there",
        };

    /// <inheritdoc/>
    public override Operation Unhold(IReadOnlyList<string> names) =>
        new($"cfg_apk_hold unhold {names}") { TellsFirstWrite = true, Title = $"$ apk add {string.Join(' ', names)}, in any version" };

    static Operation Together(string verb, IReadOnlyList<string> items)
    {
        string[] free =
        [
            .. items
                .Where(item => !PackageItem.Has(item, "hold") && PackageItem.Argument(item).Contains('='))
                .Select(item => PackageItem.Argument(item).Split('=')[0]),
        ];
        return new($"cfg_apk_install {verb} {string.Join(' ', free)} {Arguments(items)}")
        {
            Deadline = TimeSpan.FromHours(1),
            Uncut = true,
            TellsFirstWrite = true,
            Title = $"$ apk {verb} {string.Join(' ', Arguments(items))}",
        };
    }

    static IEnumerable<string> Arguments(IReadOnlyList<string> items) => items.Select(item => PackageItem.Argument(item).TrimEnd('-'));

    static Simulated Read(IReadOnlyList<string> lines)
    {
        var alone = lines.Where(line => line.StartsWith("alone|", StringComparison.Ordinal)).Select(line => line.Split('|', 3)).ToList();
        var will = lines.Select(line => Step().Match(line)).Where(match => match.Success).Select(match => match.Groups).ToList();
        var byItem = alone.Select(line => (Item: line[1], Step: Step().Match(line[2]).Groups)).ToList();
        return new()
        {
            Unpacked =
            [
                .. will.Where(step => step["verb"].Value is not "Purging")
                    .Select(step => new PackageNow(step["name"].Value, "", step["old"].Value, step["new"].Value)),
            ],
            Removed = [.. will.Where(step => step["verb"].Value is "Purging").Select(step => step["name"].Value)],
            Downgraded = will.Where(step => step["verb"].Value is "Downgrading").Select(step => step["name"].Value).ToHashSet(),
            Removers = byItem
                .Where(each => each.Step["verb"].Value is "Purging")
                .ToLookup(each => each.Step["name"].Value, each => each.Item),
            Bringers = byItem
                .Where(each => each.Step["verb"].Value is not "Purging" && each.Step["name"].Value != each.Item.Split('=')[0])
                .DistinctBy(each => each.Step["name"].Value)
                .ToDictionary(each => each.Step["name"].Value, each => each.Item.Split('=')[0]),
        };
    }

    [GeneratedRegex(@"^\([0-9]+/[0-9]+\) (?<verb>[A-Z][a-z]+) (?<name>\S+) \((?:(?<old>\S+) -> )?(?<new>\S+)\)\s*\z")]
    private static partial Regex Step();
}
