using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// apt and dpkg: how packages are looked at and changed on Debian and its kin. Another package manager is another file
/// like this one.
/// </summary>
static partial class Apt
{
    /// <summary>How long another apt or dpkg is waited for.</summary>
    const long LockWaitSeconds = 600;

    /// <summary>Waits for others; what is left of the time is apt's own.</summary>
    public static Shell WaitForLocks { get; } = $"cfg_apt_locks {LockWaitSeconds}";

    /// <summary>The options of every transaction: nothing is asked, configuration files that were edited are kept.</summary>
    const string Options = "-y -q -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 --no-install-recommends --allow-downgrades --allow-change-held-packages";

    /// <summary>
    /// What is installed: <c>native|ARCH</c>, then a line <c>STATUS|WANT|VERSION|ARCH</c> for each architecture of the package, and
    /// what apt prefers, where that is asked. dpkg-query(1) exits with 1 where there is none, and with 2 where it cannot tell.
    /// </summary>
    public static Shell Probe(string name, bool withCandidate)
    {
        Shell installed = $$"""
            printf 'native|%s\n' "$cfg_native"
            dpkg-query -W -f='${db:Status-Status}|${db:Status-Want}|${Version}|${Architecture}\n' {{Bare(name)}} 2>/dev/null || [ $? = 1 ]
            """;
        return withCandidate ? $"{installed} || exit\napt-cache policy {name} | sed -n 's/^  Candidate: /candidate|/p'" : installed;
    }

    /// <summary>The host's own architecture, once for all packages.</summary>
    public static Shell Native { get; } = $"cfg_native=$(dpkg --print-architecture)";

    /// <summary>A name without its architecture.</summary>
    static string Bare(string name) => name.Split(':')[0];

    /// <summary>Reads the answer.</summary>
    public static Package.State? Parse(string name, Output output)
    {
        PackageVersion? candidate = null;
        Package.State? state = null;
        var wanted = name.Contains(':', StringComparison.Ordinal) ? name.Split(':')[1] : null;
        foreach (var line in output.Lines)
        {
            switch (line.Split('|'))
            {
                case ["native", var native]:
                    wanted ??= native;
                    break;
                case ["candidate", "(none)"]:
                    break;
                case ["candidate", var version]:
                    candidate = version;
                    break;
                case [_, _, _, var architecture] when architecture != wanted && architecture is not ("all" or ""):
                    break;
                case ["not-installed" or "config-files", var want, _, _]:
                    state ??= new(PackageVersion.None, want is "hold");
                    break;
                case ["installed", var want, var version, _]:
                    state = new(version, want is "hold");
                    break;
                case ["half-installed" or "unpacked" or "half-configured" or "triggers-awaited" or "triggers-pending", var want, var version, _]:
                    state = new($"{version} (not configured)", want is "hold") { Unfinished = version };
                    break;
                default:
                    throw new UnexpectedOutputException($"expected a status of dpkg, got \"{Text.Excerpt(line)}\"");
            }
        }

        if (wanted is null)
            throw new UnexpectedOutputException("expected a status of dpkg, got nothing");
        return (state ?? new(PackageVersion.None, false)) with { Candidate = candidate };
    }

    /// <summary>
    /// A part of a transaction: <c>nginx</c>, <c>nginx=1.22.1-9</c> or <c>nginx-</c>, as apt-get(8) takes them. What is to be held
    /// afterwards has a bar and <c>hold</c> behind it: apt itself lets go of what it changes.
    /// </summary>
    public static Operation Transaction(string item) => Together([item]) with
    {
        Batch = new("apt", item, Together)
        {
            Preview = items => $$"""
                cfg_said=$(apt-get -s {{Shell.Verbatim(Options)}} install -- {{items.Select(Argument)}} 2>&1) ||
                  { printf '%s\n' "$cfg_said" | grep -v -e '^NOTE: ' -e '^  *apt-get needs' -e '^  *Keep also' -e '^  *so don' -e '^Reading ' -e '^Building ' -e '^Some packages could' -e '^requested an' -e '^distribution that' -e '^or been moved' -e '^The following information' -e '^$' >&2; exit 1; }
                printf '%s\n' "$cfg_said"
                """,
            Refine = Refine,
            Hint = said => said.Contains("Unable to locate", StringComparison.Ordinal) || said.Contains("no installation candidate", StringComparison.Ordinal) || said.Contains("was not found", StringComparison.Ordinal)
                ? "apt goes by its index: declare a PackageIndex, or the AptRepository that has it, before this line"
                : null,
        },
    };

