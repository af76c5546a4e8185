namespace ConfigEngine.Resources;

/// <summary>What makes symbolic links: beside their place first, and then moved there, so that there is no moment without one.</summary>
static class LinkWrite
{
    /// <summary>
    /// A link, in the place of another link or of nothing. <c>mv -T</c> refuses to replace a directory; what else is there
    /// the plan has seen.
    /// </summary>
    public static Operation To(string path, string target, string? owner = null, string? group = null)
    {
        Shell script = $"""
            cfg_new=$(mktemp -d {PathProbe.Parent(path).TrimEnd('/')}/.cfg.XXXXXXXXXX)
            trap 'rm -rf -- "$cfg_new"' EXIT
            ln -s -- {target} "$cfg_new/link"

            """;
        if (owner is not null || group is not null)
            script = $"{script}chown -h {Ownership(owner, group)} -- \"$cfg_new/link\"\n";
        return new($"{script}mv -fT -- \"$cfg_new/link\" {path}") { Title = $"link {Text.Excerpt(path)} to {Text.Excerpt(target)}" };
    }

    /// <summary>An owner and a group as chown(1) takes them.</summary>
    public static string Ownership(string? owner, string? group) => owner + (group is null ? "" : ":" + group);
}
