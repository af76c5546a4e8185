namespace ConfigEngine.HostFacts;

/// <summary>
/// Chooses a host's package manager: the distribution's own if it exists, otherwise the first one that exists. This class chooses
/// from the facts. A host that is probed before its facts are known chooses itself, with the same tables.
/// </summary>
static class PackageChoice
{
    static readonly (DistributionFamily Family, string Tool, PackageManager Manager)[] Managers =
    [
        (DistributionFamily.Debian, "apt-get", PackageManager.Apt),
        (DistributionFamily.RedHat, "dnf", PackageManager.Dnf),
        (DistributionFamily.RedHat, "dnf5", PackageManager.Dnf),
        (DistributionFamily.RedHat, "yum", PackageManager.Yum),
        (DistributionFamily.Suse, "zypper", PackageManager.Zypper),
        (DistributionFamily.Alpine, "apk", PackageManager.Apk),
        (DistributionFamily.Arch, "pacman", PackageManager.Pacman),
    ];

    /// <summary>Makes a host set <c>cfg_manager</c> to the name of its package manager.</summary>
    public static string Script { get; } =
        HostShell.Script.Embedded("package-choice.sh")
        + $"cfg_choose '{string.Join(' ', Distribution.Families.SelectMany(one => one.Ids, (one, id) => $"{id}:{NameOf(one.Family)}"))}' "
        + $"'{string.Join(' ', Managers.Select(one => $"{NameOf(one.Family)}:{one.Tool}:{NameOf(one.Manager)}"))}'\n";

    /// <summary>The same choice from the facts.</summary>
    public static PackageManager Of(DistributionFamily family, IEnumerable<string> tools) =>
        Managers
            .Where(one => tools.Contains(one.Tool))
            .OrderByDescending(one => one.Family == family)
            .Select(one => one.Manager)
            .FirstOrDefault();

    static string NameOf<T>(T one)
        where T : struct, Enum => Text.Kebab(one.ToString());
}
