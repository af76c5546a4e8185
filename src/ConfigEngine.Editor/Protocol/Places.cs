namespace ConfigEngine.Editor.Protocol;

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 0.</param>
/// <param name="Character">The column, from 0, in units of UTF-16.</param>
sealed record Position(int Line, int Character);

/// <summary>A part of a text.</summary>
sealed record TextRange(Position Start, Position End);

/// <summary>A part of a file.</summary>
sealed record TextLocation(string Uri, TextRange Range);

/// <summary>A part of a text with another text for it.</summary>
sealed record TextEdit(TextRange Range, string NewText);

/// <summary>Text in Markdown.</summary>
sealed record Markup(string Value)
{
    /// <summary>The protocol's name of its form.</summary>
    public string Kind { get; } = "markdown";
}
