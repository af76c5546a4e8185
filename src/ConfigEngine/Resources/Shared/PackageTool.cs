using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A package manager: how packages are probed and changed with it. Each one has its own file. The host finds out which one it has
/// when it is probed, and its answer begins with that name, so the answer need not be known before.
/// </summary>
abstract partial class PackageTool
{
    /// <summary>The package managers that cfg knows.</summary>
    public static IReadOnlyList<PackageTool> Known { get; } = [new Apt(), new Dnf(), new Apk()];

    /// <summary>The package manager that is assumed where a host was not probed.</summary>
    public static PackageTool Usual => Known[0];

    /// <summary>
    /// Shared code that is sent once for all probes: which package manager the host has, and how each one is probed.
    /// </summary>
    public static Shell Prelude { get; } =
        Shell.Verbatim(
            PackageChoice.Script
                + $"cfg_known_managers='{string.Join(", ", Known.Select(tool => tool.Name))}'\n"
                + Script.OfProbe("packages")
                + string.Concat(Known.Select(tool => Script.OfProbe($"packages-{tool.Name}")))
        );

    /// <summary>The commands of the package managers; a host needs one of them.</summary>
    public static IReadOnlyList<string> Commands => [.. Known.Select(tool => tool.Command)];

    /// <summary>Its name. Its answers begin with it.</summary>
    public abstract string Name { get; }

    /// <summary>Its command.</summary>
    public abstract string Command { get; }

    /// <summary>The command that fetches its index, for plans.</summary>
    public abstract string Update { get; }

    /// <summary>Fetches its index on a host, after waiting for other processes that use it.</summary>
    public abstract Shell Refresh { get; }

    /// <summary>What a recipe can do when the index does not have a package.</summary>
    public abstract string WayToIndex { get; }

    /// <summary>
    /// The parts of a host that a package can change. By Debian Policy and the FHS, /srv, /home, /root and /usr/local are not among
    /// them.
    /// </summary>
    public static IReadOnlyList<Aspect> Writes { get; } =
    [
        Aspect.Package("*"),
        Aspect.Unit("*"),
        Aspect.User("*"),
        Aspect.Group("*"),
        Aspect.Tool("*"),
        .. (
            (string[])
                [
                    "/etc",
                    "/usr/bin",
                    "/usr/sbin",
                    "/usr/lib",
                    "/usr/share",
                    "/usr/include",
                    "/var",
                    "/lib",
                    "/bin",
                    "/sbin",
                    "/boot",
                    "/opt",
                ]
        ).Select(Aspect.Under),
    ];

    /// <summary>The installed version, and on request the version that the package manager prefers.</summary>
    public static Probe<Package.State> Probe(string name, PackageVersion wanted, Func<Package.State, IEnumerable<Need>> needs) =>
        new(
            $"cfg_package {name} {PackageItem.Bare(name)} {(wanted == PackageVersion.Latest ? "candidate" : "")}",
            output => Of(output).Parse(name, wanted, output)
        )
        {
            Prelude = Prelude,
            AnyTool = Commands,
            Needs = output => needs(Of(output).Parse(name, wanted, output)),
        };

    /// <summary>Requires that a name is a real package, where a package that only provides it is not enough.</summary>
    public static IEnumerable<Need> NeedsOwn(string name, Package.State actual, Func<string, string> hint) =>
        actual.Providers is [var first, ..] providers
            ?
            [
                new(
                    Aspect.Package(name),
                    $"{name} is virtual, not a package of its own: {Text.List(providers)} "
                        + $"provide{(providers.Count == 1 ? "s" : "")} it"
                )
                {
                    Always = true,
                    Hint = hint(first),
                },
            ]
            : [];

    /// <summary>The flag of an item for apt that first finishes the work that dpkg was interrupted in.</summary>
    public static string First(Package.State? actual) => actual is { Interrupted: true } or { HasTriggers: true } ? "|first" : "";

    /// <summary>The same, as a plan's note.</summary>
    public static IEnumerable<string> NotesOf(Package.State? actual) =>
        actual is { Interrupted: true } ? ["dpkg was interrupted here: all that it left half done is configured first"] : [];

    /// <summary>The package manager with a name.</summary>
    public static PackageTool Named(string name) =>
        Known.FirstOrDefault(tool => tool.Name == name)
        ?? throw new UnexpectedOutputException($"expected a package manager that cfg knows, got \"{Text.Excerpt(name)}\"");

    /// <summary>The installed state, from the answer of a host that has this package manager.</summary>
    public abstract Package.State Parse(string name, PackageVersion wanted, Output output);

    /// <summary>
    /// Whether the installed version is the wanted one. They must be equal, unless the package manager has a shorter way to write a
    /// version.
    /// </summary>
    public virtual bool Is(string wanted, string there) => wanted == there;

    /// <summary>A part of a transaction (<see cref="PackageItem"/>); adjacent parts are done together.</summary>
    public abstract Operation Transaction(string item);

    /// <summary>What an upgrade of all packages would do, from the answer of its probe.</summary>
    public abstract Simulated Upgraded(Output output);

    /// <summary>The operation that upgrades packages.</summary>
    /// <param name="does">What it would do.</param>
    /// <param name="named">The packages with their new versions, where only some are upgraded; null for all.</param>
    public abstract Operation Upgrade(Simulated does, IReadOnlyList<string>? named);

    /// <summary>Holds packages at their installed versions.</summary>
    public abstract Operation Hold(IReadOnlyList<string> names);

    /// <summary>Allows packages to change their versions again.</summary>
    public abstract Operation Unhold(IReadOnlyList<string> names);

    /// <summary>
    /// Whether it is a possible version, or one of the words for one (Debian Policy 5.6.12; rpm also has ^ and _).
    /// </summary>
    public static bool IsVersion(PackageVersion version) => version.IsWord || VersionText().IsMatch(version.ToString());

    /// <summary>The package manager that an answer comes from.</summary>
    public static PackageTool Of(Output output) =>
        output.Lines is [var first, ..]
            ? Named(first.Split('|')[0])
            : throw new UnexpectedOutputException("expected which package manager the host has, got nothing");

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+:~^_-]*\z")]
    private static partial Regex VersionText();
}
