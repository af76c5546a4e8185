namespace ConfigEngine.Resources;

/// <summary>What is at a path: what resources for files, directories and links share.</summary>
/// <param name="Type"><c>file</c>, <c>directory</c>, <c>symlink</c>, or what stat(1) calls something else.</param>
/// <param name="Content">What a file holds.</param>
/// <param name="Target">Where a symbolic link points.</param>
/// <param name="Owner">The owner: a name, or a number where it was asked for by number or has no name.</param>
/// <param name="Group">The group, likewise.</param>
/// <param name="Mode">The permission bits.</param>
public sealed record PathState(
    string? Type,
    Content? Content = null,
    string? Target = null,
    string? Owner = null,
    string? Group = null,
    Mode? Mode = null
)
{
    /// <summary>What a file holds.</summary>
    public Content? Content
    {
        get;
        init
        {
            // What holds something else is another file, which took its place.
            if (!Equals(field, value))
                Names = 1;
            field = value;
        }
    } = Content;

    /// <summary>How many names the file has (hard links): they keep what it holds when another one takes its place.</summary>
    internal int Names { get; init; } = 1;

    /// <summary>Whether it has an access control list (acl(5)), as far as the host tells.</summary>
    internal bool HasAcl { get; init; }
}
