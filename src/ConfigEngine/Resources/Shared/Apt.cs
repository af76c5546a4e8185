using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// apt and dpkg: how packages are looked at and changed on Debian and its kin. Another package manager is another file
/// like this one.
/// </summary>
static partial class Apt
{
    /// <summary>How long another apt or dpkg is waited for.</summary>
    const int LockWaitSeconds = 600;

    /// <summary>
    /// Waits until nobody holds the locks, and names who does. They are fcntl(2) locks, which proc(5) lists in /proc/locks
    /// with the process and the inode.
    /// </summary>
    static readonly string WaitForLocks = $$"""
        cfg_waited=0
        while :; do
          cfg_holder=
          for cfg_lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
            cfg_inode=$(stat -c %i "$cfg_lock" 2>/dev/null) || continue
            while read -r cfg_1 cfg_2 cfg_3 cfg_4 cfg_pid cfg_file cfg_5; do
              case $cfg_file in *:"$cfg_inode") cfg_holder="$cfg_lock is held by $(cat "/proc/$cfg_pid/comm" 2>/dev/null || echo "a process that is gone") (pid $cfg_pid)"; break 2;; esac
            done </proc/locks
          done
          [ -n "$cfg_holder" ] || break
          [ "$cfg_waited" -gt 0 ] || echo "waiting: $cfg_holder"
          [ "$cfg_waited" -lt {{LockWaitSeconds}} ] || { echo "gave up after $cfg_waited s: $cfg_holder"; exit 1; }
          sleep 1; cfg_waited=$((cfg_waited + 1))
        done

        """;

    /// <summary>The options of every transaction: nothing is asked, configuration files that were edited are kept.</summary>
    const string Options = "-y -q -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 --no-install-recommends --allow-downgrades --allow-change-held-packages";

    /// <summary>What is installed: <c>STATUS|WANT|VERSION</c>, and after a second bar what apt prefers, where that is asked.</summary>
    public static Shell Probe(string name, bool withCandidate)
    {
        Shell installed = $"cfg_p=$(dpkg-query -W -f='${{db:Status-Status}}|${{db:Status-Want}}|${{Version}}' {name} 2>/dev/null) || cfg_p='not-installed|unknown|'";
        if (withCandidate)
            installed = $"{installed}\napt-cache policy {name} | sed -n 's/^  Candidate: /candidate|/p'";
        return $"{installed}\nprintf '%s\\n' \"$cfg_p\"";
    }

    /// <summary>Reads the answer.</summary>
    public static Package.State? Parse(Output output)
    {
        PackageVersion? candidate = null;
        foreach (var line in output.Lines)
        {
            switch (line.Split('|'))
            {
                case ["candidate", "(none)"]:
                    break;
                case ["candidate", var version]:
                    candidate = version;
                    break;
                case ["not-installed" or "config-files", _, _]:
                    return new(PackageVersion.None, false) { Candidate = candidate };
                case ["installed", var want, var version]:
                    return new(version, want is "hold") { Candidate = candidate };
                case ["half-installed" or "unpacked" or "half-configured" or "triggers-awaited" or "triggers-pending", var want, var version]:
                    return new($"{version} (not configured)", want is "hold") { Candidate = candidate };
                default:
                    throw new UnexpectedOutputException($"expected a status of dpkg, got \"{Text.Excerpt(line)}\"");
            }
        }

        throw new UnexpectedOutputException("expected a status of dpkg, got nothing");
    }

    /// <summary>A part of a transaction: <c>nginx</c>, <c>nginx=1.22.1-9</c> or <c>nginx-</c>, as apt-get(8) takes them.</summary>
    public static Operation Transaction(string item) => Together([item]) with
    {
        Batch = new("apt", item, Together)
        {
            Preview = items => $"apt-get -s {Shell.Verbatim(Options)} install -- {items}",
            Refine = Refine,
        },
    };

    static Operation Together(IReadOnlyList<string> items) => new($"{Shell.Verbatim(WaitForLocks)}apt-get {Shell.Verbatim(Options)} -o DPkg::Lock::Timeout={LockWaitSeconds} install -- {items}")
    {
        Title = $"$ apt-get install {string.Join(' ', items)}",
    };

    /// <summary>Writes the versions that apt would take into the changes, and what it would do besides.</summary>
    static IReadOnlyList<Change> Refine(IReadOnlyList<Change> changes, Output preview)
    {
        var lines = preview.Lines;
        var installs = lines.Select(line => Installs().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups["name"].Value, match => (Old: match.Groups["old"].Value, New: match.Groups["new"].Value));
        var removes = lines.Select(line => Removes().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value).ToHashSet();
        var named = changes.Select(change => change.Key.Split(':')[0]).ToHashSet();

        List<string> notes =
        [
            .. Note("also installs", installs.Where(install => install.Value.Old is "" && !named.Contains(install.Key)).Select(install => $"{install.Key} {install.Value.New}")),
            .. Note("also changes", installs.Where(install => install.Value.Old is not "" && !named.Contains(install.Key)).Select(install => $"{install.Key} {install.Value.Old} → {install.Value.New}")),
            .. Note("also removes", removes.Where(name => !named.Contains(name))),
        ];

        return [.. changes.Select((change, i) => Refine(change, installs) with { Notes = i == 0 ? [.. change.Notes, .. notes] : change.Notes })];
    }

    static Change Refine(Change change, Dictionary<string, (string Old, string New)> installs)
    {
        if (change.Certainty is not Certainty.Unknown || !installs.TryGetValue(change.Key.Split(':')[0], out var version))
            return change;
        return change with
        {
            Certainty = Certainty.Exact,
            Because = null,
            Attributes = [.. change.Attributes.Select(attribute => attribute.After is PackageVersion { IsKnown: false } ? attribute with { After = (PackageVersion)version.New } : attribute)],
            Operations = [.. change.Operations.Select(operation => operation.Batch is null ? operation : Transaction($"{change.Key}={version.New}"))],
        };
    }

    static IEnumerable<string> Note(string what, IEnumerable<string> packages)
    {
        var list = string.Join(", ", packages.Order(StringComparer.Ordinal));
        return list.Length == 0 ? [] : [$"{what} {list}"];
    }

    /// <summary>Whether it can be a version, or is one of the words for one (Debian Policy 5.6.12).</summary>
    public static bool IsVersion(PackageVersion version) =>
        version == PackageVersion.None || version == PackageVersion.Any || version == PackageVersion.Latest || VersionText().IsMatch(version.ToString());

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+:~-]*$")]
    private static partial Regex VersionText();

    [GeneratedRegex(@"^Inst (?<name>\S+)(?: \[(?<old>[^\]]+)\])? \((?<new>\S+) ")]
    private static partial Regex Installs();

    [GeneratedRegex(@"^(?:Remv|Purg) (?<name>\S+)")]
    private static partial Regex Removes();
}
