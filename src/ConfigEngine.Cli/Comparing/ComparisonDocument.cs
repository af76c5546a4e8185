using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Comparing;

/// <summary>A comparison as JSON: <c>cfg diff --json</c> prints it and <c>cfg schema diff</c> describes it.</summary>
[Description("What two revisions of a repository plan, side by side.")]
sealed record ComparisonDocument
{
    const int CurrentFormat = 1;

    /// <summary>The version of the format: it grows when a reader of an older version would misread it.</summary>
    [Description("The version of this format; it grows when a reader of an older one would misread it.")]
    public required int FormatVersion { get; init; }

    /// <summary>The version of cfg.</summary>
    [Description("The version of cfg that compared.")]
    public required string Cfg { get; init; }

    /// <summary>The first side.</summary>
    [Description("The first revision, as it was given.")]
    public required string Before { get; init; }

    /// <summary>The second side.</summary>
    [Description("The second revision, as it was given, or \"the working tree\".")]
    public required string After { get; init; }

    /// <summary>Whether anything differs.</summary>
    [Description("Whether a plan differs.")]
    public required bool Differs { get; init; }

    /// <summary>The recipes.</summary>
    [Description("The recipes, each in each state that its hosts were recorded in.")]
    public required IReadOnlyList<ComparedRecipeDocument> Recipes { get; init; }

    /// <summary>The schema of it.</summary>
    public static string Schema => JsonSchemas.Text("cfg diff --json", ComparisonJsonTypes.Made.ComparisonDocument);

    /// <summary>A comparison as text.</summary>
    public static string Write(PlanComparison compared) =>
        JsonSerializer.Serialize(Of(compared), ComparisonJsonTypes.Made.ComparisonDocument) + "\n";

    static ComparisonDocument Of(PlanComparison compared) =>
        new()
        {
            FormatVersion = CurrentFormat,
            Cfg = ConfigEngine.Cli.Cfg.Version,
            Before = compared.Before,
            After = compared.After,
            Differs = compared.Differs,
            Recipes =
            [
                .. compared.Recipes.Select(recipe => new ComparedRecipeDocument(
                    recipe.Recipe,
                    recipe.State,
                    recipe.Problem,
                    recipe.Unrecorded,
                    recipe.OrderDiffers ? new(recipe.Order.Before, recipe.Order.After) : null,
                    [
                        .. recipe.Hosts.Select(host => new ComparedHostDocument(
                            host.Host,
                            host.System,
                            host.Problem,
                            host.HasErrors,
                            [.. host.Resources.Select(one => new ComparedResourceDocument(one.Name, one.Before, one.After))]
                        )),
                    ]
                )),
            ],
        };
}

/// <summary>One recipe, on hosts in one state.</summary>
/// <param name="Path">Its path.</param>
/// <param name="State">The state that the hosts were recorded in.</param>
/// <param name="Error">Why it could not be compared.</param>
/// <param name="NotRecorded">The hosts without a recording.</param>
/// <param name="Order">The order in which hosts are changed, where it differs.</param>
/// <param name="Hosts">The hosts.</param>
sealed record ComparedRecipeDocument(
    [property: Description("Its path, relative to the top of the repository.")] string Path,
    [property: Description("The state that the hosts were recorded in; null for the one without a name.")] string? State,
    [property: Description("Why it could not be compared; null where it could.")] string? Error,
    [property: Description("Hosts that were not compared, because there is no recording of them.")] IReadOnlyList<string> NotRecorded,
    [property: Description("The sentences about the order of hosts on both sides; null where they are equal.")]
        ComparedOrderDocument? Order,
    [property: Description("The hosts, equal ones included.")] IReadOnlyList<ComparedHostDocument> Hosts
);

/// <summary>The order in which hosts are changed.</summary>
/// <param name="Before">On the first side.</param>
/// <param name="After">On the second side.</param>
sealed record ComparedOrderDocument(IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>One host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="System">Its distribution.</param>
/// <param name="Error">Why it could not be compared.</param>
/// <param name="BothHaveErrors">Whether both plans have errors.</param>
/// <param name="Differences">The resources and handlers that differ.</param>
sealed record ComparedHostDocument(
    [property: Description("Its name in the inventory.")] string Name,
    [property: Description("Its distribution, for people.")] string? System,
    [property: Description("Why it could not be compared; null where it could.")] string? Error,
    [property: Description("Whether both plans have errors, so that neither can be applied.")] bool BothHaveErrors,
    [property: Description("The resources and handlers that differ; none where both plans are equal.")]
        IReadOnlyList<ComparedResourceDocument> Differences
);

/// <summary>A resource or a handler.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Before">The first plan's lines.</param>
/// <param name="After">The second plan's lines.</param>
sealed record ComparedResourceDocument(
    [property: Description("Its address, as plans show it.")] string Address,
    [property: Description("The lines of the first plan; null where it is not in the recipe.")] IReadOnlyList<string>? Before,
    [property: Description("The lines of the second plan; null where it is not in the recipe.")] IReadOnlyList<string>? After
);

/// <summary>Generated code, because reflection would make commands start slowly.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ComparisonDocument))]
sealed partial class ComparisonJsonTypes : JsonSerializerContext
{
    public static ComparisonJsonTypes Made { get; } = new(new(Json.Indented.Options) { TypeInfoResolver = null });
}
