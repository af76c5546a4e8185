using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using InvalidDataException = System.IO.InvalidDataException;
using IOException = System.IO.IOException;
using MemoryStream = System.IO.MemoryStream;
using Stream = System.IO.Stream;
using UnixFileMode = System.IO.UnixFileMode;

namespace ConfigEngine.Resources;

/// <summary>
/// The entries of a local archive, as far as cfg can read them: tar, alone or in gzip, and zip. The host always checks the archive
/// by the same rules when it unpacks it (archive.sh).
/// </summary>
/// <param name="Count">The number of entries.</param>
/// <param name="Size">Their total size, unpacked.</param>
/// <param name="Problem">Why the archive is refused; null where nothing was found.</param>
sealed partial record ArchiveEntries(int Count, ByteSize Size, string? Problem)
{
    // An archive is read once, however often its resource is planned, and the result is freed with the archive.
    static readonly ConditionalWeakTable<Content, StrongBox<ArchiveEntries?>> Known = [];

    const UnixFileMode SetId = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    /// <summary>The archive's format, by its first bytes: tar, gz, bz2, xz, zst or zip.</summary>
    public static string FormOf(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0x1f, 0x8b, ..] => "gz",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "bz2",
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "xz",
            [0x28, 0xb5, 0x2f, 0xfd, ..] => "zst",
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "zip",
            _ => "tar",
        };

    /// <summary>The entries of an archive; null where they cannot be read here.</summary>
    public static ArchiveEntries? Of(Content archive) => Known.GetValue(archive, static archive => new(Read(archive))).Value;

    static ArchiveEntries? Read(Content archive)
    {
        if (archive.Bytes is not { } bytes)
            return null;
        try
        {
            using MemoryStream stream = new(bytes.ToArray(), writable: false);
            return FormOf(bytes.Span) switch
            {
                "zip" => Sum(InZip(stream)),
                "tar" => Sum(InTar(stream)),
                "gz" => Sum(InTar(new GZipStream(stream, CompressionMode.Decompress))),
                _ => null,
            };
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    static ArchiveEntries Sum(IEnumerable<Entry> entries)
    {
        var (count, size) = (0, 0L);
        foreach (var entry in entries)
        {
            if (entry.Problem is { } problem)
                return new(count, new(size), $"its entry {Text.Excerpt(entry.Name)} {problem}");
            count++;
            size += entry.Size;
        }

        return new(count, new(size), null);
    }

    static IEnumerable<Entry> InTar(Stream stream)
    {
        using TarReader reader = new(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                continue;
            yield return new(entry.Name, entry.Length)
            {
                IsSpecial = entry.EntryType is TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo,
                HasSetId = entry.EntryType is not TarEntryType.SymbolicLink && (entry.Mode & SetId) != 0,
                Target = entry.EntryType is TarEntryType.SymbolicLink ? entry.LinkName : null,
                SameAs = entry.EntryType is TarEntryType.HardLink ? entry.LinkName : null,
            };
        }
    }

    static IEnumerable<Entry> InZip(Stream stream)
    {
        const int TypeBits = 0xf000,
            File = 0x8000,
            Directory = 0x4000,
            Link = 0xa000;
        using ZipArchive zip = new(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            var mode = entry.ExternalAttributes >> 16;
            yield return new(entry.FullName, entry.Length)
            {
                IsSpecial = (mode & TypeBits) is not (0 or File or Directory or Link),
                HasSetId = ((UnixFileMode)mode & SetId) != 0,
            };
        }
    }

    /// <summary>One entry.</summary>
    sealed record Entry(string Name, long Size)
    {
        public bool IsSpecial { get; init; }

        public bool HasSetId { get; init; }

        /// <summary>Where a symbolic link points.</summary>
        public string? Target { get; init; }

        /// <summary>The entry that a hard link is another name of.</summary>
        public string? SameAs { get; init; }

        public string? Problem =>
            LeadsOut().IsMatch(Name) ? "leads out of the directory"
            : IsSpecial ? "is a device, a pipe or a socket"
            : HasSetId ? "has a set-user-ID or set-group-ID bit"
            : SameAs is not null && LeadsOut().IsMatch(SameAs) ? "is a hard link to what is not in it"
            : Target is not null && (Target.StartsWith('/') || Climbs($"{Parent}/{Target}"))
                ? $"is a link out of the directory, to {Text.Excerpt(Target)}"
            : null;

        string Parent => Name.TrimEnd('/') is var name && name.LastIndexOf('/') is >= 0 and var slash ? name[..slash] : ".";
    }

    /// <summary>Whether a relative path leaves the directory where it starts, judged by its text alone.</summary>
    static bool Climbs(string path)
    {
        var depth = 0;
        foreach (var part in path.Split('/'))
        {
            depth += part switch
            {
                "" or "." => 0,
                ".." => -1,
                _ => 1,
            };
            if (depth < 0)
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"^[/\\]|(^|[/\\])\.\.([/\\]|\z)")]
    private static partial Regex LeadsOut();
}
