namespace ConfigEngine.Resources;

/// <summary>
/// The checks of a changed configuration before the change is made, chosen by its path. A mistake in one of these can lock everyone
/// out or stop a service. The tool sees the whole configuration with the change (see checks.sh). Each check is a row here and a
/// function there.
/// </summary>
static class Checks
{
    static readonly Tool[] Tools =
    [
        new("sudo", "/etc") { Parts = ["sudoers", "sudoers.d"] },
        new("sshd", "/etc/ssh") { Parts = ["sshd_config", "sshd_config.d"] },
        new("logrotate", "/etc") { Parts = ["logrotate.conf", "logrotate.d"] },
        new("nginx", "/etc/nginx") { Apart = [".pem", ".key"] },
        new("apache", "/etc/apache2") { Apart = [".pem", ".key", ".crt"] },
        new("haproxy", "/etc/haproxy") { Apart = [".pem", ".key", ".crt"] },
        new("postgresql", "/etc/postgresql/*/*") { Parts = ["postgresql.conf", "conf.d"] },
        new("nftables", "/etc") { Parts = ["nftables.conf", "nftables.d"] },
        new("interfaces", "/etc/network") { Parts = ["interfaces", "interfaces.d"] },
        new("netplan", "/etc/netplan"),
        new("networkd", "/etc/systemd/network"),
    ];

    /// <summary>A tool and where its configuration is.</summary>
    /// <param name="Name">The name of its function, after <c>cfg_check_</c>.</param>
    /// <param name="Root">The directory that is copied; a star matches any name.</param>
    sealed record Tool(string Name, string Root)
    {
        /// <summary>The files in the directory that belong to the tool; all of them when empty.</summary>
        public IReadOnlyList<string> Parts { get; init; } = [];

        /// <summary>Suffixes of files that are valid only in pairs, when the two files are written one after the other.</summary>
        public IReadOnlyList<string> Apart { get; init; } = [];

        /// <summary>The directory of a path's configuration; null where the path does not belong to this tool.</summary>
        public string? RootOf(string path)
        {
            var (root, names) = (Root.Split('/'), path.Split('/'));
            if (names.Length <= root.Length || root.Zip(names).Any(pair => pair.First is not "*" && pair.First != pair.Second))
                return null;
            return
                (Parts.Count == 0 || Parts.Contains(names[root.Length])) && !Apart.Any(end => path.EndsWith(end, StringComparison.Ordinal))
                ? string.Join('/', names[..root.Length])
                : null;
        }
    }

    /// <summary>
    /// The check of a new file before it is in its place, at the path <c>"$cfg_new"</c>; null where there is none.
    /// </summary>
    public static Shell? OfFile(string path) =>
        Of([path]) is [var (tool, root)] ? (Shell)$"cfg_check {tool} {root} file {path}" : ByItself(path);

    /// <summary>The check of a file that no tool can check before it is in its place; null where there is none.</summary>
    public static Shell? InItsPlace(string path) =>
        path.Split('/') is ["", "etc", "postgresql", _, _, "pg_hba.conf" or "pg_ident.conf"] ? (Shell)$"cfg_check_access {path}" : null;

    /// <summary>The check that runs before a link is made; empty where there is none.</summary>
    public static Shell BeforeLink(string path, string target) =>
        Of([path]) is [var (tool, root)] ? (Shell)$"cfg_check {tool} {root} link {path} {target} || cfg_refuse {path}\n" : $"";

    /// <summary>The check that runs before paths are removed.</summary>
    public static Shell BeforeRemoval(IReadOnlyCollection<string> paths) => BeforeTree("", [], paths);

    /// <summary>
    /// The check that runs before the files in the working directory are moved to their places below another directory, and other
    /// files are removed.
    /// </summary>
    public static Shell BeforeTree(string directory, IReadOnlyList<string> names, IReadOnlyCollection<string> gone)
    {
        Shell script = $"";
        string Full(string name) => $"{directory.TrimEnd('/')}/{name}";
        foreach (var (tool, root) in Of([.. names.Select(Full), .. gone]))
        {
            bool IsBelow(string path) => path.StartsWith(root + "/", StringComparison.Ordinal);
            var removed = gone.Where(IsBelow).SelectMany(path => (string[])["gone", path]);
            var written = names.Where(name => IsBelow(Full(name))).ToList();
            IEnumerable<string> tree = written.Count > 0 ? ["tree", directory.TrimEnd('/'), .. written] : [];
            script =
                $"{script}cfg_check {tool} {root} {removed.Concat(tree)} || cfg_refuse "
                + $"{(directory.Length > 0 ? directory : gone.First())}\n";
        }

        foreach (var (name, check) in names.Select(name => (name, Check: ByItself(Full(name)))))
        {
            if (check is not null)
                script = $"{script}(cfg_new=./{name}\n{check}) || cfg_refuse {Full(name)}\n";
        }

        return script;
    }

    /// <summary>The tools that check some paths, each with its directory.</summary>
    static List<(string Tool, string Root)> Of(IReadOnlyCollection<string> paths) =>
        [.. Tools.SelectMany(tool => paths.Select(tool.RootOf).OfType<string>().Distinct().Select(root => (tool.Name, root)))];

    /// <summary>The check of a file that is checked alone.</summary>
    static Shell? ByItself(string path) =>
        path is "/etc/fstab" ? (Shell)$"timeout 30 findmnt --verify --tab-file \"$cfg_new\" >&2"
        : UnitOf(path) is var (unit, dropIn) ? UnitCheck.Script(unit, dropIn)
        : null;

    /// <summary>The unit that a systemd file defines, or that the file is a drop-in of; null where it is neither.</summary>
    static (string Unit, string? DropIn)? UnitOf(string path) =>
        path.Split('/') switch
        {
            ["", "etc", "systemd", "system", var unit] when Names.IsUnit(unit) => (unit, null),
            ["", "etc", "systemd", "system", var directory, var file]
                when directory.EndsWith(".d", StringComparison.Ordinal)
                    && Names.IsUnit(directory[..^2])
                    && file.EndsWith(".conf", StringComparison.Ordinal) => (directory[..^2], file[..^5]),
            _ => null,
        };
}
