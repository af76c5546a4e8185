using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConfigEngine.Rendering;

/// <summary>Values as JSON, by type.</summary>
static class JsonValues
{
    /// <summary>A value of a state.</summary>
    public static JsonNode? Of(object? value) =>
        value switch
        {
            null => null,
            IMaybeUnknown { IsKnown: false } => new JsonObject { ["unknown"] = true },
            IKnown known => Of(known.Value),
            Secret secret => new JsonObject { ["secret"] = true, ["origin"] = secret.Origin },
            SecretDigest digest => Digest(digest),
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

    static JsonObject Digest(SecretDigest secret) => new() { ["secret"] = true, ["digest"] = secret.Digest };

    /// <summary>A document's value for a renderer: content becomes content again, other text stays text.</summary>
    public static object? From(JsonNode? value) =>
        value switch
        {
            null => null,
            JsonArray many => many.Select(From).ToList(),
            JsonObject content when content["sha256"] is { } digest => content["text"] is { } text
                ? (Content)text.ToString()
                : new Content((long?)content["length"] ?? 0, digest.ToString()),
            JsonObject hidden when hidden["secret"] is not null => hidden["digest"] is { } digest
                ? new SecretDigest(digest.ToString())
                : $"(secret from {hidden["origin"]})",
            JsonObject => new Unknown(),
            _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
            _ when value.GetValueKind() is JsonValueKind.Number => value.GetValue<decimal>(),
            _ => value.ToString(),
        };

    sealed record Unknown : IMaybeUnknown
    {
        public bool IsKnown => false;
    }

    static JsonObject Content(Content content)
    {
        if (content.Hidden is { } secret)
            return Digest(secret);
        JsonObject json = new() { ["length"] = content.Length, ["sha256"] = content.Digest };
        if (content.Text is { } text)
            json["text"] = text;
        return json;
    }
}
