namespace ConfigEngine.Resources;

/// <summary>How a table of TOML comes to be.</summary>
enum TomlOrigin
{
    /// <summary>By a line in brackets, or as the file itself.</summary>
    Section,

    /// <summary>By the line in brackets of a table in it.</summary>
    Implied,

    /// <summary>By names with dots before an equals sign.</summary>
    Dotted,

    /// <summary>By braces.</summary>
    Inline,
}

/// <summary>The lines of a file between two lines in brackets.</summary>
/// <param name="names">The names in the brackets; none for the lines before the first ones.</param>
/// <param name="start">The index of the line in brackets.</param>
sealed class TomlSection(IReadOnlyList<string> names, int start)
{
    public IReadOnlyList<string> Names { get; } = names;

    public int Start { get; } = start;

    /// <summary>Whether it is one of several of that name, or in one.</summary>
    public bool IsInEntry { get; set; }

    /// <summary>The index where it begins, for what comes before the first line in brackets.</summary>
    public int BodyStart { get; init; }

    /// <summary>Its last entry: the index of its line, and that after its value; null where it has none.</summary>
    public (int Line, int End)? Last { get; set; }
}

/// <summary>A table.</summary>
/// <param name="origin">How it comes to be.</param>
/// <param name="start">Where it begins.</param>
sealed class TomlTable(TomlOrigin origin, int start) : DataNode(DataKind.Map, start)
{
    public TomlOrigin Origin { get; set; } = origin;

    /// <summary>The lines that have it; for a table that is only implied, none.</summary>
    public TomlSection Section { get; set; } = new([], 0);

    /// <summary>The index of the line of its last entry, where names with dots make it.</summary>
    public int LastLine { get; set; }

    /// <summary>The index after its last entry, where braces or names with dots make it.</summary>
    public int LastEnd { get; set; }
}

/// <summary>A list of tables, each with a line in double brackets.</summary>
/// <param name="start">Where it begins.</param>
sealed class TomlList(int start) : DataNode(DataKind.List, start);
