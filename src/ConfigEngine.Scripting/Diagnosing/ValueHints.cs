using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for values of the wrong type.</summary>
static partial class ValueHints
{
    const string Interpolated = "write it as $\"…\": each {value} in it is quoted as one word";

    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS9205" => Interpolated,
            "CS0173" when slip.Message.Contains("collection expression", StringComparison.Ordinal) =>
                "write condition ? new Package(\"nginx\") : null, or When(condition, …) for several: a null in a list of "
                    + "resources is skipped",
            "CS0019" when slip.Message.Contains($"'{nameof(ByteSize)}'", StringComparison.Ordinal) =>
                "compare it with another size, such as ByteSize.FromGigabytes(4)",
            "CS0029" or "CS0266" or "CS1503" when Conversion().Match(slip.Message) is { Success: true } types => Between(
                Short(types.Groups["from"].Value),
                Short(types.Groups["to"].Value),
                slip
            ),
            _ => null,
        };

    static string? Between(string from, string to, Slip slip) =>
        (from, to) switch
        {
            ("string", "Shell") when slip.Node is LiteralExpressionSyntax => Interpolated,
            ("string", "Shell") => $"{Interpolated}; Shell.Verbatim(…) takes text that is a command already",
            ("int" or "long", "Mode") => $"write the octal digits in quotes: \"{Octal(slip.Node.ToString())}\"",
            ("char", "string" or "Content" or "Target") => "use double quotes: \"…\"",
            ("string", "bool") => "write true or false, without quotes",
            ("string", "int" or "long" or "double") => "write the number without quotes",
            ("int" or "long" or "double", "string" or "Content") => $"write it in quotes: \"{slip.Node}\"",
            ("int" or "long" or "double", "TimeSpan") => $"write TimeSpan.FromSeconds({slip.Node}) or TimeSpan.FromMinutes(…)",
            (_, "Handler") => Handlers(slip),
            ("string", "IDeclaration") => "On takes resources, such as new Package(\"nginx\")",
            ("method group", _) => $"call it: {slip.Node}(…)",
            (_, "IReadOnlyList" or "IEnumerable" or "List") => "wrap it in brackets: [ … ]",
            _ => null,
        };

    static string Handlers(Slip slip)
    {
        var type = slip.Node is ExpressionSyntax ? slip.Model?.GetTypeInfo(slip.Node).Type : null;
        var names =
            type?.GetMembers()
                .OfType<IPropertySymbol>()
                .Where(property => property.Type.Name is nameof(Handler))
                .Select(property => $"{slip.Node}.{property.Name}")
                .ToList()
            ?? [];
        return names.Count > 0
            ? $"name the handler: {string.Join(" or ", names)}"
            : "a handler is a resource's own, as in: var nginx = new SystemdUnit(\"nginx.service\"); … Notifies = [nginx.Restart]";
    }

    static string Octal(string literal) => literal.All(char.IsAsciiDigit) ? literal.PadLeft(4, '0') : "0644";

    // Examples: Values.Mode? → Mode, System.Collections.Generic.IReadOnlyList<…> → IReadOnlyList
    static string Short(string type) => type.Split('<')[0].TrimEnd('?').Split('.')[^1];

    [GeneratedRegex(@"'(?<from>[^']+)' to '(?<to>[^']+)'|from '(?<from>[^']+)' to '(?<to>[^']+)'")]
    private static partial Regex Conversion();
}