    /// <summary>Lets a package be held, or no longer.</summary>
    public static Operation Hold(string name, bool held) => new($"{WaitForLocks}\napt-mark {Shell.Verbatim(held ? "hold" : "unhold")} {name}") { Title = $"$ apt-mark {(held ? "hold" : "unhold")} {name}" };

    static string Argument(string item) => item.Split('|')[0];

    static Operation Together(IReadOnlyList<string> items)
    {
        Shell install = $"{WaitForLocks}\napt-get {Shell.Verbatim(Options)} -o DPkg::Lock::Timeout={LockWaitSeconds} install -- {items.Select(Argument)}";
        string[] held = [.. items.Where(item => item.EndsWith("|hold", StringComparison.Ordinal)).Select(item => Argument(item).Split('=')[0])];
        return new(held.Length == 0 ? install : (Shell)$"{install}\napt-mark hold {held}")
        {
            Deadline = TimeSpan.FromHours(1),
            Uncut = true,
            Title = $"$ apt-get install {string.Join(' ', items.Select(Argument))}" + (held.Length == 0 ? "" : $", and apt-mark hold {string.Join(' ', held)}"),
        };
    }

    /// <summary>Writes the versions that apt would take into the changes, and what it would do besides.</summary>
    static IReadOnlyList<Change> Refine(IReadOnlyList<Change> changes, Output preview)
    {
        var lines = preview.Lines;
        List<Action> installs = [.. lines.Select(line => Installs().Match(line)).Where(match => match.Success)
            .Select(match => new Action(match.Groups["name"].Value, match.Groups["arch"].Value, match.Groups["old"].Value, match.Groups["new"].Value))];
        var others = installs.Where(install => !changes.Any(change => install.Is(change.Key))).ToList();
        var removes = lines.Select(line => Removes().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).ToHashSet();
        var named = changes.Select(change => change.Key).ToHashSet();

        var downgraded = lines.SkipWhile(line => !line.EndsWith(" will be DOWNGRADED:", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith(' '))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Bare).ToHashSet();

        IReadOnlyList<Effect> effects =
        [
            .. others.Select(install => EffectOf(install, downgraded)),
            .. removes.Where(name => !named.Contains(name)).Select(name => new Effect(EffectKind.Removes, name)),
        ];
        return [.. changes.Select((change, i) => Refine(change, installs) with
        {
            Effects = [.. change.Effects, .. installs.Where(install => install.Is(change.Key) && downgraded.Contains(install.Name)).Select(install => EffectOf(install, downgraded)), .. i == 0 ? effects : []],
        })];
    }

    static Effect EffectOf(Action install, HashSet<string> downgraded) => install.Old is ""
        ? new(EffectKind.Installs, install.Name) { Detail = install.New }
        : new(downgraded.Contains(install.Name) ? EffectKind.Downgrades : EffectKind.Upgrades, install.Name) { Detail = $"{install.Old} → {install.New}" };

    /// <summary>A package that apt would unpack. It writes the architecture with the name only where that is a foreign one.</summary>
    sealed record Action(string Name, string Architecture, string Old, string New)
    {
        public bool Is(string key) => key == Name || (Bare(key) == Bare(Name) && key.Contains(':', StringComparison.Ordinal) && key.Split(':')[1] == Architecture);
    }

    static Change Refine(Change change, List<Action> installs)
    {
        if (change.Certainty is not Certainty.Unknown || installs.Find(install => install.Is(change.Key)) is not { } install)
            return change;
        return change with
        {
            Certainty = Certainty.Exact,
            Because = null,
            Attributes = [.. change.Attributes.Select(attribute => attribute.After is PackageVersion { IsKnown: false } ? attribute with { After = (PackageVersion)install.New } : attribute)],
            Operations = [.. change.Operations.Select(operation => operation.Batch is { } batch ? Transaction($"{change.Key}={install.New}{(batch.Item.EndsWith("|hold", StringComparison.Ordinal) ? "|hold" : "")}") : operation)],
        };
    }

    /// <summary>Whether it can be a version, or is one of the words for one (Debian Policy 5.6.12).</summary>
    public static bool IsVersion(PackageVersion version) =>
        version == PackageVersion.None || version == PackageVersion.Any || version == PackageVersion.Latest || VersionText().IsMatch(version.ToString());

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+:~-]*\z")]
    private static partial Regex VersionText();

    [GeneratedRegex(@"^Inst (?<name>\S+)(?: \[(?<old>[^\]]+)\])? \((?<new>\S+) .*\[(?<arch>[^\]]+)\]\)")]
    private static partial Regex Installs();

    [GeneratedRegex(@"^(?:Remv|Purg) (?<name>\S+)")]
    private static partial Regex Removes();
}
