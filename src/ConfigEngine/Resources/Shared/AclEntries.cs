using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// An access control list: entries by their names (<c>user:ann</c>, <c>group:web</c>, <c>mask</c>), those for new files with
/// <c>default:</c> before them, each with its rights (<c>r-x</c>). The entries that are the mode are not among them.
/// </summary>
static partial class AclEntries
{
    /// <summary>Stands before the entries for new files.</summary>
    public const string New = "default:";

    const string Mask = "mask";

    /// <summary>The entries that a mode has, too.</summary>
    static readonly string[] OfMode = ["user", "group", "other"];

    /// <summary>A path without a list.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The statements that these entries are in the list.</summary>
    public static IEnumerable<Claim> Claims(string path, IEnumerable<string> entries) =>
        entries
            .Where(IsOfSomebody)
            .Select(entry => new Claim(OfEntries(path, entry), "there", $"the access control list of {path} has {Named(entry)}"));

    /// <summary>The statements that these entries are not in the list, nor among those for new files.</summary>
    public static IEnumerable<Claim> NoClaims(string path, IEnumerable<string> entries) =>
        entries
            .SelectMany(entry => (string[])[entry, New + entry])
            .Select(entry => new Claim(OfEntries(path, entry), "gone", $"the access control list of {path} does not have {Named(entry)}"));

    /// <summary>The statement that there is no list.</summary>
    public static Claim NoClaim(string path) => new(OfEntries(path, "*"), "gone", $"{path} has no access control list");

    static Aspect OfEntries(string path, string entry) => new($"access control list of {path}", entry);

    /// <summary>An entry in words: <c>the user ann</c>, <c>the user ann for new files</c>.</summary>
    static string Named(string entry) => IsNew(entry) ? $"{Named(entry[New.Length..])} for new files" : $"the {entry.Replace(':', ' ')}";

    /// <summary>
    /// Statements about the group digit of a mode, which is the mask of the list: what an entry gives somebody must be in it, and a mask
    /// that is set is the digit itself.
    /// </summary>
    public static IEnumerable<Claim> MaskClaims(string path, IReadOnlyDictionary<string, string> named)
    {
        var mask = named.GetValueOrDefault(Mask);
        foreach (var right in "rwx")
        {
            var has = named.FirstOrDefault(entry =>
                (mask is null ? IsOfSomebody(entry.Key) && !IsNew(entry.Key) : entry.Key is Mask)
                && entry.Value.Contains(right, StringComparison.Ordinal)
            );
            if (has.Key is not null)
                yield return Claim.GroupRight(
                    path,
                    right,
                    mask is null
                        ? $"its access control list gives {right} to {Named(has.Key)}"
                        : $"the mask of its access control list is {mask}"
                );
            else if (mask is not null)
                yield return Claim.NoGroupRight(path, right, $"the mask of its access control list is {mask}");
        }
    }

    static bool IsNew(string entry) => entry.StartsWith(New, StringComparison.Ordinal);

    /// <summary>A line for each entry that differs.</summary>
    public static IReadOnlyList<AttributeChange> Changes(
        IReadOnlyDictionary<string, string>? before,
        IReadOnlyDictionary<string, string>? after
    ) =>
        [
            .. (after ?? None)
                .Keys.Union((before ?? None).Keys)
                .Select(entry => new AttributeChange(entry, before?.GetValueOrDefault(entry), after?.GetValueOrDefault(entry)))
                .Where(change => (string?)change.Before != (string?)change.After)
                .OrderBy(change => change.Name, StringComparer.Ordinal),
        ];

    /// <summary>Rights in their full form; null where they are none.</summary>
    public static string? Rights(string rights) =>
        ValidRights().IsMatch(rights) ? Only(c => rights.Contains(c, StringComparison.Ordinal)) : null;

    static string Only(Predicate<char> has) => string.Concat("rwx".Select(c => has(c) ? c : '-'));

    /// <summary>Rights as a digit of a mode.</summary>
    public static int Digit(string rights) =>
        (rights.Contains('r', StringComparison.Ordinal) ? 4 : 0)
        + (rights.Contains('w', StringComparison.Ordinal) ? 2 : 0)
        + (rights.Contains('x', StringComparison.Ordinal) ? 1 : 0);

    /// <summary>The entries that a recipe names.</summary>
    public static IReadOnlyDictionary<string, string> Named(
        Dictionary<string, string> users,
        Dictionary<string, string> groups,
        string? mask,
        AclDefault? created
    )
    {
        SortedDictionary<string, string> named = new(StringComparer.Ordinal);
        Add("", users, groups, mask);
        if (created is not null)
        {
            Add(New, created.Users, created.Groups, created.Mask);
            AddOne(New + "user", created.Owner);
            AddOne(New + "group", created.Group);
            AddOne(New + "other", created.Others);
        }

        return named;

        void Add(string before, Dictionary<string, string> users, Dictionary<string, string> groups, string? mask)
        {
            foreach (var (name, rights) in users)
                AddOne($"{before}user:{name}", rights);
            foreach (var (name, rights) in groups)
                AddOne($"{before}group:{name}", rights);
            AddOne(before + Mask, mask);
        }

        void AddOne(string name, string? rights)
        {
            if (rights is not null)
                named[name] = Rights(rights) ?? rights;
        }
    }

