using System.Text.Json.Nodes;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>
/// Compares the lines of a saved plan with what containers came to. A container begins with another state than the host, so only the
/// values after each change are compared.
/// </summary>
static class SavedLines
{
    /// <summary>The lines, in order of the plan.</summary>
    /// <param name="saved">The saved plan.</param>
    /// <param name="done">What was done, by host.</param>
    /// <param name="again">What would be done again, by host.</param>
    public static IEnumerable<SavedLine> Of(
        SavedPlan saved,
        IReadOnlyDictionary<string, HostReport> done,
        IReadOnlyDictionary<string, HostPlan> again
    ) =>
        from host in saved.Document.Hosts
        from line in host.Changes
        where line.Verb is not Verb.Recheck
        let change = PlanJson.Change(line)
        select new SavedLine(
            host.Name,
            change.Address,
            done.TryGetValue(host.Name, out var report)
                ? Problem(line, change.Address, report, again.GetValueOrDefault(host.Name))
                : "it was not rehearsed"
        );

    static string? Problem(ChangeDocument line, string address, HostReport report, HostPlan? again)
    {
        var made = report.Changes.FirstOrDefault(change => change.Address == address && !change.IsHandler);
        if (made is { State: not ChangeState.Done })
            return "it could not be done";
        if (again is null || again.Changes.Any(change => change.Address == address && change.Verb is not Verb.Run))
            return "a second plan would change it again";
        var values = (made?.Change?.Attributes ?? []).ToDictionary(
            attribute => attribute.Name,
            attribute => JsonValues.Of(attribute.After)
        );
        return line
            .Attributes.Where(attribute =>
                values.TryGetValue(attribute.Name, out var value)
                && !IsUnknown(attribute.After)
                && !JsonNode.DeepEquals(attribute.After, value)
            )
            .Select(attribute => $"{attribute.Name} is {Short(attribute.After)} in the plan, and became {Short(values[attribute.Name])}")
            .FirstOrDefault();
    }

    static bool IsUnknown(JsonNode? value) => value is JsonObject known && known["unknown"] is not null;

    static string Short(JsonNode? value) => ValueText.Short(value is null ? null : JsonValues.From(value));
}
