using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for removing things: here that is a resource of its own, not a state of a resource as in other tools.</summary>
static class AbsenceHints
{
    static readonly HashSet<string> States = new(["State", "Ensure", "Present", "Exists", "Absent"], StringComparer.OrdinalIgnoreCase);

    static readonly HashSet<string> Words = new(
        ["absent", "removed", "purged", "deleted", "uninstalled", "none", "false"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary><c>new File("/x") { State = "absent" }</c>.</summary>
    public static string? For(Slip slip) =>
        slip.Id is "CS0117"
        && States.Contains(slip.Name)
        && slip.Node.Parent is AssignmentExpressionSyntax { Right: var value }
        && (Words.Contains(value.ToString().Trim('"')) || (slip.Name is "Absent" && value.ToString() is "true"))
        && slip.Node.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { Type: IdentifierNameSyntax type }
            ? $"what should not be there is a resource of its own: {Opposite(type.Identifier.ValueText, slip)}"
            : null;

    /// <summary><c>new NoFile("/x")</c>.</summary>
    public static string? ForName(Slip slip) =>
        slip.Name is ['N', 'o', .. var thing] && slip.IsResource(thing) ? $"write {Opposite(thing, slip)}" : null;

    static string Opposite(string thing, Slip slip) =>
        slip.IsResource($"No{thing}") ? $"new No{thing}(…)" : "new NoPath(…), with the path of it or of its file";
}
