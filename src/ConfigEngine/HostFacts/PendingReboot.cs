namespace ConfigEngine.HostFacts;

/// <summary>Whether the host needs a reboot, by signs that can be read quickly; no package manager is asked.</summary>
/// <param name="Reasons">The reasons in words; empty if no reboot is needed.</param>
public sealed record PendingReboot(IReadOnlyList<string> Reasons)
{
    /// <summary>Whether a reboot is needed.</summary>
    public bool Needed => Reasons.Count > 0;

    /// <summary>The packages that need it (<c>/run/reboot-required.pkgs</c>), each once.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    internal static PendingReboot Read(FactSection section, Kernel kernel, TimeSpan uptime, Virtualization virtualization)
    {
        var entries = section.Entries("flag", "package", "kernel", "kernel-package-time", "now");
        var said = entries.ToLookup(e => e.Key, e => e.Value);
        string[] packages = [.. said["package"].Distinct()];
        List<string> reasons =
        [
            .. said["flag"].Select(flag => packages is [] ? $"{flag} exists" : $"{flag} exists: {string.Join(", ", packages)}"),
        ];

        // A container runs the kernel of its host: a kernel that is installed inside is never booted.
        if (!virtualization.IsContainer && KernelRelease.Newest(said["kernel"], kernel.Release) is { } newest)
            reasons.Add($"kernel {newest} is installed, {kernel.Release} is running");
        if (
            !virtualization.IsContainer
            && said["kernel-package-time"].FirstOrDefault() is { } changed
            && said["now"].FirstOrDefault() is { } now
            && section.Number(changed, $"kernel-package-time={changed}") > section.Number(now, $"now={now}") - uptime.TotalSeconds
        )
            reasons.Add($"the package of kernel {kernel.Release} was replaced since the boot");
        return new(reasons) { Packages = packages };
    }
}
