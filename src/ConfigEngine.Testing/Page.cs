using System.Runtime.CompilerServices;
using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Testing;

/// <summary>
/// A unit page: what a resource asks a host, what it plans from an answer, and what it would do. The pages of a resource's tests
/// are its manual.
/// </summary>
public static class Page
{
    /// <summary>Plans one resource against an answer and compares the page with the verified one.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="observed">A host's answer to the resource's probe.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="test">Filled in by the compiler.</param>
    public static void Plan(Resource resource, string observed, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        Snapshot.Compare(Render(resource, observed, test), Path.ChangeExtension(file, null), test);

    /// <summary>Plans several resources of one host against their answers and compares the page with the verified one.</summary>
    /// <param name="resources">The resources, in order, each with a host's answer to its probe.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="test">Filled in by the compiler.</param>
    public static void Plan(
        IReadOnlyList<(Resource Resource, Output Answer)> resources,
        [CallerFilePath] string file = "",
        [CallerMemberName] string test = ""
    )
    {
        StringBuilder page = new($"# {test.Replace('_', ' ')}\n");
        try
        {
            Conflicts.Check("host", [.. resources.Select(each => each.Resource)]);
            var answers = resources
                .GroupBy(each => Planner.Probes([each.Resource])[0])
                .ToDictionary(group => group.Key, group => group.First().Answer);
            var plan = Planner.Plan("host", [(1, [.. resources.Select(each => each.Resource)])], answers, []);
            if (plan.Error is null || plan.Changes.Any())
                Section(page, "plan", Describe(plan));
            if (plan.Error is { } obstacle)
                Section(page, "error", obstacle.Message);
        }
        catch (CfgException error)
        {
            Section(page, "error", error.Message);
        }

        Snapshot.Compare(page.ToString(), Path.ChangeExtension(file, null), test);
    }

    /// <summary>The page as text.</summary>
    public static string Render(Resource resource, string observed, string title)
    {
        StringBuilder page = new($"# {title.Replace('_', ' ')}\n");
        try
        {
            Catalog.Check(resource);
            var probe = Planner.Probes([resource])[0];
            Section(page, "probe", probe.Script.Text);
            Section(page, "observed", observed.TrimEnd('\n'));
            Dictionary<ProbeRequest, Output> answers = new() { [probe] = Output.Of(observed) };
            var plan = Planner.Plan("host", [(1, [resource])], answers, []);
            if (plan.Error is { } obstacle)
                throw obstacle;
            Section(page, "plan", Describe(plan));
            if (plan.Changes.FirstOrDefault() is { } change)
                Section(page, "operations", string.Join('\n', change.Operations.Select(Full)));
        }
        catch (CfgException error)
        {
            Section(page, "error", error.Message);
        }

        return page.ToString();
    }

    static string Full(Operation operation) =>
        operation.Title is null || $"{operation.Title}\n".StartsWith($"$ {operation.Script.Text}\n", StringComparison.Ordinal)
            ? operation.Display
            : $"{operation.Title}\n$ {operation.Script.Text}"
                + (
                    operation.Input is { IsSecret: false, Text: { } input } ? $"\n< {ValueText.Short(input)}"
                    : operation.Input is { IsSecret: true } secret ? $"\n< {secret}"
                    : ""
                );

    static string Describe(HostPlan plan)
    {
        List<string> lines =
        [
            .. plan
                .Planned.Select(planned => planned.Change)
                .SelectMany(change => ChangeText.Of(change, new()))
                .Select(line => line.ToString()),
            .. plan.Handlers.Select(call =>
                $"↻ {call.Handler.Name}, because of {string.Join(", ", call.Because)}: $ {call.Handler.Script.Text}"
            ),
        ];
        return lines.Count == 0 ? "nothing to do" : string.Join('\n', lines);
    }

    static void Section(StringBuilder page, string name, string text) =>
        page.Append($"{name,-12}").Append(text.ReplaceLineEndings("\n" + new string(' ', 12))).Append('\n');
}
