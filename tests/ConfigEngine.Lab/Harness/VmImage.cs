namespace ConfigEngine.Lab;

/// <summary>What virtual machines start from: a disk, and the kernel that boots it.</summary>
/// <param name="Directory">Holds <c>disk</c>, <c>vmlinuz</c> and <c>initrd</c>, never written after they were built.</param>
sealed record VmImage(string Directory)
{
    static readonly string[] Packages =
    [
        "linux-image-amd64",
        "lz4",
        "nfs-kernel-server",
        "cifs-utils",
        "samba",
        "pptpd",
        "pptp-linux",
        "python3",
    ];

    public static async Task<VmImage> Of(string release)
    {
        var root = (await Image.Of(release)).Root;
        var recipe = Image.Recipe("vm-image.sh") + Image.Recipe("image-apt.sh") + string.Join(' ', Packages) + root;
        return new(
            await Cache.Get(
                $"{release}-vm",
                recipe,
                async directory =>
                    await Image.Build(directory, "vm-image.sh", [release, await Image.Mirror(), root, directory, .. Packages])
            )
        );
    }
}
