using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Tests.Resources;

/// <summary>What a host answers about a path.</summary>
static class Files
{
    /// <summary>A file of root's that holds this.</summary>
    public static string Text(string content, string mode = "644", string owner = "root", string group = "root") =>
        $"file|{mode}|{owner}|{group}|{Encoding.UTF8.GetByteCount(content)}|"
        + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}\nmissing\n{content}";

    /// <summary>A symbolic link.</summary>
    public static string Link(string target, string owner = "root", string group = "root") =>
        $"symlink|777|{owner}|{group}|{Encoding.UTF8.GetByteCount(target)}\nmissing\n{target}\n";

    /// <summary>Nothing, in a directory that is there.</summary>
    public const string Absent = "absent|directory\nmissing\n";
}
