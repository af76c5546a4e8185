using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>A rehearsal as JSON: <c>cfg rehearse --json</c> prints it and <c>cfg schema rehearsal</c> describes it.</summary>
[Description("What a recipe did to containers that stood in for its hosts, beside what was planned.")]
sealed record RehearsalDocument
{
    const int CurrentFormat = 1;

    /// <summary>The version of the format: it grows when a reader of an older version would misread it.</summary>
    [Description("The version of this format; it grows when a reader of an older one would misread it.")]
    public required int FormatVersion { get; init; }

    /// <summary>The version of cfg.</summary>
    [Description("The version of cfg that rehearsed.")]
    public required string Cfg { get; init; }

    /// <summary>The recipe.</summary>
    [Description("The recipe's path.")]
    public required string Recipe { get; init; }

    /// <summary>Whether all came out as planned.</summary>
    [Description("Whether every line came out as planned, and a second plan is empty.")]
    public required bool AsPlanned { get; init; }

    /// <summary>The hosts.</summary>
    [Description("The hosts that containers stood in for.")]
    public required IReadOnlyList<RehearsedHostDocument> Hosts { get; init; }

    /// <summary>The lines of a saved plan.</summary>
    [Description("The lines of the saved plan that was rehearsed; none where it was a recipe.")]
    public required IReadOnlyList<SavedLine> SavedPlan { get; init; }

    /// <summary>The schema of it.</summary>
    public static string Schema => JsonSchemas.Text("cfg rehearse --json", RehearsalJsonTypes.Made.RehearsalDocument);

    /// <summary>A rehearsal as text, without the secrets of its run.</summary>
    public static string Write(Rehearsal rehearsal, Redaction redaction)
    {
        var text = JsonSerializer.Serialize(Of(rehearsal), RehearsalJsonTypes.Made.RehearsalDocument);
        return (
                ReferenceEquals(redaction.Of(text), text)
                    ? text
                    : redaction.Of(JsonNode.Parse(text))?.ToJsonString(RehearsalJsonTypes.Made.Options)
            ) + "\n";
    }

    static RehearsalDocument Of(Rehearsal rehearsal) =>
        new()
        {
            FormatVersion = CurrentFormat,
            Cfg = ConfigEngine.Cli.Cfg.Version,
            Recipe = rehearsal.Recipe,
            AsPlanned = rehearsal.IsAsPlanned,
            Hosts =
            [
                .. rehearsal.Hosts.Select(host => new RehearsedHostDocument(
                    host.Host,
                    host.System,
                    [.. host.Errors.Select(error => error.Message)],
                    [
                        .. host.Lines.Select(line => new RehearsedLineDocument(
                            line.Address,
                            line.Kind,
                            line.Certainty,
                            line.Result,
                            [.. line.Attributes.Select(one => new RehearsedAttributeDocument(one.Name, Of(one.Planned), Of(one.Done)))]
                        )),
                    ],
                    [.. host.Again.Select(change => change.Address)]
                )),
            ],
            SavedPlan = rehearsal.Saved,
        };

    static AttributeDocument? Of(AttributeChange? change) =>
        change is null ? null : new(change.Name, JsonValues.Of(change.Before), JsonValues.Of(change.After));
}

/// <summary>One host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="System">The container's distribution.</param>
/// <param name="Errors">Why it could not be planned or applied.</param>
/// <param name="Lines">The lines of its plan.</param>
/// <param name="SecondPlan">What a second plan would change.</param>
sealed record RehearsedHostDocument(
    [property: Description("Its name in the inventory.")] string Name,
    [property: Description("The container's distribution, for people.")] string? System,
    [property: Description("Why it could not be planned, or not be applied; none where nothing failed.")] IReadOnlyList<string> Errors,
    [property: Description("The lines of its plan, and what was done without being planned.")] IReadOnlyList<RehearsedLineDocument> Lines,
    [property: Description("The addresses of what a second plan would change; none where it is empty.")] IReadOnlyList<string> SecondPlan
);

/// <summary>One line of a plan.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Kind">The resource's kind.</param>
/// <param name="Certainty">How sure the plan was of it.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Differences">The attributes that came out otherwise.</param>
sealed record RehearsedLineDocument(
    [property: Description("Its address, as plans show it.")] string Address,
    [property: Description("The resource's kind, or \"handler\".")] string Kind,
    [property: Description("How sure the plan was of it.")] Certainty Certainty,
    [property: Description("What became of it.")] LineResult Result,
    [property: Description("The attributes that came out otherwise than planned.")] IReadOnlyList<RehearsedAttributeDocument> Differences
);

/// <summary>One attribute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Planned">What was planned.</param>
/// <param name="Done">What was done.</param>
sealed record RehearsedAttributeDocument(
    [property: Description("Its name.")] string Name,
    [property: Description("What was planned; null where the plan does not have it.")] AttributeDocument? Planned,
    [property: Description("What was done; null where it was not changed.")] AttributeDocument? Done
);

/// <summary>Generated code, because reflection would make commands start slowly.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RehearsalDocument))]
sealed partial class RehearsalJsonTypes : JsonSerializerContext
{
    public static RehearsalJsonTypes Made { get; } = new(new(Json.Indented.Options) { TypeInfoResolver = null });
}
