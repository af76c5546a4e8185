using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ConfigEngine.Rendering;

/// <summary>Values as JSON, by type.</summary>
static class JsonValues
{
    /// <summary>A value of a state.</summary>
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        IMaybeUnknown { IsKnown: false } => new JsonObject { ["unknown"] = true },
        Secret secret => new JsonObject { ["secret"] = secret.Origin },
        bool yes => JsonValue.Create(yes),
        string text => JsonValue.Create(text),
        int or long or short or byte or uint => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float or decimal => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        TimeSpan duration => JsonValue.Create(duration.TotalSeconds),
        ByteSize size => JsonValue.Create(size.Bytes),
        Enum word => JsonValue.Create(Text.Kebab(word.ToString())),
        Content content => Content(content),
        IEnumerable many => new JsonArray([.. many.Cast<object?>().Select(Of)]),
        _ => JsonValue.Create(value.ToString()),
    };

    static JsonObject Content(Content content)
    {
        JsonObject json = new() { ["length"] = content.Length, ["sha256"] = content.Digest };
        if (content.Text is { } text)
            json["text"] = text;
        return json;
    }
}
