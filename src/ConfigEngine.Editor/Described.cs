using System.Text;
using System.Xml;
using System.Xml.Linq;
using ConfigEngine.Editor.Protocol;
using Microsoft.CodeAnalysis;

namespace ConfigEngine.Editor;

/// <summary>What Roslyn says of things, as Markdown.</summary>
static class Described
{
    /// <summary>A declaration, and text about it.</summary>
    public static Markup Of(string declaration, string text, string? example = null)
    {
        StringBuilder all = new();
        if (declaration.Length > 0)
            all.Append($"```csharp\n{declaration}\n```\n");
        if (text.Length > 0)
            all.Append(text).Append('\n');
        if (example is not null)
            all.Append($"\nExample:\n```csharp\n{example}\n```\n");
        return new(all.ToString());
    }

    /// <summary>Parts of a text as they are.</summary>
    public static string Plain(IEnumerable<TaggedText> parts) =>
        string.Concat(parts.Select(part => part.Tag is TextTags.LineBreak ? "\n" : part.Text)).ReplaceLineEndings("\n").Trim();

    /// <summary>Parts of a text, in which nothing is taken for a mark of Markdown.</summary>
    public static string Escaped(IEnumerable<TaggedText> parts) =>
        string.Concat(parts.Select(part => part.Tag is TextTags.LineBreak ? "\n" : Escape(part.Text))).ReplaceLineEndings("\n").Trim();

    static string Escape(string text) =>
        string.Concat(text.Select(each => each is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' ? $"\\{each}" : $"{each}"));

    /// <summary>The example in the documentation of a thing.</summary>
    public static string? ExampleOf(ISymbol? symbol) => Part(symbol, "example");

    /// <summary>The summary in the documentation of a thing, as plain text.</summary>
    public static string? SummaryOf(ISymbol? symbol) => Part(symbol, "summary") is { } text ? OnOneLine(text) : null;

    /// <summary>What the documentation says of a parameter.</summary>
    public static string? ParameterOf(ISymbol? symbol, string name) =>
        Documentation(symbol)?.Elements("param").FirstOrDefault(each => (string?)each.Attribute("name") == name) is { } found
            ? OnOneLine(Text(found))
            : null;

    static string? Part(ISymbol? symbol, string name) =>
        Documentation(symbol)?.Element(name) is { } found && Text(found).Trim('\n', '\r') is { Length: > 0 } text ? Dedent(text) : null;

    static XElement? Documentation(ISymbol? symbol)
    {
        if (symbol?.GetDocumentationCommentXml() is not { Length: > 0 } xml)
            return null;
        try
        {
            // That of a script's own function has no element around it.
            return XElement.Parse(
                xml.TrimStart().StartsWith("<member", StringComparison.Ordinal) ? xml : $"<member>{xml}</member>",
                LoadOptions.PreserveWhitespace
            );
        }
        catch (XmlException)
        {
            return null;
        }
    }

    static string Text(XElement element) =>
        string.Concat(
            element
                .Nodes()
                .Select(node =>
                    node switch
                    {
                        XText text => text.Value,
                        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } named => Named(named),
                        XElement inner => Text(inner),
                        _ => "",
                    }
                )
        );

    static string Named(XElement element) =>
        (
            (string?)element.Attribute("cref")
            ?? (string?)element.Attribute("name")
            ?? (string?)element.Attribute("langword")
            ?? element.Value
        )
            .Split('(')[0]
            .Split('.', ':')[^1];

    static string OnOneLine(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    static string Dedent(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var common = lines
            .Where(line => line.Trim().Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty()
            .Min();
        return string.Join('\n', lines.Select(line => line.Length > common ? line[common..].TrimEnd() : "")).Trim('\n');
    }
}
