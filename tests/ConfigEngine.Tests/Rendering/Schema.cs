using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConfigEngine.Tests.Rendering;

/// <summary>As much of JSON Schema as the plan's uses: type, enum, required, properties, items, anyOf, $ref.</summary>
static class Schema
{
    public static IEnumerable<string> Problems(JsonNode? schema, JsonNode? value, JsonNode? root = null, string path = "$")
    {
        root ??= schema;
        if (schema is not JsonObject rules)
            return [];
        if (rules["$ref"] is { } reference)
            return Problems(Find(root, reference.GetValue<string>()), value, root, path);
        if (rules["anyOf"] is JsonArray choices)
        {
            var each = choices.Select(choice => Problems(choice, value, root, path).ToList()).ToList();
            return each.Exists(problems => problems.Count == 0) ? [] : each.SelectMany(problems => problems);
        }

        var types = rules["type"] switch
        {
            JsonArray many => many.Select(one => one?.GetValue<string>()),
            JsonNode one => [one.GetValue<string>()],
            null => null,
        };
        if (types is not null && !types.Contains(TypeOf(value)) && !(types.Contains("number") && TypeOf(value) is "integer"))
            return [$"{path} is {TypeOf(value)}, not {rules["type"]?.ToJsonString()}"];
        if (rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return [$"{path} is {value?.ToJsonString()}"];
        return value switch
        {
            JsonObject one =>
            [
                .. Missing(rules, one, path),
                .. one.SelectMany(property =>
                    Problems(rules["properties"]?[property.Key], property.Value, root, $"{path}.{property.Key}")
                ),
            ],
            JsonArray many => many.SelectMany((item, i) => Problems(rules["items"], item, root, $"{path}[{i}]")),
            _ => [],
        };
    }

    static IEnumerable<string> Missing(JsonObject rules, JsonObject value, string path) =>
        from name in rules["required"] as JsonArray ?? []
        where !value.ContainsKey(name?.GetValue<string>() ?? "")
        select $"{path} has no {name}";

    static JsonNode? Find(JsonNode? root, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(root, (node, part) => node is JsonArray many ? many[int.Parse(part)] : node?[part]);

    static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
            _ => "boolean",
        };
}
