namespace ConfigEngine.Resources;

/// <summary>
/// A repository that dnf does not have: its .repo in /etc/yum.repos.d and its key in /etc/pki/rpm-gpg are removed. Installed
/// packages from it stay, and rpm keeps the keys that it has imported.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new NoDnfRepository("example")</code></example>
/// <param name="Name">The name of the files, as <see cref="DnfRepository"/> has them.</param>
public sealed record NoDnfRepository(string Name) : AbsentRepository(Name)
{
    private protected override IReadOnlyList<string> Paths => [$"/etc/yum.repos.d/{Name}.repo", $"/etc/pki/rpm-gpg/RPM-GPG-KEY-{Name}"];
}
