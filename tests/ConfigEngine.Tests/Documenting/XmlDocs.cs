using System.Reflection;
using System.Xml.Linq;

namespace ConfigEngine.Tests.Documenting;

/// <summary>The doc comments of an assembly, from the file that the compiler writes beside it.</summary>
sealed class XmlDocs
{
    readonly Dictionary<string, XElement> members;

    XmlDocs(string path) =>
        members = XDocument
            .Load(path, LoadOptions.PreserveWhitespace)
            .Descendants("member")
            .ToDictionary(member => (string?)member.Attribute("name") ?? "", StringComparer.Ordinal);

    public static XmlDocs Of(Assembly assembly) => new(Path.ChangeExtension(assembly.Location, ".xml"));

    public XElement? Of(MemberInfo member) =>
        members.GetValueOrDefault(
            member switch
            {
                Type type => $"T:{Name(Definition(type))}",
                PropertyInfo property =>
                    $"P:{Name(Definition(property.DeclaringType))}.{property.Name}{Parameters(property.GetIndexParameters())}",
                FieldInfo field => $"F:{Name(field.DeclaringType)}.{field.Name}",
                MethodInfo method => $"M:{Name(method.DeclaringType)}.{method.Name}"
                    + $"{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}{Parameters(method.GetParameters())}",
                _ => throw new NotSupportedException($"doc comments of a {member.MemberType}"),
            }
        );

    /// <summary>
    /// The meaning of a member in a sentence: a property's own summary, or the text for the parameter of the record that it comes
    /// from.
    /// </summary>
    public XElement? Meaning(MemberInfo member) =>
        Of(member)?.Element("summary") is { } summary && member is not PropertyInfo { DeclaringType: not null } ? summary
        : member is PropertyInfo { DeclaringType: { } type } property ? Parameter(type, property.Name) ?? Of(property)?.Element("summary")
        : null;

    /// <summary>The text for a parameter of a type's primary constructor.</summary>
    public XElement? Parameter(Type type, string name) =>
        Of(type)?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name);

    /// <summary>The code of a member's example, without the comment's indentation.</summary>
    public string? Example(MemberInfo member) => Of(member)?.Element("example")?.Element("code") is { } code ? Dedented(code.Value) : null;

    /// <summary>The theme of the reference that a resource belongs to.</summary>
    public string Theme(Type resource) => Of(resource)?.Element("theme")?.Value ?? "";

    static string Dedented(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Trim('\n', ' ').Split('\n');
        var indent = lines
            .Skip(1)
            .Where(line => line.Trim().Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return string.Join('\n', [lines[0], .. lines.Skip(1).Select(line => line.Length > indent ? line[indent..].TrimEnd() : "")]);
    }

    static Type? Definition(Type? type) => type is { IsConstructedGenericType: true } ? type.GetGenericTypeDefinition() : type;

    static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Name(parameter.ParameterType)))})";

    // The identifiers of C#'s documentation comments (ECMA-334, annex D.4.2).
    static string Name(Type? type) =>
        type switch
        {
            null => "",
            { IsByRef: true } => $"{Name(type.GetElementType())}@",
            { IsArray: true } => $"{Name(type.GetElementType())}[]",
            { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
            { IsGenericParameter: true } => $"`{type.GenericParameterPosition}",
            { IsConstructedGenericType: true } =>
                $"{Name(type.GetGenericTypeDefinition()).Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(Name))}}}",
            _ => (type.FullName ?? type.Name).Replace('+', '.'),
        };
}
