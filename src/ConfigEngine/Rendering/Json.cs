using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigEngine.Rendering;

/// <summary>Converts documents to JSON with generated code, because reflection would make commands start slowly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(Words<Verb>), typeof(Words<Certainty>), typeof(Words<EffectKind>)]
)]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(RunStartedDocument))]
[JsonSerializable(typeof(RunEndedDocument))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<FactsDocument>))]
[JsonSerializable(typeof(IReadOnlyList<InventoryDocument>))]
sealed partial class Json : JsonSerializerContext
{
    /// <summary>For output on one line.</summary>
    public static Json Compact => compact ??= new(Made());

    /// <summary>For reading by people.</summary>
    public static Json Indented => indented ??= new(new(Made()) { WriteIndented = true });

    // Not initialised in place, because the order of initialisation between this part and the generated part is not defined.
    static Json? compact,
        indented;

    static JsonSerializerOptions Made() =>
        new(Default.Options)
        {
            TypeInfoResolver = null,
            // Control characters are always escaped; letters, quotes and arrows need not be.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}

/// <summary>An enumeration by its names, such as <c>create</c>.</summary>
sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
