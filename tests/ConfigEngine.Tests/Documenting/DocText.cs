using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConfigEngine.Tests.Documenting;

/// <summary>Doc comments as Markdown.</summary>
static partial class DocText
{
    /// <summary>A comment as one paragraph.</summary>
    public static string Line(XElement? comment) =>
        comment is null ? "" : Spaces().Replace(string.Concat(comment.Nodes().Select(Markdown)), " ").Trim();

    /// <summary>A comment as a cell of a table.</summary>
    public static string Cell(XElement? comment) => Line(comment).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Code within a line; its text is shown unchanged.</summary>
    public static string Code(string code) => code.Contains('`', StringComparison.Ordinal) ? $"`` {code} ``" : $"`{code}`";

    /// <summary>Code on lines of its own.</summary>
    public static string Fence(string code, string language)
    {
        var ticks = new string('`', Math.Max(3, Ticks().Matches(code).Select(match => match.Length + 1).DefaultIfEmpty(0).Max()));
        return $"{ticks}{language}\n{code.TrimEnd('\n')}\n{ticks}\n";
    }

    static string Markdown(XNode node) =>
        node switch
        {
            XText text => text.Value.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal),
            XElement { Name.LocalName: "c" } code => Code(code.Value),
            XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference => Code(Reference(reference)),
            XElement { Name.LocalName: "em" or "i" } word => $"*{string.Concat(word.Nodes().Select(Markdown))}*",
            XElement { Name.LocalName: "b" } word => $"**{string.Concat(word.Nodes().Select(Markdown))}**",
            XElement { Name.LocalName: "code" } => "",
            XElement other => $" {string.Concat(other.Nodes().Select(Markdown))} ",
            _ => "",
        };

    // cref="P:ConfigEngine.Host.Address": its last part; for a type, the name without its namespace.
    static string Reference(XElement element) =>
        ((string?)element.Attribute("cref") ?? (string?)element.Attribute("name") ?? (string?)element.Attribute("langword") ?? "") switch
        {
            ['M', ':', .. var method] => Last(method.Split('(')[0].Split('`')[0]) + "(…)",
            [_, ':', .. var member] => Last(member.Split('`')[0]),
            var name => name,
        };

    static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();
}
