namespace ConfigEngine.Cli.Comparing;

/// <summary>The two states of a repository that are compared, as git diff has them (gitrevisions(7)).</summary>
/// <param name="Before">The first revision.</param>
/// <param name="After">The second one; the working tree when null.</param>
/// <param name="From">Where the comparison begins.</param>
sealed record Revisions(string Before, string? After, ComparedFrom From)
{
    const string Head = "HEAD";

    /// <summary>
    /// What a user writes: <c>A..B</c> compares two revisions, <c>A...B</c> compares B with where it left A, <c>A</c> compares A with the
    /// working tree. A side that is left out is HEAD.
    /// </summary>
    public static Revisions Parse(string text)
    {
        if (text.IndexOf("..", StringComparison.Ordinal) is not (>= 0 and var at))
            return new(text, null, ComparedFrom.Revision);
        var merged = text.AsSpan(at).StartsWith("...", StringComparison.Ordinal);
        return new(
            at == 0 ? Head : text[..at],
            text[(at + (merged ? 3 : 2))..] is { Length: > 0 } after ? after : Head,
            merged ? ComparedFrom.MergeBase : ComparedFrom.Revision
        );
    }

    /// <summary>Both sides, as the user wrote them.</summary>
    public override string ToString() =>
        After is null ? $"{Before} and the working tree" : $"{Before}{(From is ComparedFrom.MergeBase ? "..." : "..")}{After}";
}

/// <summary>Where a comparison begins.</summary>
enum ComparedFrom
{
    /// <summary>At the first revision.</summary>
    Revision,

    /// <summary>At the newest commit that both revisions have.</summary>
    MergeBase,
}