    /// <summary>The entries as they should be.</summary>
    /// <param name="actual">Those that are there.</param>
    /// <param name="ofMode">Those that are the mode.</param>
    /// <param name="named">Those that are named.</param>
    /// <param name="keeps">Whether an entry of somebody who is not named stays.</param>
    public static IReadOnlyDictionary<string, string> Towards(
        IReadOnlyDictionary<string, string> actual,
        IReadOnlyDictionary<string, string> ofMode,
        IReadOnlyDictionary<string, string> named,
        Predicate<string> keeps
    )
    {
        SortedDictionary<string, string> wanted = new(StringComparer.Ordinal);
        foreach (var (name, rights) in actual.Where(entry => !IsOfSomebody(entry.Key) || keeps(entry.Key)).Concat(named))
            wanted[name] = rights;

        // Of a path that nobody has looked at yet, no more is known than what is named.
        if (ofMode.Count == 0)
            return wanted;
        if (wanted.Keys.Any(name => name.StartsWith(New, StringComparison.Ordinal)))
        {
            // A list for new files has all three entries of a mode; setfacl(1) would take them from the directory's own.
            foreach (var one in OfMode)
                wanted.TryAdd(New + one, ofMode.GetValueOrDefault(one) ?? "---");
        }

        foreach (var before in (string[])["", New])
        {
            var isNew = before.Length > 0;
            var somebody = wanted
                .Keys.Where(name => IsOfSomebody(name) && name.StartsWith(New, StringComparison.Ordinal) == isNew)
                .ToList();
            if (named.ContainsKey(before + Mask))
                continue;
            if (somebody.Count == 0)
            {
                if (!keeps(before + Mask))
                    wanted.Remove(before + Mask);
                continue;
            }

            // setfacl(1) would make a new mask from the rights of the group and of all entries; one that is there is not made smaller.
            string?[] least =
            [
                actual.GetValueOrDefault(before + Mask) ?? (isNew ? wanted : ofMode).GetValueOrDefault(before + "group"),
                .. named.Where(entry => somebody.Contains(entry.Key)).Select(entry => entry.Value),
            ];
            wanted[before + Mask] = Union([.. least.OfType<string>()]);
        }

        return wanted;
    }

    static string Union(IReadOnlyList<string> all) => Only(c => all.Any(rights => rights.Contains(c, StringComparison.Ordinal)));

    /// <summary>Whether an entry is that of a user or a group that it names.</summary>
    public static bool IsOfSomebody(string name) => (IsNew(name) ? name[New.Length..] : name).Contains(':', StringComparison.Ordinal);

    /// <summary>An entry as setfacl(1) takes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rights">Its rights; null to take it off.</param>
    public static string Written(string name, string? rights)
    {
        var colon = IsOfSomebody(name) || (rights is null && name.EndsWith(Mask, StringComparison.Ordinal)) ? "" : ":";
        return rights is null ? name + colon : $"{name}{colon}:{rights}";
    }

    /// <summary>The first lines of an answer: the type of the path, and what is missing.</summary>
    public static (string Type, IReadOnlyList<string> Missing) Head(Output output) =>
        output.Lines is [var type, ['m', 'i', 's', 's', 'i', 'n', 'g', .. var missing], ..]
        && type is "absent" or "file" or "directory" or "other"
            ? (type, missing.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : throw new UnexpectedOutputException($"expected what is at a path, got \"{Text.Excerpt(output.Text)}\"");

    /// <summary>The list that an answer has after its first lines, as getfacl(1) prints it, and apart from it what is the mode.</summary>
    public static (IReadOnlyDictionary<string, string> Entries, IReadOnlyDictionary<string, string> OfMode) Read(Output output)
    {
        SortedDictionary<string, string> entries = new(StringComparer.Ordinal);
        foreach (var line in output.Lines.Skip(2).Where(line => line.Length > 0))
        {
            if (Entry().Match(line) is not { Success: true } match)
                throw new UnexpectedOutputException($"expected an entry of an access control list, got \"{Text.Excerpt(line)}\"");
            entries[match.Groups["name"].Value.TrimEnd(':')] = match.Groups["rights"].Value;
        }

        if (entries.Count == 0)
            throw new UnexpectedOutputException("expected an access control list, got nothing");
        SortedDictionary<string, string> ofMode = new(StringComparer.Ordinal);
        foreach (var one in OfMode)
        {
            if (entries.Remove(one, out var rights))
                ofMode[one] = rights;
        }

        return (entries, ofMode);
    }

    [GeneratedRegex(@"^(?=.)r?w?x?\z|^[r-][w-][x-]\z")]
    private static partial Regex ValidRights();

    [GeneratedRegex(@"^(?<name>(default:)?(user:[^:]*|group:[^:]*|mask:|other:)):(?<rights>[r-][w-][x-])\z")]
    private static partial Regex Entry();
}
