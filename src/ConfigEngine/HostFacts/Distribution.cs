using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>The host's operating system, from os-release(5), with the defaults of that page.</summary>
public sealed record Distribution
{
    /// <summary><c>ID</c>: lower case, such as <c>debian</c>, <c>ubuntu</c>, <c>rocky</c>. Default: <c>linux</c>.</summary>
    public string Id { get; init; } = "linux";

    /// <summary><c>ID_LIKE</c>: the systems that it is similar to, the most similar first. Default: none.</summary>
    public IReadOnlyList<string> IdLike { get; init; } = [];

    /// <summary><c>VERSION_ID</c>: such as <c>12</c> or <c>24.04</c>; null for a rolling or unreleased system.</summary>
    public string? VersionId { get; init; }

    /// <summary><c>VERSION</c>: the version for people, such as <c>12 (bookworm)</c>; null where there is none.</summary>
    public string? Version { get; init; }

    /// <summary><c>VERSION_CODENAME</c>: such as <c>bookworm</c>; null where there is none.</summary>
    public string? Codename { get; init; }

    /// <summary><c>PRETTY_NAME</c>: for people. Default: <c>Linux</c>.</summary>
    public string PrettyName { get; init; } = "Linux";

    /// <summary>The family, by <see cref="Id"/> and then by <see cref="IdLike"/>.</summary>
    public DistributionFamily Family => IdLike.Prepend(Id).Select(FamilyOf).FirstOrDefault(f => f is not DistributionFamily.Unknown);

    /// <summary>Debian, or a system that is derived from it.</summary>
    [JsonIgnore]
    public bool IsDebian => Family is DistributionFamily.Debian;

    /// <summary>RHEL, or a related system.</summary>
    [JsonIgnore]
    public bool IsRedHat => Family is DistributionFamily.RedHat;

    /// <summary>SLES or openSUSE.</summary>
    [JsonIgnore]
    public bool IsSuse => Family is DistributionFamily.Suse;

    /// <summary>Alpine.</summary>
    [JsonIgnore]
    public bool IsAlpine => Family is DistributionFamily.Alpine;

    /// <summary>Arch, or a system that is derived from it.</summary>
    [JsonIgnore]
    public bool IsArch => Family is DistributionFamily.Arch;

    /// <summary>The values of <c>ID</c> and <c>ID_LIKE</c> for each family. An asterisk at the end stands for any ending.</summary>
    internal static IReadOnlyList<(DistributionFamily Family, IReadOnlyList<string> Ids)> Families { get; } =
    [
        (DistributionFamily.Debian, ["debian", "ubuntu", "raspbian", "devuan"]),
        (
            DistributionFamily.RedHat,
            ["rhel", "fedora", "centos", "rocky", "almalinux", "ol", "amzn", "azurelinux", "mariner", "openEuler"]
        ),
        (DistributionFamily.Suse, ["suse", "opensuse", "opensuse-*", "sles", "sled", "sle-micro", "sl-micro"]),
        (DistributionFamily.Alpine, ["alpine"]),
        (DistributionFamily.Arch, ["arch", "archlinux", "archarm"]),
    ];

    static DistributionFamily FamilyOf(string id) => Families.FirstOrDefault(family => family.Ids.Any(known => IsOf(known, id))).Family;

    static bool IsOf(string known, string id) => known.EndsWith('*') ? id.StartsWith(known[..^1], StringComparison.Ordinal) : id == known;

    internal static Distribution Read(FactSection section, List<string> findings)
    {
        var file = Assignments.Read(section, findings);
        Distribution none = new();
        return new()
        {
            Id = file.GetValueOrDefault("ID") ?? none.Id,
            IdLike = (file.GetValueOrDefault("ID_LIKE") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            VersionId = file.GetValueOrDefault("VERSION_ID"),
            Version = file.GetValueOrDefault("VERSION"),
            Codename = file.GetValueOrDefault("VERSION_CODENAME"),
            PrettyName = file.GetValueOrDefault("PRETTY_NAME") ?? file.GetValueOrDefault("NAME") ?? none.PrettyName,
        };
    }
}
