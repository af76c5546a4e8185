namespace ConfigEngine.Resources;

/// <summary>The version of a package: a wanted one or an installed one.</summary>
public sealed record PackageVersion
{
    readonly string text;

    PackageVersion(string text) => this.text = text;

    /// <summary>Wanted: installed, in any version. A new package gets the version that the package manager prefers.</summary>
    public static PackageVersion Any { get; } = new("any") { IsWord = true };

    /// <summary>Wanted: the version that the package manager prefers, by its index.</summary>
    public static PackageVersion Latest { get; } = new("latest") { IsWord = true };

    /// <summary>The old way to say what <see cref="NoPackage"/> says. It is removed in the next release.</summary>
    [Obsolete("PackageVersion.None is new NoPackage(name) now")]
    public static PackageVersion None => NotInstalled;

    /// <summary>The actual state of a package that is not installed.</summary>
    internal static PackageVersion NotInstalled { get; } = new("not installed") { IsWord = true };

    /// <summary>Whether it is one of the words above. A version that is written as text never equals one of them.</summary>
    internal bool IsWord { get; private init; }

    /// <summary>Exactly this version, as the package manager writes it.</summary>
    public static implicit operator PackageVersion(string version) => new(version);

    /// <summary>The version.</summary>
    public override string ToString() => text;
}
