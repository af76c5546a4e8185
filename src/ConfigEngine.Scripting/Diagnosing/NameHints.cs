using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for names that are unknown, or have another meaning.</summary>
static class NameHints
{
    // The names in other tools and languages.
    static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Service"] = "SystemdUnit",
        ["Systemd"] = "SystemdUnit",
        ["Unit"] = "SystemdUnit",
        ["Apt"] = "Package",
        ["Dnf"] = "Package",
        ["Yum"] = "Package",
        ["Copy"] = "File",
        ["Template"] = "File",
        ["Exec"] = "Command",
        ["Shell"] = "Command",
        ["Remove"] = "NoPath",
        ["Delete"] = "NoPath",
        ["Gone"] = "NoPath",
        ["Uninstall"] = "NoPackage",
        ["NoGroup"] = "NoUserGroup",
        ["yes"] = "true",
        ["True"] = "true",
        ["no"] = "false",
        ["False"] = "false",
        ["None"] = "null",
        ["nil"] = "null",
    };

    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS0712" or "CS0723" or "CS0104" when slip.IsResource(slip.Name) =>
                $"leave out \"using System.IO\": then {slip.Name} means the resource, and the other one is System.IO.{slip.Name}",
            "CS1955" or "CS0119" when slip.Model?.LookupNamespacesAndTypes(slip.Position, name: slip.Name).Length > 0 =>
                $"write new {slip.Name}(…)",
            "CS0103" or "CS0246" => Unknown(slip),
            _ => null,
        };

    static string? Unknown(Slip slip)
    {
        if (slip.Name is "host")
            return "what is known of a host is there inside On(\"…\", host => […])";
        if (slip.Name is "Task" or "Thread")
            return "a recipe declares from top to bottom: it needs no threads, and waits for nothing";
        if (Elsewhere.TryGetValue(slip.Name, out var here) && (char.IsLower(here[0]) || slip.IsResource(here)))
            return char.IsLower(here[0]) ? $"write {here}" : $"did you mean {here}?";
        if (AbsenceHints.ForName(slip) is { } absence)
            return absence;
        if ((Similar.Closest(slip.Name, Meant(slip)) ?? Similar.Closest(slip.Name, InScope(slip))) is { } close)
            return $"did you mean {close}?";
        if (IsTarget(slip.Node))
            return $"put the name of a host or a group in quotes: On(\"{slip.Name}\", …)";
        if (Namespace(slip) is { } space)
            return $"write {space}.{slip.Name}" + (space is "System.IO" ? "" : $", or using {space}; in the first lines");
        return slip.Node.Parent is InvocationExpressionSyntax ? "a function of another file is there after #load \"that-file.csx\"" : null;
    }

    static bool IsTarget(SyntaxNode node) =>
        node.Parent
            is ArgumentSyntax
        {
            Parent: ArgumentListSyntax
            {
                Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(Dsl.On) } }
            } list
        } argument
        && list.Arguments[0] == argument;

    static IEnumerable<string> Meant(Slip slip) =>
        slip.Node.Parent is ObjectCreationExpressionSyntax
            ? slip.Resources.Names
            : slip.Resources.Names.Concat([nameof(Dsl.On), nameof(Dsl.Group), nameof(Dsl.Hosts), nameof(Dsl.Local)]);

    static IEnumerable<string> InScope(Slip slip) =>
        slip.Model is null
            ? []
            : slip
                .Model.LookupSymbols(slip.Position)
                .Where(symbol => symbol.CanBeReferencedByName && symbol.ContainingNamespace is { Name: not "System" })
                .Select(symbol => symbol.Name);

    // The namespace in which .NET has a public type of that name.
    static string? Namespace(Slip slip)
    {
        if (slip.Model is null)
            return null;
        Stack<INamespaceSymbol> spaces = new([slip.Model.Compilation.GlobalNamespace]);
        List<string> found = [];
        while (spaces.TryPop(out var space))
        {
            if (space.GetTypeMembers(slip.Name).Any(type => type.DeclaredAccessibility == Accessibility.Public))
                found.Add(space.ToDisplayString());
            foreach (var inner in space.GetNamespaceMembers())
                spaces.Push(inner);
        }

        return found
            .Where(name => name.StartsWith(nameof(System), StringComparison.Ordinal))
            .OrderBy(name => name.Length)
            .FirstOrDefault();
    }
}
