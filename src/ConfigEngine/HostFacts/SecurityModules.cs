namespace ConfigEngine.HostFacts;

/// <summary>The security modules of the running kernel.</summary>
/// <param name="Selinux">SELinux's current mode (<c>/sys/fs/selinux/enforce</c>).</param>
/// <param name="SelinuxPolicy">The policy in <c>/etc/selinux/config</c>: <c>targeted</c>; null where there is none.</param>
/// <param name="AppArmor">Whether AppArmor is on.</param>
public sealed record SecurityModules(SelinuxMode Selinux = SelinuxMode.Disabled, string? SelinuxPolicy = null, bool AppArmor = false)
{
    internal static SecurityModules Read(FactSection section)
    {
        var said = section.Entries("enforce", "policy", "lsm", "apparmor").ToLookup(e => e.Key, e => e.Value);
        return new(
            said["enforce"].FirstOrDefault() switch
            {
                null => SelinuxMode.Disabled,
                "0" => SelinuxMode.Permissive,
                "1" => SelinuxMode.Enforcing,
                var other => throw section.Unknown($"enforce={other}", "enforce=0 or enforce=1"),
            },
            said["policy"].FirstOrDefault() is { Length: > 0 } policy ? policy : null,
            said["apparmor"].FirstOrDefault() is "Y" || said["lsm"].Any(l => l.Split(',').Contains("apparmor"))
        );
    }
}
