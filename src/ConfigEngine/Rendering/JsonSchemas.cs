using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Scalar = System.Text.Json.Nodes.JsonValue;

namespace ConfigEngine.Rendering;

/// <summary>JSON schemas, made from the types that are written.</summary>
static class JsonSchemas
{
    /// <summary>Of a plan.</summary>
    public static string Plan => Text("cfg plan", Json.Indented.PlanDocument);

    /// <summary>Of one line of an apply.</summary>
    public static string Events =>
        Text(
            "a line of cfg apply --json",
            new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    Schema(Json.Indented.RunStartedDocument),
                    Schema(Json.Indented.EventDocument),
                    Schema(Json.Indented.RunEndedDocument)
                ),
            }
        );

    /// <summary>Of facts.</summary>
    public static string Facts => Text("cfg facts --json", Json.Indented.IReadOnlyListFactsDocument);

    /// <summary>Of the inventory.</summary>
    public static string Hosts => Text("cfg hosts --json", Json.Indented.IReadOnlyListInventoryDocument);

    /// <summary>The schema of a type, as a document.</summary>
    public static string Text(string title, JsonTypeInfo type) => Text(title, Schema(type));

    static string Text(string title, JsonNode schema)
    {
        JsonObject whole = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (name, value) in schema.AsObject())
            whole[name] = value?.DeepClone();
        return whole.ToJsonString(Json.Indented.Options) + "\n";
    }

    static JsonNode Schema(JsonTypeInfo type) =>
        type.GetJsonSchemaAsNode(new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        if (
            schema is JsonObject described
            && attributes.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute description, ..]
        )
            described.Insert(0, "description", description.Description);
        else if (
            schema is Scalar
            && attributes.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute of, ..]
        )
            return new JsonObject { ["description"] = of.Description };
        return schema;
    }
}
