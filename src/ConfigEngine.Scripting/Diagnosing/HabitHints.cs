using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for properties that resources of other tools have, and that are something else here.</summary>
static class HabitHints
{
    // Names of another tool that are a property here, where the resource has it.
    static readonly Dictionary<string, string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Notify"] = "Notifies",
        ["Perms"] = "Mode",
        ["Permissions"] = "Mode",
        ["Rights"] = "Mode",
        ["Timeout"] = "Deadline",
        ["RunAs"] = "As",
        ["AsUser"] = "As",
        ["BecomeUser"] = "As",
        ["Text"] = "Content",
        ["Body"] = "Content",
        ["Contents"] = "Content",
        ["Ver"] = "Version",
        ["Started"] = "Running",
        ["Active"] = "Running",
        ["OnBoot"] = "Enabled",
        ["NotIf"] = "Unless",
        ["Retry"] = "Retries",
        ["Stdin"] = "Input",
    };

    static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["When"] = "for one resource: condition ? new Package(\"nginx\") : null; for several: When(condition, …)",
        ["If"] = "for one resource: condition ? new Package(\"nginx\") : null; for several: When(condition, …)",
        ["Loop"] = "in the list: .. names.Select(name => new Package(name))",
        ["WithItems"] = "in the list: .. names.Select(name => new Package(name))",
        ["ForEach"] = "in the list: .. names.Select(name => new Package(name))",
        ["Register"] = "ask the host before you decide: host.Ask($\"uname -r\").Text, in On(\"…\", host => […])",
        ["Become"] = "as whom cfg works is said for the host: new Host(\"web1\") { Become = … }; for one resource: As = \"name\"",
        ["Sudo"] = "as whom cfg works is said for the host: new Host(\"web1\") { Become = … }; for one resource: As = \"name\"",
        ["Require"] = "resources are made in the order in which they are written: put this one later",
        ["Requires"] = "resources are made in the order in which they are written: put this one later",
        ["DependsOn"] = "resources are made in the order in which they are written: put this one later",
        ["Before"] = "resources are made in the order in which they are written: put this one earlier",
        ["Subscribe"] = "the resource that changes names the handler: Notifies = [nginx.Restart]",
        ["Subscribes"] = "the resource that changes names the handler: Notifies = [nginx.Restart]",
        ["Tags"] = "resources have no tags: cfg plan --only ADDRESS takes some of them",
        ["IgnoreErrors"] = "a failure ends the work on its host; a command that may fail says so itself: $\"… || true\"",
        ["ChangedWhen"] = "a command is left alone where Creates, Unless or OnlyIf says so",
        ["Chdir"] = "change the directory in the command: $\"cd {directory} && …\"",
        ["Cwd"] = "change the directory in the command: $\"cd {directory} && …\"",
        ["WorkingDirectory"] = "change the directory in the command: $\"cd {directory} && …\"",
    };

    static readonly HashSet<string> Sources = new(["Source", "Src", "Template", "FromFile", "Copy"], StringComparer.OrdinalIgnoreCase);

    /// <summary><c>new File("/x") { Source = "motd" }</c>, <c>new Package("x") { When = … }</c>.</summary>
    public static string? For(Slip slip)
    {
        if (slip.Id is not ("CS0117" or "CS0200") || Assigned(slip) is not { Right: var value })
            return null;
        if (slip.Node.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is not { } creation || !slip.Resources.Has(creation.Type))
            return Unset(slip);
        var type = slip.Model?.GetTypeInfo(creation).Type;
        if (Sources.Contains(slip.Name))
            return Has(type, "Content") ? $"the content of a file beside the recipe: Content = Local({Path(value, "files/name")})"
                : Has(type, "From") ? $"what is in a directory beside the recipe: From = LocalTree({Path(value, "files")})"
                : Unset(slip);
        return Properties.TryGetValue(slip.Name, out var property) && Has(type, property)
            ? $"it is called {property} here"
            : Elsewhere.GetValueOrDefault(slip.Name);
    }

    static AssignmentExpressionSyntax? Assigned(Slip slip) =>
        slip.Node as AssignmentExpressionSyntax ?? slip.Node.Parent as AssignmentExpressionSyntax;

    // The name of it, where cfg itself notes where a resource is declared.
    static string? Unset(Slip slip) =>
        slip is { Id: "CS0200", Name: nameof(Resource.Source) } ? "cfg notes there where the resource is declared: leave it out" : null;

    static string Path(ExpressionSyntax value, string otherwise) =>
        value is LiteralExpressionSyntax { Token.Value: string path } ? $"\"{path}\"" : $"\"{otherwise}\"";

    static bool Has(ITypeSymbol? type, string property)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.GetMembers(property).OfType<IPropertySymbol>().Any(found => found.SetMethod is not null))
                return true;
        }

        return false;
    }
}
