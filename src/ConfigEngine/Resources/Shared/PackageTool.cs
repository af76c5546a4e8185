using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A package manager: how packages are looked at and changed with it. They stand side by side, a file for each. Which one is a host's own,
/// the host finds out itself when it is looked at, and its answer begins with that: nobody need know it before.
/// </summary>
abstract partial class PackageTool
{
    /// <summary>Those that cfg knows.</summary>
    public static IReadOnlyList<PackageTool> Known { get; } = [new Apt(), new Dnf(), new Apk()];

    /// <summary>The one that is meant where a host was not looked at.</summary>
    public static PackageTool Usual => Known[0];

    /// <summary>What they share on a host, once for all looks: which one is the host's own, and how each looks.</summary>
    public static Shell Prelude { get; } =
        Shell.Verbatim(
            PackageChoice.Script
                + $"cfg_known_managers='{string.Join(", ", Known.Select(tool => tool.Name))}'\n"
                + Script.OfProbe("packages")
                + string.Concat(Known.Select(tool => Script.OfProbe($"packages-{tool.Name}")))
        );

    /// <summary>The commands of which a host needs one.</summary>
    public static IReadOnlyList<string> Commands => [.. Known.Select(tool => tool.Command)];

    /// <summary>Its name, with which its answers begin.</summary>
    public abstract string Name { get; }

    /// <summary>The command that it is.</summary>
    public abstract string Command { get; }

    /// <summary>The command that fetches its index, for plans.</summary>
    public abstract string Update { get; }

    /// <summary>What fetches its index on a host, after others.</summary>
    public abstract Shell Refresh { get; }

    /// <summary>What a recipe can do about a package that its index does not have.</summary>
    public abstract string WayToIndex { get; }

    /// <summary>What of a host changes with a package: by Debian Policy and the FHS not /srv, /home, /root and /usr/local.</summary>
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

    /// <summary>What is installed, and what the package manager prefers, where that is wanted.</summary>
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

    /// <summary>That a name is a package's own, where it cannot be said of what provides it.</summary>
    public static IEnumerable<Need> NeedsOwn(string name, Package.State actual, Func<string, string> hint) =>
        actual.Providers is [var first, ..] providers
            ?
            [
                new(
                    Aspect.Package(name),
                    $"{name} is virtual and no package of its own: {string.Join(" and ", providers)} "
                        + $"provide{(providers.Count == 1 ? "s" : "")} it"
                )
                {
                    Always = true,
                    Hint = hint(first),
                },
            ]
            : [];

    /// <summary>What of a transaction of apt's goes with an item: to finish first what dpkg left half done.</summary>
    public static string First(Package.State? actual) => actual is { Interrupted: true } or { HasTriggers: true } ? "|first" : "";

    /// <summary>The same, for plans.</summary>
    public static IEnumerable<string> NotesOf(Package.State? actual) =>
        actual is { Interrupted: true } ? ["dpkg was interrupted here: all that it left half done is configured first"] : [];

    /// <summary>The package manager that a name is of.</summary>
    public static PackageTool Named(string name) =>
        Known.FirstOrDefault(tool => tool.Name == name)
        ?? throw new UnexpectedOutputException($"expected a package manager that cfg knows, got \"{Text.Excerpt(name)}\"");

    /// <summary>What is installed, by the answer of a host that it is of.</summary>
    public abstract Package.State Parse(string name, PackageVersion wanted, Output output);

    /// <summary>
    /// Whether a version that is there is the one that is wanted; it is the very same one, unless it may be said shorter.
    /// </summary>
    public virtual bool Is(string wanted, string there) => wanted == there;

    /// <summary>A part of a transaction (<see cref="PackageItem"/>); neighbours are done together.</summary>
    public abstract Operation Transaction(string item);

    /// <summary>Holds packages in the version that they have.</summary>
    public abstract Operation Hold(IReadOnlyList<string> names);

    /// <summary>Lets packages have other versions again.</summary>
    public abstract Operation Unhold(IReadOnlyList<string> names);

    /// <summary>Whether it can be a version, or is one of the words for one (Debian Policy 5.6.12; rpm has ^ and _ besides).</summary>
    public static bool IsVersion(PackageVersion version) =>
        version == PackageVersion.NotInstalled
        || version == PackageVersion.Any
        || version == PackageVersion.Latest
        || VersionText().IsMatch(version.ToString());

    static PackageTool Of(Output output) =>
        output.Lines is [var first, ..]
            ? Named(first.Split('|')[0])
            : throw new UnexpectedOutputException("expected which package manager the host has, got nothing");

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+:~^_-]*\z")]
    private static partial Regex VersionText();
}
