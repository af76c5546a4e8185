using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConfigEngine.Values;

/// <summary>The forms in which a secret value may appear in text.</summary>
static class SecretForms
{
    /// <summary>Shorter texts occur everywhere.</summary>
    public const int Shortest = 4;

    /// <summary>Every form that is long enough to be searched for.</summary>
    public static IEnumerable<string> Of(string value) =>
        value
            .Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Append(value)
            .SelectMany(Written)
            .Concat(Base64(value))
            .Where(form => form.Trim().Length >= Shortest)
            .Distinct();

    /// <summary>As it is, in single quotes for a shell, in JSON, in a plan, made printable, in a URL.</summary>
    static IEnumerable<string> Written(string text) =>
        [
            text,
            text.Trim(),
            text.Replace("'", @"'\''", StringComparison.Ordinal),
            Encoded(text),
            Encoded(text.Replace("'", @"'\''", StringComparison.Ordinal)),
            Printable.Quoted($"{text} ", int.MaxValue)[1..^2],
            Printable.Line(text),
            Uri.EscapeDataString(text),
        ];

    static string Encoded(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    /// <summary>
    /// Alone, in lines as base64(1) and PEM break them, and inside other content, where it begins at one of three positions.
    /// </summary>
    static IEnumerable<string> Base64(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var alone = Convert.ToBase64String(bytes);
        var lines = alone.Length > 64 ? alone.Chunk(76).Concat(alone.Chunk(64)).Select(line => new string(line)) : [];
        return
        [
            alone,
            .. lines,
            .. Enumerable
                .Range(0, 3)
                .Select(before =>
                {
                    var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
                    var first = (before * 8 + 5) / 6;
                    var last = (before + bytes.Length) * 8 / 6;
                    return last > first ? whole[first..last] : "";
                }),
        ];
    }
}
