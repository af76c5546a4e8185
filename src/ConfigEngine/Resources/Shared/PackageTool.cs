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

    /// <summary>What is installed, and what the package manager prefers, where that is asked.</summary>
    public static Shell Probe(Package package) =>
        $"cfg_package {package.Name} {PackageItem.Bare(package.Name)} {(package.Version == PackageVersion.Latest ? "candidate" : "")}";

    /// <summary>Reads a host's answer to <see cref="Probe"/>.</summary>
    public static Package.State Read(Package package, Output output) => Of(output).Parse(package, output);

    /// <summary>The package manager that a name is of.</summary>
    public static PackageTool Named(string name) =>
        Known.FirstOrDefault(tool => tool.Name == name)
        ?? throw new UnexpectedOutputException($"expected a package manager that cfg knows, got \"{Text.Excerpt(name)}\"");

    /// <summary>What is installed, by the answer of a host that it is of.</summary>
    public abstract Package.State Parse(Package package, Output output);

    /// <summary>
    /// Whether a version that is there is the one that is wanted; it is the very same one, unless it may be said shorter.
    /// </summary>
    public virtual bool Is(string wanted, string there) => wanted == there;

    /// <summary>A part of a transaction (<see cref="PackageItem"/>); neighbours are done together.</summary>
    public abstract Operation Transaction(string item);

    /// <summary>Lets packages be held, or no longer.</summary>
    public abstract Operation Hold(IReadOnlyList<string> names, bool held);

    /// <summary>Whether it can be a version, or is one of the words for one (Debian Policy 5.6.12; rpm has ^ and _ besides).</summary>
    public static bool IsVersion(PackageVersion version) =>
        version == PackageVersion.None
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
