using System.Runtime.CompilerServices;
using System.Text;

namespace ConfigEngine.Testing;

/// <summary>
/// A unit page: what a resource asks a host, what it plans from an answer, and what it would do. The pages of a resource's
/// tests are its manual.
/// </summary>
public static class Page
{
    /// <summary>Plans one resource against an answer and compares the page with the verified one.</summary>
    /// <param name="resource">What should be so.</param>
    /// <param name="observed">What a host answers to the resource's probe.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="test">Filled in by the compiler.</param>
    public static void Plan(Resource resource, string observed, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        Snapshot.Compare(Render(resource, observed, test), Path.ChangeExtension(file, null), test);

    /// <summary>The page as text.</summary>
    public static string Render(Resource resource, string observed, string title)
    {
        StringBuilder page = new($"# {title.Replace('_', ' ')}\n");
        try
        {
            Catalog.Check(resource);
            foreach (var question in Planner.Questions([resource]))
                Section(page, "probe", question.Script.Text);
            Section(page, "observed", observed.TrimEnd('\n'));
            var answers = Planner.Questions([resource]).ToDictionary(question => question, _ => Output.Of(observed));
            var plan = Planner.Plan("host", [(1, [resource])], answers);
            Section(page, "plan", Describe(plan));
            var change = plan.Changes.FirstOrDefault();
            if (change is not null)
                Section(page, "operations", string.Join('\n', change.Operations.Select(Full)));
            foreach (var handler in plan.Handlers)
                Section(page, "handler", $"{handler.Handler.Name}: $ {handler.Handler.Script.Text}");
        }
        catch (CfgException error)
        {
            Section(page, "error", error.Message);
        }

        return page.ToString();
    }

    static string Full(Operation operation) => operation.Title is null || operation.Title == $"$ {operation.Script.Text}"
        ? operation.Display
        : $"{operation.Title}\n$ {operation.Script.Text}" + (operation.Input?.Text is { } input ? $"\n< {Values.Short(input)}" : "");

    static string Describe(HostPlan plan)
    {
        StringBuilder text = new();
        foreach (var change in plan.Changes)
        {
            text.Append($"{Glyph(change.Verb)} {change.Address}\n");
            var width = change.Attributes.Select(attribute => attribute.Name.Length).DefaultIfEmpty().Max();
            foreach (var attribute in change.Attributes)
                text.Append($"    {attribute.Name.PadRight(width)}  {Values.Short(attribute.Before)} → {Values.Short(attribute.After)}\n");
            foreach (var note in change.Notes)
                text.Append($"    {note}\n");
            if (change.Because is { } because)
                text.Append($"    {change.Certainty.ToString().ToLowerInvariant()}: {because}\n");
        }

        return text.Length == 0 ? "nothing to do" : text.ToString().TrimEnd('\n');
    }

    static char Glyph(Verb verb) => verb switch
    {
        Verb.Create => '+',
        Verb.Update => '~',
        Verb.Remove => '-',
        Verb.Run => '!',
        _ => '?',
    };

    static void Section(StringBuilder page, string name, string text) =>
        page.Append($"{name,-12}").Append(text.ReplaceLineEndings("\n" + new string(' ', 12))).Append('\n');
}
