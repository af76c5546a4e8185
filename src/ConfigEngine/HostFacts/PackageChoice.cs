namespace ConfigEngine.HostFacts;

/// <summary>
/// Which package manager is a host's own: the distribution's where it is there, otherwise the first that is. The facts say it here; a
/// host that is asked before they are known says it itself, by the same tables.
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

    /// <summary>What has a host set <c>cfg_manager</c> to the name of its own.</summary>
    public static string Script { get; } =
        HostShell.Script.Embedded("package-choice.sh")
        + $"cfg_choose '{string.Join(' ', Distribution.Families.SelectMany(one => one.Ids, (one, id) => $"{id}:{NameOf(one.Family)}"))}' "
        + $"'{string.Join(' ', Managers.Select(one => $"{NameOf(one.Family)}:{one.Tool}:{NameOf(one.Manager)}"))}'\n";

    /// <summary>The same from the facts.</summary>
    public static PackageManager Of(DistributionFamily family, IEnumerable<string> tools) =>
        Managers
            .Where(one => tools.Contains(one.Tool))
            .OrderByDescending(one => one.Family == family)
            .Select(one => one.Manager)
            .FirstOrDefault();

    static string NameOf<T>(T one)
        where T : struct, Enum => Text.Kebab(one.ToString());
}
