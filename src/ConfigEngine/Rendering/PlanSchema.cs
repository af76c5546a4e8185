using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace ConfigEngine.Rendering;

/// <summary>The JSON schema of a plan, made from the types that write it.</summary>
static class PlanSchema
{
    /// <summary>The schema's text.</summary>
    public static string Text()
    {
        var schema = Json.Indented.PlanDocument.GetJsonSchemaAsNode(
            new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }
        );
        JsonObject whole = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "cfg plan" };
        foreach (var (name, value) in schema.AsObject())
            whole[name] = value?.DeepClone();
        return whole.ToJsonString(Json.Indented.Options) + "\n";
    }

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        if (
            schema is JsonObject described
            && attributes.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute description, ..]
        )
            described.Insert(0, "description", description.Description);
        else if (
            schema is JsonValue
            && attributes.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute of, ..]
        )
            return new JsonObject { ["description"] = of.Description };
        return schema;
    }
}
