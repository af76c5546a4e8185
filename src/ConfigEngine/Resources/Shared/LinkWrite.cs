namespace ConfigEngine.Resources;

/// <summary>What makes symbolic links: beside their place first, and then moved there, so that there is no moment without one.</summary>
static class LinkWrite
{
    /// <summary>
    /// A link, in the place of another link or of nothing. <c>mv -T</c> refuses to replace a directory; what else is there
    /// the plan has seen.
    /// </summary>
    public static Operation To(string path, string target, string? owner = null, string? group = null) =>
        new($"{Checks.BeforeLink(path, target)}cfg_symlink {path} {target} {new Ownership(owner, group).ToString()}")
        {
            TellsFirstWrite = true,
            Title = $"link {Text.Excerpt(path)} to {Text.Excerpt(target)}",
        };
}
