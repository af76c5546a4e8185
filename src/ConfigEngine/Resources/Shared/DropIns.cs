namespace ConfigEngine.Resources;

/// <summary>
/// Directories of *.conf files that are read at boot as if they were one: in the order of the files' names, whichever directory
/// they are in. If two files have one name, the file in the first directory counts (sysctl.d(5), modules-load.d(5)).
/// </summary>
/// <param name="name">The directories' name, such as <c>sysctl.d</c>.</param>
sealed class DropIns(string name)
{
    /// <summary>The directory for the administrator's files.</summary>
    public string Own => $"/etc/{name}";

    /// <summary>Prints every file, with the lines in which one of these extended regular expressions matches (regex(7)).</summary>
    /// <remarks>
    /// A file without such a line is left out, so that the answer is about this setting only. A file that hides another file of its
    /// name is printed in any case.
    /// </remarks>
    public Shell Script(params IEnumerable<string> expressions) => $"cfg_drop_ins {name} {expressions}";

    /// <summary>Reads the answer: the lines that count, in the order in which they are read.</summary>
    public static IReadOnlyList<DropInLine> Parse(IEnumerable<string> answer)
    {
        List<DropInLine> lines = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        string? file = null,
            real = null;
        foreach (var line in answer)
        {
            if (line.StartsWith("file /", StringComparison.Ordinal))
                (file, real) = (seen.Add(NameOf(line)) ? line[5..] : null, null);
            else if (line.StartsWith("real ", StringComparison.Ordinal))
                real = line[5..];
            else if (!line.StartsWith(' ') || real is null)
                throw new UnexpectedOutputException($"expected the lines of a file, got \"{Text.Excerpt(line)}\"");
            else if (file is not null && line.Trim() is { Length: > 0 } text && text[0] is not ('#' or ';'))
                lines.Add(new(file, real, text));
        }

        return [.. lines.OrderBy(line => NameOf(line.File), StringComparer.Ordinal)];
    }

    /// <summary>Whether the first file is read after the second file.</summary>
    public static bool IsAfter(string file, string other) => string.CompareOrdinal(NameOf(file), NameOf(other)) > 0;

    static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}

/// <summary>A line of such a file, without spaces at its ends.</summary>
/// <param name="File">The file.</param>
/// <param name="Real">The file's real path, with symbolic links followed.</param>
/// <param name="Text">The line.</param>
sealed record DropInLine(string File, string Real, string Text);
