namespace ConfigEngine.Resources;

/// <summary>The differences in a tree, as plans show them: a line for each file, with a diff if its old text was fetched.</summary>
static class TreeDiff
{
    /// <summary>After this many differences, the others are only counted; removals are always shown.</summary>
    const int Shown = 60;

    /// <summary>The lines: first all losses, with a directory and its contents as one line, then the others by path.</summary>
    public static IReadOnlyList<AttributeChange> Attributes(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var pairs = Pairs(before, after).ToList();
        var gone = pairs.Count(pair => pair.After is null);
        var removed = Removed(before, after)
            .Select(top => new AttributeChange(
                Printable.Line(top.Path),
                top.Below == 0 ? "extra" : $"extra, with {top.Below} in it",
                "removed"
            ));
        List<AttributeChange> others = [.. pairs.Where(pair => pair.After is not null).SelectMany(pair => Of(pair.Before, pair.After))];
        if (others.Count <= Shown)
            return [.. removed, .. others];
        var added = pairs.Count(pair => pair.Before is null);
        return
        [
            .. removed,
            .. others.Take(Shown),
            new(
                "and more",
                null,
                $"{others.Count - Shown} lines; in all {added} added, {pairs.Count - added - gone} changed, {gone} removed"
            ),
        ];
    }

    /// <summary>The removals: the topmost paths, and the number of paths below each.</summary>
    public static IEnumerable<(string Path, int Below)> Removed(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var gone = before.Select(entry => entry.Path).Except(after.Select(entry => entry.Path)).ToList();
        return Tops(gone).Select(top => (top, gone.Count(path => path.StartsWith(top + "/", StringComparison.Ordinal))));
    }

    /// <summary>The paths that are not below another of the paths, sorted.</summary>
    public static IReadOnlyList<string> Tops(IEnumerable<string> paths)
    {
        var all = paths.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Where(path => path.LastIndexOf('/') is var slash && (slash < 0 || !all.Contains(path[..slash])))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The differences, by path.</summary>
    public static IEnumerable<(TreeEntry? Before, TreeEntry? After)> Pairs(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var old = before.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        var now = after.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        return old
            .Keys.Union(now.Keys)
            .Order(StringComparer.Ordinal)
            .Select(path => (Before: old.GetValueOrDefault(path), After: now.GetValueOrDefault(path)))
            .Where(pair => pair.Before != pair.After);
    }

    static IEnumerable<AttributeChange> Of(TreeEntry? before, TreeEntry? after)
    {
        var name = Printable.Line((after ?? before)?.Path ?? "");
        if (before is null || after is null)
        {
            yield return new(name, Whole(before), Whole(after));
            yield break;
        }

        if (before.Content != after.Content)
            yield return new(name, before.Content, after.Content);
        if (before.Owner != after.Owner || before.Group != after.Group)
            yield return new(
                $"{name} owner",
                new Ownership(before.Owner, before.Group).ToString(),
                new Ownership(after.Owner, after.Group).ToString()
            );
        if (before.Mode != after.Mode)
            yield return new($"{name} mode", before.Mode, after.Mode);
    }

    /// <summary>A file by its size and digest. For a new file, that is enough.</summary>
    static object? Whole(TreeEntry? entry)
    {
        if (entry?.Content is { } content)
            return new Content(content.Length, content.Digest);
        return entry?.Type;
    }
}
