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
    const string Options =
        "-y -q -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 --no-install-recommends "
        + "--allow-downgrades --allow-change-held-packages";

    /// <summary>What is installed, and what apt prefers, where that is asked.</summary>
    public static Shell Probe(string name, bool withCandidate) => $"cfg_package {name} {Bare(name)} {(withCandidate ? "candidate" : "")}";

    /// <summary>What the questions about packages have in common, once for all.</summary>
    public static Shell Shared { get; } = Shell.Verbatim(Script.OfProbe("packages"));

    /// <summary>A name without its architecture.</summary>
    static string Bare(string name) => name.Split(':')[0];

    /// <summary>Reads the answer.</summary>
    public static Package.State? Parse(string name, Output output)
    {
        PackageVersion? candidate = null;
        Package.State? state = null;
        List<(string Name, string Version, bool Held)> providers = [];
        var (interrupted, owed) = (false, false);
        var wanted = name.Contains(':', StringComparison.Ordinal) ? name.Split(':')[1] : null;
        foreach (var line in output.Lines)
        {
            switch (line.Split('|'))
            {
                case ["native", var native]:
                    wanted ??= native;
                    break;
                case ["interrupted", ""]:
                    interrupted = true;
                    break;
                case ["hold-owed", ""]:
                    owed = true;
                    break;
                case ["candidate", "(none)"]:
                    break;
                case ["candidate", var version]:
                    candidate = version;
                    break;
                case ["provided", var want, var version, var provider]:
                    providers.Add((provider, version, want is "hold"));
                    break;
                case [_, _, _, var architecture] when architecture != wanted && architecture is not ("all" or ""):
                    break;
                case ["not-installed" or "config-files", var want, _, _]:
                    state ??= new(PackageVersion.None, want is "hold");
                    break;
                case ["installed", var want, var version, _]:
                    state = new(version, want is "hold");
                    break;
                case ["half-installed" or "unpacked" or "half-configured", var want, var version, _]:
                    state = new($"{version} (not configured)", want is "hold") { Unfinished = version };
                    break;
                case ["triggers-awaited" or "triggers-pending", var want, var version, _]:
                    state = new($"{version} (triggers pending)", want is "hold") { Unfinished = version, HasTriggers = true };
                    break;
                default:
                    throw new UnexpectedOutputException($"expected a status of dpkg, got \"{Text.Excerpt(line)}\"");
            }
        }

        if (wanted is null)
            throw new UnexpectedOutputException("expected a status of dpkg, got nothing");
        state ??= new(PackageVersion.None, false);
        if (providers.Count > 0 && state.Version == PackageVersion.None)
            state = new(
                $"provided by {string.Join(", ", providers.Select(one => $"{one.Name} {one.Version}"))}",
                providers.TrueForAll(one => one.Held)
            )
            {
                Providers = [.. providers.Select(one => one.Name)],
            };
        return state with { Candidate = candidate, Interrupted = interrupted, HoldOwed = owed && state.Version != PackageVersion.None };
    }

    /// <summary>
    /// A part of a transaction: an argument as apt-get(8) takes it (<c>nginx</c>, <c>nginx=1.22.1-9</c>, <c>nginx-</c>), and, each after a
    /// bar, what goes with it: <c>hold</c> it afterwards, because apt lets go of what it changes; <c>let</c> it go; <c>first</c> have
    /// dpkg configure what it left half done.
    /// </summary>
    public static Operation Transaction(string item) =>
        Together([item]) with
        {
            Batch = new("apt", item, Together)
            {
                Preview = items => $"cfg_preview {Options} {items.Select(Argument)}",
                Refine = Refine,
                Hint = said =>
                    said.Contains("is a virtual package provided by", StringComparison.Ordinal)
                        ? "a virtual package has no version of its own: declare one of those that provide it"
                    : said.Contains("Unable to locate", StringComparison.Ordinal)
                    || said.Contains("no installation candidate", StringComparison.Ordinal)
                    || said.Contains("was not found", StringComparison.Ordinal)
                        ? "apt goes by its index: declare a PackageIndex, or the AptRepository that has it, before this line"
                    : null,
            },
        };

    /// <summary>Lets packages be held, or no longer.</summary>
    public static Operation Hold(IReadOnlyList<string> names, bool held) =>
        new($"cfg_apt_hold {(held ? "hold" : "unhold")} {names}")
        {
            TellsFirstWrite = true,
            Title = $"$ apt-mark {(held ? "hold" : "unhold")} {string.Join(' ', names)}",
        };

    static string Argument(string item) => item.Split('|')[0];

    static bool Has(string item, string flag) => item.Split('|').Skip(1).Contains(flag);

    static string[] Named(IEnumerable<string> items, string flag) =>
        [.. items.Where(item => Has(item, flag)).Select(item => Argument(item).Split('=')[0])];

    static Operation Together(IReadOnlyList<string> items)
    {
        var held = Named(items, "hold");
        var isFirst = items.Any(item => Has(item, "first"));
        return new(
            $"cfg_apt_install {string.Join(' ', held)} {string.Join(' ', Named(items, "let"))} {(isFirst ? "configure" : "")} "
                + $"{Shell.Verbatim(Options)} -o DPkg::Lock::Timeout={LockWaitSeconds} install -- {items.Select(Argument)}"
        )
        {
            Deadline = TimeSpan.FromHours(1),
            Uncut = true,
            TellsFirstWrite = true,
            Title =
                $"$ {(isFirst ? "dpkg --configure -a, then " : "")}apt-get install {string.Join(' ', items.Select(Argument))}"
                + (held.Length == 0 ? "" : $", and apt-mark hold {string.Join(' ', held)}"),
        };
    }

    /// <summary>Whether it can be a version, or is one of the words for one (Debian Policy 5.6.12).</summary>
    public static bool IsVersion(PackageVersion version) =>
        version == PackageVersion.None
        || version == PackageVersion.Any
        || version == PackageVersion.Latest
        || VersionText().IsMatch(version.ToString());

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+:~-]*\z")]
    private static partial Regex VersionText();
}
