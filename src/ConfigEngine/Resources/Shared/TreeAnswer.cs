using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// The probe of a whole tree at once: one stat(1) and one sha256sum(1) for all of it (<c>cfg_tree</c>), and their answers.
/// </summary>
/// <param name="root">The directory.</param>
/// <param name="wanted">The desired contents, sorted.</param>
/// <param name="owner">The desired owner.</param>
/// <param name="group">The desired group.</param>
sealed class TreeAnswer(string root, IReadOnlyList<LocalEntry> wanted, string? owner, string? group)
{
    /// <summary>A digest that no file has.</summary>
    const string Nothing = "0000000000000000000000000000000000000000000000000000000000000000";

    PathProbe Root => new(root, "directory") { Owner = owner, Group = group };

    /// <summary>Whether the answer lists everything in the directory, not only the desired paths.</summary>
    public bool ListsAll { get; init; }

    /// <summary>The question.</summary>
    public Shell Script()
    {
        var files = wanted.Where(entry => entry.Content is not null).ToList();
        var sums = string.Concat(files.Select(entry => Sum(entry.Content?.Digest ?? "", $"./{entry.Path}")));
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sums.Length == 0 ? "\n" : sums)));
        var known = string.Join(' ', files.Select(entry => entry.Content?.Digest).Distinct());
        return $"cfg_tree {root} {owner ?? ""} {group ?? ""} {new Hint(expected, "-")} {new Hint(known, Nothing)} "
            + $"{(ListsAll ? "all" : "")} {wanted.Select(entry => entry.Path)}";
    }

    /// <summary>
    /// A line of sha256sum's output. It escapes names with odd characters, and puts a backslash before such a line.
    /// </summary>
    static string Sum(string digest, string name) =>
        name.AsSpan().IndexOfAny('\\', '\n') < 0
            ? $"{digest}  {name}\n"
            : $"\\{digest}  {name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n";

    /// <summary>The directory and its contents, sorted; null where it does not exist.</summary>
    public IReadOnlyList<TreeEntry>? Parse(Output output)
    {
        var (self, rest) = Split(output);
        if (Root.Probe.Parse(self) is not { } state)
            return null;
        if (state.Type is not "directory")
            return [new(".", state.Type ?? "other")];
        Cursor cursor = new(rest);
        List<TreeEntry> entries = [new(".", "directory", null, state.Owner, state.Group, state.Mode)];
        entries.AddRange(Wanted(cursor));
        if (!cursor.AtEnd)
            entries.AddRange(Extras(cursor));
        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <summary>What is missing, and which paths have the wrong type.</summary>
    public IEnumerable<Need> Needs(Output output)
    {
        var (self, rest) = Split(output);
        var needs = Root.Probe.Needs(self);
        if (rest.Length == 0)
            return needs;
        return needs.Concat(
            wanted
                .Zip(new Cursor(rest).Line())
                .Where(pair => pair.Second != '-' && pair.Second != Letter(pair.First))
                .Select(pair => new Need(
                    Aspect.Path($"{root}/{pair.First.Path}"),
                    $"there is {Called(pair.Second)} at {root}/{Text.Excerpt(pair.First.Path)}, not {Called(Letter(pair.First))}"
                )
                {
                    Always = true,
                    Hint = "cfg does not replace it unasked; remove it with a NoPath first",
                })
        );
    }

    static char Letter(LocalEntry entry) => entry.Content is null ? 'd' : 'f';

    static string Called(char letter) =>
        letter switch
        {
            'f' => "a file",
            'd' => "a directory",
            'l' => "a symbolic link",
            _ => "something else",
        };

    /// <summary>The part of the answer about the directory itself, and the rest.</summary>
    static (Output Self, ReadOnlyMemory<byte> Listing) Split(Output output)
    {
        if (!output.Stdout.Span.StartsWith("directory|"u8))
            return (output, default);
        Cursor cursor = new(output.Stdout);
        var self = $"{cursor.Line()}\n{cursor.Line()}\n";
        return (Output.Of(self), cursor.Rest);
    }

    IEnumerable<TreeEntry> Wanted(Cursor cursor)
    {
        var map = cursor.Line();
        if (map.Length != wanted.Count)
            throw new UnexpectedOutputException($"expected {wanted.Count} letters, got {map.Length}");
        var there = wanted.Zip(map, (entry, letter) => (Entry: entry, Letter: letter)).Where(pair => pair.Letter != '-').ToList();
        var stats = there.ConvertAll(pair => Stat(cursor, pair.Entry));
        var sums = there.ConvertAll(pair => pair.Letter is 'f' ? Sum(cursor, pair.Entry) : null);
        if (sums.TrueForAll(sum => sum is null))
            cursor.Expect("\n");
        var texts = Texts(cursor);
        return there.Select(
            (pair, i) =>
                stats[i] with
                {
                    Type = pair.Letter switch
                    {
                        'f' => "file",
                        'd' => "directory",
                        'l' => "symlink",
                        _ => "other",
                    },
                    Content = sums[i] is { } digest ? ContentOf(digest, pair.Entry, stats[i].Content?.Length ?? 0, texts) : null,
                }
        );
    }

    static Content ContentOf(string digest, LocalEntry entry, long length, Dictionary<string, Content> texts) =>
        digest == entry.Content?.Digest ? entry.Content : texts.GetValueOrDefault(digest) ?? new(length, digest);

    TreeEntry Stat(Cursor cursor, LocalEntry entry)
    {
        var fields = Enumerable.Range(0, 7).Select(_ => cursor.Until('|')).ToArray();
        cursor.Expect($"./{entry.Path}\n");
        return new(
            entry.Path,
            "",
            new Content(Number.ReadLong(fields[5], "the size of a file"), ""),
            Named(owner, fields[1], fields[3]),
            Named(group, fields[2], fields[4]),
            Mode.Said(fields[0])
        )
        {
            Names = Number.Read(fields[6], "the number of its names"),
        };
    }

    static string Named(string? wanted, string name, string number) =>
        name is "UNKNOWN" || (wanted?.All(char.IsAsciiDigit) ?? false) ? number : name;

    static string Sum(Cursor cursor, LocalEntry entry)
    {
        var escaped = cursor.Skip("\\");
        var digest = cursor.Take(64);
        cursor.Take(2);
        if (!escaped)
            cursor.Expect($"./{entry.Path}\n");
        else if (Unescaped(cursor.Line()) != $"./{entry.Path}")
            throw new UnexpectedOutputException($"expected the digest of {Text.Excerpt(entry.Path)}, got another file's");
        return digest;
    }

    static string Unescaped(string name) =>
        name.Replace("\\\\", "\0", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\r", "\r", StringComparison.Ordinal)
            .Replace('\0', '\\');

    static Dictionary<string, Content> Texts(Cursor cursor)
    {
        Dictionary<string, Content> texts = new(StringComparer.Ordinal);
        while (cursor.Skip("content "))
        {
            Content content = new(cursor.TakeBytes(Number.Read(cursor.Line(), "the size of a file")));
            cursor.Expect("\n");
            texts[content.Digest] = content;
        }

        return texts;
    }

    /// <summary>The mount points below the tree; files in a mount are not part of the tree.</summary>
    static List<(string Path, string Point)> Mounts(Cursor cursor)
    {
        List<(string, string)> mounts = [];
        if (!cursor.Skip("at "))
            return mounts;
        var real = MountField.Unescape(cursor.Line());
        while (cursor.Line() is { Length: > 0 } point)
            mounts.Add((MountField.Unescape(point)[(real.Length + 1)..], point));
        return mounts;
    }

    /// <summary>The reasons why paths cannot be removed: something is mounted there.</summary>
    /// <param name="output">The answer.</param>
    /// <param name="goes">Whether a path in the tree is to be removed.</param>
    public IEnumerable<Need> Held(Output output, Func<string, bool> goes)
    {
        Cursor cursor = new(Split(output).Listing);
        if (cursor.AtEnd)
            return [];
        foreach (var _ in Wanted(cursor))
            continue;
        if (cursor.AtEnd)
            return [];
        cursor.Expect("all\n");
        return Mounts(cursor).Where(mount => goes(mount.Path)).Select(mount => PathProbe.Holds(root, mount.Point));
    }

    IEnumerable<TreeEntry> Extras(Cursor cursor)
    {
        cursor.Expect("all\n");
        var known = wanted.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var mounts = Mounts(cursor);
        while (!cursor.AtEnd)
        {
            var path = cursor.Until('\0');
            if (!path.StartsWith("./", StringComparison.Ordinal))
                throw new UnexpectedOutputException($"expected a path below {root}, got \"{Text.Excerpt(path)}\"");
            if (!known.Contains(path[2..]) && !mounts.Exists(mount => path.StartsWith($"./{mount.Path}/", StringComparison.Ordinal)))
                yield return new(path[2..], "extra");
        }
    }
}
