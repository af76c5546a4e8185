using ConfigEngine.Editor.Protocol;
using ConfigEngine.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Editor;

/// <summary>A script with all that it loads, as the compiler sees it at one moment.</summary>
/// <param name="Version">The version of the open texts that it was made from.</param>
/// <param name="Set">The script and what it loads.</param>
/// <param name="Document">The script for Roslyn's services.</param>
/// <param name="Problems">What is wrong already when the files are read.</param>
sealed record Script(int Version, ScriptSet Set, Document Document, IReadOnlyList<Problem> Problems)
{
    /// <summary>The absolute path of the script.</summary>
    public string Path => Set.Recipe.Path;

    /// <summary>The absolute paths of the scripts that it loads.</summary>
    public IEnumerable<string> Loaded => Set.Scripts.Skip(1).Select(script => script.Path);

    /// <summary>The text of the script.</summary>
    public SourceText Text => Document.TryGetText(out var text) ? text : SourceText.From(Set.Recipe.Text);

    /// <summary>The number of characters before a place; of the nearest one, if the text has no such place.</summary>
    public int PositionOf(Position at)
    {
        var lines = Text.Lines;
        var line = lines[Math.Clamp(at.Line, 0, lines.Count - 1)];
        return at.Line >= lines.Count ? line.End : line.Start + Math.Clamp(at.Character, 0, line.Span.Length);
    }

    /// <summary>A part of the script as lines and columns.</summary>
    public TextRange RangeOf(TextSpan span) => RangeOf(Text.Lines.GetLinePositionSpan(span));

    /// <summary>Lines and columns in the words of the protocol.</summary>
    public static TextRange RangeOf(LinePositionSpan span) =>
        new(new(span.Start.Line, span.Start.Character), new(span.End.Line, span.End.Character));

    /// <summary>A place of one of the scripts, for an editor.</summary>
    public TextLocation? LocationOf(Location location) =>
        location.SourceTree is null
            ? null
            : new(FileUri.Of(Set.Paths.Full(location.SourceTree.FilePath)), RangeOf(location.GetLineSpan().Span));
}
