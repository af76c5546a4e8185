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

    /// <summary><c>new File("/x") { State = "absent" }</c>, and other states that are something else here.</summary>
    public static string? For(Slip slip) =>
        slip.Id is "CS0117" or "CS0572"
        && States.Contains(slip.Name)
        && slip.Node.Parent is AssignmentExpressionSyntax { Right: var value }
        && slip.Node.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { Type: IdentifierNameSyntax type }
            ? IsAbsence(slip.Name, value.ToString())
                ? $"what should not be there is a resource of its own: {Opposite(type.Identifier.ValueText, slip)}"
                : Instead(type.Identifier.ValueText, value.ToString().Trim('"').ToLowerInvariant())
            : null;

    static bool IsAbsence(string name, string value) => Words.Contains(value.Trim('"')) || (name is "Absent" && value is "true");

    /// <summary>What a state of another tool is here.</summary>
    static string? Instead(string type, string state) =>
        (type, state) switch
        {
            ("Package", "latest") => "write Version = PackageVersion.Latest",
            ("SystemdUnit", "started" or "running" or "active") => "write Running = true",
            ("SystemdUnit", "stopped" or "inactive") => "write Running = false",
            ("SystemdUnit", "enabled") => "write Enabled = true",
            ("SystemdUnit", "disabled") => "write Enabled = false",
            ("SystemdUnit", "masked") => "write Masked = true",
            ("SystemdUnit", "restarted" or "reloaded") =>
                "a unit is restarted by what changes before it: Notifies = [nginx.Restart] there, with var nginx = new SystemdUnit(…)",
            ("File", "directory") => "a directory is a resource of its own: new Directory(…)",
            ("File", "link") => "a symbolic link is a resource of its own: new Symlink(…)",
            (_, "present" or "installed" or "true" or "file" or "directory" or "created" or "exists" or "mounted") =>
                "leave it out: what is declared is what should be there",
            _ => null,
        };

    /// <summary><c>new NoFile("/x")</c>.</summary>
    public static string? ForName(Slip slip) =>
        slip.Name is ['N', 'o', .. var thing] && slip.IsResource(thing) ? $"write {Opposite(thing, slip)}" : null;

    static string Opposite(string thing, Slip slip) =>
        slip.IsResource($"No{thing}") ? $"new No{thing}(…)" : "new NoPath(…), with the path of it or of its file";
}
