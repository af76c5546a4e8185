namespace ConfigEngine.Cli.Rehearsing;

/// <summary>The distribution and release that a container is built from.</summary>
/// <param name="Id">The distribution, as os-release(5) calls it: <c>debian</c>.</param>
/// <param name="Codename">The release: <c>bookworm</c>.</param>
sealed record BaseName(string Id, string Codename)
{
    /// <summary>The distributions that debootstrap(8) installs.</summary>
    static readonly string[] Known = ["debian", "ubuntu"];

    /// <summary>The distribution of a host.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="facts">Its facts.</param>
    /// <exception cref="UsageException">None can be built from it.</exception>
    public static BaseName Of(string host, Facts facts) =>
        facts.Distribution is { Codename: { } codename } distribution && Known.Contains(distribution.Id)
            ? new(distribution.Id, codename)
            : throw new UsageException(
                $"{host}: it has {Printable.Line(facts.Distribution.PrettyName)}, and only Debian's and Ubuntu's releases can be "
                    + "installed into a container here\n"
                    + $"  hint: name a directory with its root file system: --root {Shell.Quote(host)}=DIRECTORY"
            );

    /// <summary>Reads <c>debian:bookworm</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static BaseName Parse(string text) =>
        text.Split(':') is [var id, { Length: > 0 } codename]
        && Known.Contains(id)
        && codename.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            ? new(id, codename)
            : throw new UsageException(
                $"--system {text}: write the distribution and the code name of its release, for example debian:bookworm or ubuntu:noble"
            );

    /// <summary>For people, and as the name of its directory.</summary>
    public override string ToString() => $"{Id}-{Codename}";
}
