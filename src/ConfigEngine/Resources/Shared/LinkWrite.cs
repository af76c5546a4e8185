namespace ConfigEngine.Resources;

/// <summary>Makes symbolic links: first beside their place and then moved there, so that the path always exists.</summary>
static class LinkWrite
{
    /// <summary>
    /// A link that replaces another link or nothing. <c>mv -T</c> refuses to replace a directory; the plan has excluded every other
    /// file.
    /// </summary>
    public static Operation To(string path, string target, string? owner = null, string? group = null) =>
        new($"{Checks.BeforeLink(path, target)}cfg_symlink {path} {target} {new Ownership(owner, group).ToString()}")
        {
            TellsFirstWrite = true,
            Title = $"link {Text.Excerpt(path)} to {Text.Excerpt(target)}",
        };
}
