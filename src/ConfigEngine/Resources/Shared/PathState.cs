namespace ConfigEngine.Resources;

/// <summary>The state of a path, for all resources that manage files, directories and links.</summary>
/// <param name="Type"><c>file</c>, <c>directory</c>, <c>symlink</c>, or stat(1)'s name for any other type.</param>
/// <param name="Content">The content of a file.</param>
/// <param name="Target">Where a symbolic link points.</param>
/// <param name="Owner">The owner: a name, or a number if the recipe gives a number or the owner has no name.</param>
/// <param name="Group">The group, in the same way.</param>
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
    /// <summary>The content of a file.</summary>
    public Content? Content
    {
        get;
        init
        {
            // With other content it is another file, which replaced the old one.
            if (!Equals(field, value))
                Names = 1;
            field = value;
        }
    } = Content;

    /// <summary>The number of hard links. The other names keep the old content when the file is replaced.</summary>
    internal int Names { get; init; } = 1;

    /// <summary>Whether it has an access control list (acl(5)), as far as the host can tell.</summary>
    internal bool HasAcl { get; init; }
}
