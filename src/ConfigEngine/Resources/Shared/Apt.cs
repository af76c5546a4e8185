namespace ConfigEngine.Resources;

/// <summary>apt and dpkg: how packages are probed and changed on Debian and related systems.</summary>
sealed partial class Apt : PackageTool
{
    /// <summary>How long to wait for another apt or dpkg.</summary>
    const long LockWaitSeconds = 600;

    /// <summary>Waits for another apt or dpkg; the rest of the time is for apt itself.</summary>
    public static Shell WaitForLocks { get; } = $"cfg_apt_locks {LockWaitSeconds}";

    /// <summary>The options of every transaction: no questions are asked, and edited configuration files are kept.</summary>
    static string Options(IEnumerable<string> items) =>
        $"{Quiet} {(PackageItem.HaveRecommended(items) ? "--install-recommends" : "--no-install-recommends")} "
        + "--allow-downgrades --allow-change-held-packages";

    const string Quiet = "-y -q -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0";

    /// <inheritdoc/>
    public override string Name => "apt";

    /// <inheritdoc/>
    public override string Command => "apt-get";

    /// <inheritdoc/>
    public override string Update => "apt-get update";

    /// <inheritdoc/>
    public override Shell Refresh => $"cfg_apt_update";

    /// <inheritdoc/>
    public override string WayToIndex => "check the spelling, or declare a PackageIndex or the AptRepository that has it before this line";

    /// <inheritdoc/>
    public override Package.State Parse(string name, PackageVersion wanted, Output output)
    {
        PackageVersion? candidate = null;
        Package.State? state = null;
        List<(string Name, string Version, bool Held)> providers = [];
        var (interrupted, owed) = (false, false);
        var meant = name.Contains(':', StringComparison.Ordinal) ? name.Split(':')[1] : null;
        foreach (var line in output.Lines)
        {
            switch (line.Split('|'))
            {
                case ["apt", var native]:
                    meant ??= native;
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
                case [_, _, _, var architecture] when architecture != meant && architecture is not ("all" or ""):
                    break;
                case ["not-installed" or "config-files", var want, _, _]:
                    state ??= new(PackageVersion.NotInstalled, want is "hold");
                    break;
                case ["installed", var want, var version, _]:
                    state = Package.State.Installed(version, want is "hold");
                    break;
                case ["half-installed" or "unpacked" or "half-configured", var want, var version, _]:
                    state = Package.State.Installed($"{version} (not configured)", want is "hold") with { Unfinished = version };
                    break;
                case ["triggers-awaited" or "triggers-pending", var want, var version, _]:
                    state = Package.State.Installed($"{version} (triggers pending)", want is "hold") with
                    {
                        Unfinished = version,
                        HasTriggers = true,
                    };
                    break;
                default:
                    throw new UnexpectedOutputException($"expected a status of dpkg, got \"{Text.Excerpt(line)}\"");
            }
        }

        if (meant is null)
            throw new UnexpectedOutputException("expected a status of dpkg, got nothing");
        state ??= new(PackageVersion.NotInstalled, false);
        if (providers.Count > 0 && !state.IsInstalled)
            state = Package.State.Installed(
                $"provided by {string.Join(", ", providers.Select(one => $"{one.Name} {one.Version}"))}",
                providers.TrueForAll(one => one.Held)
            ) with
            {
                Providers = [.. providers.Select(one => one.Name)],
            };
        return state with { Tool = this, Candidate = candidate, Interrupted = interrupted, HoldOwed = owed && state.IsInstalled };
    }

    /// <inheritdoc/>
    public override Operation Transaction(string item) =>
        Together([item]) with
        {
            Batch = new(PackageItem.BatchKey(Name, item), item, Together)
            {
                Simulate = items => $"cfg_apt_simulation {Options(items)} {items.Select(PackageItem.Argument)}",
                Refine = (changes, simulation) => PackageSimulation.Refine(this, changes, Read(simulation.Lines)),
                Hint = said =>
                    said.Contains("is a virtual package provided by", StringComparison.Ordinal)
                        ? "a virtual package has no version of its own: declare one of those that provide it"
                    : said.Contains("Unable to locate", StringComparison.Ordinal)
                    || said.Contains("no installation candidate", StringComparison.Ordinal)
                    || said.Contains("was not found", StringComparison.Ordinal)
                        ? WayToIndex
                    : null,
            },
        };

    /// <inheritdoc/>
    public override Simulated Upgraded(Output output) =>
        Read(output.Lines) with
        {
            KeptBack = [.. output.Lines.Where(line => line.StartsWith("kept|", StringComparison.Ordinal)).Select(line => line[5..])],
            IsInterrupted = output.Lines.Contains("interrupted|"),
        };

    /// <inheritdoc/>
    public override Operation Upgrade(Simulated does, IReadOnlyList<string>? named) =>
        new(
            $"cfg_apt_install '' '' {(does.IsInterrupted ? "configure" : "")} {Shell.Verbatim(Quiet)} --no-install-recommends "
                + $"-o DPkg::Lock::Timeout={LockWaitSeconds} "
                + $"{(named is null ? (Shell)$"dist-upgrade" : (Shell)$"install --only-upgrade -- {named}")}"
        )
        {
            Deadline = TimeSpan.FromHours(2),
            Uncut = true,
            TellsFirstWrite = true,
            Title =
                $"$ {(does.IsInterrupted ? "dpkg --configure -a, then " : "")}apt-get "
                + (named is null ? "dist-upgrade" : $"install --only-upgrade {string.Join(' ', named)}"),
        };

    /// <inheritdoc/>
    public override Operation Hold(IReadOnlyList<string> names) =>
        new($"cfg_apt_hold hold {names}") { TellsFirstWrite = true, Title = $"$ apt-mark hold {string.Join(' ', names)}" };

    /// <inheritdoc/>
    public override Operation Unhold(IReadOnlyList<string> names) =>
        new($"cfg_apt_hold unhold {names}") { TellsFirstWrite = true, Title = $"$ apt-mark unhold {string.Join(' ', names)}" };

    static Operation Together(IReadOnlyList<string> items)
    {
        var held = PackageItem.With(items, "hold");
        var isFirst = items.Any(item => PackageItem.Has(item, "first"));
        return new(
            $"cfg_apt_install {string.Join(' ', held)} {string.Join(' ', PackageItem.With(items, "let"))} {(isFirst ? "configure" : "")} "
                + $"{Shell.Verbatim(Options(items))} -o DPkg::Lock::Timeout={LockWaitSeconds} install -- "
                + $"{items.Select(PackageItem.Argument)}"
        )
        {
            Deadline = TimeSpan.FromHours(1),
            Uncut = true,
            TellsFirstWrite = true,
            Title =
                $"$ {(isFirst ? "dpkg --configure -a, then " : "")}apt-get install "
                + (PackageItem.HaveRecommended(items) ? "--install-recommends " : "")
                + string.Join(' ', items.Select(PackageItem.Argument))
                + (held.Length == 0 ? "" : $", and apt-mark hold {string.Join(' ', held)}"),
        };
    }
}
