using System.Text.Json;

namespace ConfigEngine.Values;

/// <summary>Lists in JSON that comes from a file or a host.</summary>
static class JsonLists
{
    /// <summary>
    /// JSON of which no list holds a null, as no document of ours does. The serializer checks properties for null, and items of lists it
    /// does not.
    /// </summary>
    /// <exception cref="JsonException">A list holds a null.</exception>
    public static JsonElement WithoutNulls(this JsonElement json)
    {
        IEnumerable<JsonElement> inside = json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray(),
            JsonValueKind.Object => json.EnumerateObject().Select(property => property.Value),
            _ => [],
        };
        foreach (var item in inside)
        {
            if (json.ValueKind is JsonValueKind.Array && item.ValueKind is JsonValueKind.Null)
                throw new JsonException("a list has null in it");
            WithoutNulls(item);
        }

        return json;
    }
}
