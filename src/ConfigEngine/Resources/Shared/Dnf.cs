using static ConfigEngine.Resources.PackageItem;

namespace ConfigEngine.Resources;

/// <summary>
/// dnf (version 4) and rpm: how packages are probed and changed on RHEL, Fedora and related systems. A version is written as rpm
/// writes it: <c>1.24.0-3.el9</c>, with its epoch and a colon before it where it has one. dnf's index is the one that it fetched
/// last: a probe fetches nothing.
/// </summary>
sealed partial class Dnf : PackageTool
{
    /// <inheritdoc/>
    public override string Name => "dnf";

    /// <inheritdoc/>
    public override string Command => "dnf";

    /// <inheritdoc/>
    public override string Update => "dnf makecache --refresh";

    /// <inheritdoc/>
    public override Shell Refresh => $"cfg_dnf_update";

    /// <inheritdoc/>
    public override string WayToIndex => "check the spelling, or declare a PackageIndex or the DnfRepository that has it before this line";

    /// <inheritdoc/>
    public override Package.State Parse(string name, PackageVersion wanted, Output output)
    {
        List<(string Version, bool Held)> installed = [];
        List<(string Version, string Provider, bool Held)> providers = [];
        List<string> candidates = [];
        var (native, locks, owed) = ("", false, false);
        foreach (var line in output.Lines)
        {
            switch (line.Split('|'))
            {
                case ["dnf", var architecture]:
                    native = architecture;
                    break;
                case ["locks", ""]:
                    locks = true;
                    break;
                case ["hold-owed", ""]:
                    owed = true;
                    break;
                case ["candidate" or "installed", .., var architecture] when IsForeign(name, architecture, native):
                    break;
                case ["candidate", var version, _]:
                    candidates.Add(version);
                    break;
                case ["installed", var want, var version, _]:
                    installed.Add((version, want is "hold"));
                    break;
                case ["provided", var want, var version, _, var provider]:
                    providers.Add((version, provider, want is "hold"));
                    break;
                default:
                    throw new UnexpectedOutputException($"expected what rpm has of a package, got \"{Text.Excerpt(line)}\"");
            }
        }

        if (native is "")
            throw new UnexpectedOutputException("expected what rpm has of a package, got nothing");

        // Several kernels can be installed. If one has the wanted version, that one counts; if not, the one that was installed
        // last.
        var candidate = candidates.FirstOrDefault();
        var exact = wanted == PackageVersion.Latest ? candidate : wanted.ToString();
        var ordered = installed.OrderBy(each => exact is not null && Is(exact, each.Version)).ToList();
        var state =
            ordered is [.., var last]
                ? Package.State.Installed(last.Version, last.Held) with
                {
                    Candidate = (PackageVersion)(candidate ?? last.Version),
                }
            : providers.Count > 0 ? Provided(providers)
            : new(PackageVersion.NotInstalled, false) { Candidate = candidate is null ? null : (PackageVersion)candidate };
        return state with
        {
            Tool = this,
            CannotHold = locks ? null : "dnf keeps no package at its version without its plugin versionlock, which is not there",
            HoldOwed = owed && installed.Count > 0,
        };
    }

    static Package.State Provided(List<(string Version, string Provider, bool Held)> providers) =>
        Package.State.Installed(
            $"provided by {string.Join(", ", providers.Select(each => $"{each.Provider} {each.Version}"))}",
            providers.TrueForAll(each => each.Held)
        ) with
        {
            Providers = [.. providers.Select(each => each.Provider)],
        };

    /// <summary>
    /// Whether the package has the other architecture that x86_64 hosts can run, and the name does not ask for that.
    /// </summary>
    static bool IsForeign(string name, string architecture, string native) =>
        native is "x86_64"
        && architecture is "i386" or "i486" or "i586" or "i686"
        && !name.EndsWith($".{architecture}", StringComparison.Ordinal);

    /// <summary>A version may be written without its release or without its epoch.</summary>
    public override bool Is(string wanted, string there)
    {
        var bare = wanted.Contains(':', StringComparison.Ordinal) ? there : there[(there.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return bare == wanted || bare.StartsWith($"{wanted}-", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override Operation Transaction(string item) =>
        Together([item]) with
        {
            Batch = new(BatchKey(Name, item), item, Together)
            {
                Simulate = items =>
                    $"{Weakly(items)}cfg_dnf_simulation {string.Join(' ', With(items, "hold").Concat(With(items, "let")))} "
                    + $"{items.Select(Argument)}",
                Refine = (changes, simulation) => PackageSimulation.Refine(this, changes, Read(simulation.Lines)),
                Hint = said =>
                    said.Contains("Unable to find a match", StringComparison.Ordinal)
                    || said.Contains("index has no version", StringComparison.Ordinal)
                    || said.Contains("no cache for", StringComparison.Ordinal)
                        ? WayToIndex
                        : null,
            },
        };

    /// <inheritdoc/>
    public override Simulated Upgraded(Output output) => Read([.. output.Lines.Skip(1)]);

    /// <inheritdoc/>
    public override Operation Upgrade(Simulated does, IReadOnlyList<string>? named) =>
        new($"cfg_dnf_upgrade_now {(named is null ? "" : "--security")}")
        {
            Deadline = TimeSpan.FromHours(2),
            Uncut = true,
            TellsFirstWrite = true,
            Title = $"$ dnf upgrade{(named is null ? "" : " --security")}",
        };

    /// <inheritdoc/>
    public override Operation Hold(IReadOnlyList<string> names) =>
        new($"cfg_dnf_hold hold {names}") { TellsFirstWrite = true, Title = $"$ dnf versionlock add {string.Join(' ', names)}" };

    /// <inheritdoc/>
    public override Operation Unhold(IReadOnlyList<string> names) =>
        new($"cfg_dnf_hold unhold {names}") { TellsFirstWrite = true, Title = $"$ dnf versionlock delete {string.Join(' ', names)}" };

    static Operation Together(IReadOnlyList<string> items)
    {
        var held = With(items, "hold");
        return new(
            $"{Weakly(items)}cfg_dnf_install {string.Join(' ', held)} {string.Join(' ', With(items, "let"))} {items.Select(Argument)}"
        )
        {
            Deadline = TimeSpan.FromHours(1),
            Uncut = true,
            TellsFirstWrite = true,
            Title =
                $"$ {Said(items)}"
                + (HaveRecommended(items) ? ", with weak dependencies" : "")
                + (held.Length == 0 ? "" : $", and dnf versionlock add {string.Join(' ', held)}"),
        };
    }

    /// <summary>The word that also installs weak dependencies.</summary>
    static Shell Weakly(IReadOnlyList<string> items) => HaveRecommended(items) ? (Shell)$"cfg_dnf_weakly " : $"";

    static string Said(IReadOnlyList<string> items)
    {
        var arguments = items.Select(Argument).ToLookup(argument => argument.EndsWith('-'));
        var installed = string.Join(' ', arguments[false].Select(argument => argument.Replace('=', '-')));
        var removed = string.Join(' ', arguments[true].Select(argument => argument[..^1]));
        return (installed, removed) switch
        {
            (_, "") => $"dnf install {installed}",
            ("", _) => $"dnf remove {removed}",
            _ => $"dnf install {installed} and remove {removed}, in one transaction",
        };
    }
}
