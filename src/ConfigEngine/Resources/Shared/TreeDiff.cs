using ConfigEngine.Rendering;

namespace ConfigEngine.Resources;

/// <summary>What differs in a tree, as plans show it: a line for each file, with a diff where its old text was fetched.</summary>
static class TreeDiff
{
    /// <summary>Beyond this many differences, the rest is only counted.</summary>
    const int Shown = 60;

    /// <summary>The lines.</summary>
    public static IReadOnlyList<AttributeChange> Attributes(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var pairs = Pairs(before, after).ToList();
        List<AttributeChange> all = [.. pairs.SelectMany(pair => Of(pair.Before, pair.After))];
        if (all.Count <= Shown)
            return all;
        var (added, removed) = (pairs.Count(pair => pair.Before is null), pairs.Count(pair => pair.After is null));
        var changed = pairs.Count - added - removed;
        return [.. all.Take(Shown), new("and more", null, $"{all.Count - Shown} lines; in all {added} added, {changed} changed, {removed} removed")];
    }

    /// <summary>What differs, by path.</summary>
    public static IEnumerable<(TreeEntry? Before, TreeEntry? After)> Pairs(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var old = before.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        var now = after.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        return old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
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
            yield return new($"{name} owner", LinkWrite.Ownership(before.Owner, before.Group), LinkWrite.Ownership(after.Owner, after.Group));
        if (before.Mode != after.Mode)
            yield return new($"{name} mode", before.Mode, after.Mode);
    }

    /// <summary>A file by its size and digest: that it is new is news enough.</summary>
    static object? Whole(TreeEntry? entry)
    {
        if (entry?.Content is { } content)
            return new Content(content.Length, content.Digest);
        return entry?.Type;
    }
}
