using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Whether the host is metal, a virtual machine or a container.</summary>
/// <param name="Kind">Metal, a virtual machine or a container.</param>
/// <param name="Technology">
/// Its name in systemd-detect-virt(1): <c>kvm</c>, <c>vmware</c>, <c>docker</c>, <c>lxc</c>, <c>systemd-nspawn</c>, <c>wsl</c> …;
/// null on metal. Without that program it is derived from the marks of containers, from DMI and from the hypervisor flag of
/// cpuinfo.
/// </param>
public sealed record Virtualization(VirtualizationKind Kind, string? Technology = null)
{
    /// <summary>Whether it is a container, which has no kernel and no disks of its own.</summary>
    [JsonIgnore]
    public bool IsContainer => Kind is VirtualizationKind.Container;

    internal static Virtualization Read(FactSection section, string release)
    {
        var said = section.Entries("detect", "container", "vendor", "product", "hypervisor", "flag").ToLookup(e => e.Key, e => e.Value);
        var (detected, container) = (said["detect"].FirstOrDefault(), said["container"].FirstOrDefault());
        return detected switch
        {
            "none" => new(VirtualizationKind.None),
            { } name => new(IsContainerName(name) ? VirtualizationKind.Container : VirtualizationKind.VirtualMachine, name),
            null when container is not null => new(VirtualizationKind.Container, container),
            null when release.Contains("microsoft", StringComparison.OrdinalIgnoreCase) => new(VirtualizationKind.Container, "wsl"),
            null => Machine(said),
        };
    }

    static bool IsContainerName(string name) =>
        name
            is "systemd-nspawn"
                or "lxc"
                or "lxc-libvirt"
                or "openvz"
                or "docker"
                or "podman"
                or "rkt"
                or "wsl"
                or "proot"
                or "pouch"
                or "container-other";

    // Amazon, Google and Microsoft also sell metal machines: for these, the processor must have the hypervisor flag.
    static Virtualization Machine(ILookup<string, string> said)
    {
        var flag = said["flag"].Any();
        return (said["vendor"].FirstOrDefault() ?? "", said["product"].FirstOrDefault() ?? "") switch
        {
            var (vendor, _) when vendor.StartsWith("VMware", StringComparison.Ordinal) => new(VirtualizationKind.VirtualMachine, "vmware"),
            ("QEMU", _) or (_, "KVM") => new(VirtualizationKind.VirtualMachine, "kvm"),
            ("innotek GmbH" or "Oracle Corporation", "VirtualBox") => new(VirtualizationKind.VirtualMachine, "oracle"),
            ("Xen", _) => new(VirtualizationKind.VirtualMachine, "xen"),
            ("Amazon EC2", _) when flag => new(VirtualizationKind.VirtualMachine, "amazon"),
            ("Google", _) when flag => new(VirtualizationKind.VirtualMachine, "google"),
            ("Microsoft Corporation", "Virtual Machine") => new(VirtualizationKind.VirtualMachine, "microsoft"),
            _ when flag => new(VirtualizationKind.VirtualMachine, said["hypervisor"].FirstOrDefault() ?? "vm-other"),
            _ => new(VirtualizationKind.None),
        };
    }
}
