using System.Buffers;
using System.Text.Json.Nodes;

namespace ConfigEngine.Values;

/// <summary>
/// Replaces the values of a run's secrets in the output of hosts and commands with <c>(secret DB_PASSWORD)</c>. It finds a value as
/// it is, line by line, and in the forms of shells, JSON, base64 and URLs. Values of fewer than four characters are not replaced,
/// because they occur in ordinary text.
/// </summary>
public sealed class Redaction
{
    // The fixed words of documents, which programs depend on.
    static readonly HashSet<string> Fixed = ["event", "time", "kind", "verb", "certainty", "result"];

    readonly Lock gate = new();
    readonly HashSet<Secret> secrets = [];
    readonly HashSet<Secret> unread = [];
    Forms forms = new([]);

    /// <summary>Adds a secret.</summary>
    public void Add(Secret secret)
    {
        lock (gate)
        {
            if (secrets.Add(secret))
                unread.Add(secret);
        }
    }

    /// <summary>Adds secrets.</summary>
    public void Add(IEnumerable<Secret> more)
    {
        foreach (var secret in more)
            Add(secret);
    }

    /// <summary>
    /// The environment variables that contain a secret. Processes that are started to reach a host do not get them.
    /// </summary>
    public IReadOnlyList<string> Variables
    {
        get
        {
            lock (gate)
                return [.. secrets.Select(secret => secret.Variable).OfType<string>()];
        }
    }

    /// <summary>The text without the secrets; the same object if it has none.</summary>
    public string Of(string text) => Current.Replace(text);

    /// <summary>A document whose values have no secrets; its names and fixed words stay.</summary>
    public JsonNode? Of(JsonNode? node) =>
        node switch
        {
            JsonObject named => new JsonObject(
                named.Select(pair => KeyValuePair.Create(pair.Key, Fixed.Contains(pair.Key) ? pair.Value?.DeepClone() : Of(pair.Value)))
            ),
            JsonArray many => new JsonArray([.. many.Select(Of)]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Of(text)),
            _ => node?.DeepClone(),
        };

    Forms Current
    {
        get
        {
            lock (gate)
            {
                if (unread.RemoveWhere(secret => secret.IsRead) > 0)
                    forms = new(secrets.Except(unread));
                return forms;
            }
        }
    }

    /// <summary>The texts to find, and their replacements.</summary>
    sealed class Forms
    {
        readonly IReadOnlyList<(string Form, string Instead)> all;
        readonly SearchValues<string> any;

        public Forms(IEnumerable<Secret> read)
        {
            all =
            [
                .. read.SelectMany(
                        secret => SecretForms.Of(secret.Reveal()),
                        (secret, form) => (Form: form, Instead: $"(secret {secret.Name})")
                    )
                    .DistinctBy(pair => pair.Form)
                    .OrderByDescending(pair => pair.Form.Length),
            ];
            any = SearchValues.Create([.. all.Select(pair => pair.Form)], StringComparison.Ordinal);
        }

        public string Replace(string text)
        {
            if (all.Count == 0)
                return text;
            if (text.AsSpan().IndexOfAny(any) >= 0)
            {
                foreach (var (form, instead) in all)
                    text = text.Replace(form, instead, StringComparison.Ordinal);
            }

            return AtCuts(text);
        }

        /// <summary>
        /// Long text may have been cut in the middle of a value: the rest of the value on either side of the cut is removed too. If
        /// the rest is shorter than the shortest value, it cannot be said which secret it belongs to; it is then removed without a
        /// name.
        /// </summary>
        string AtCuts(string text)
        {
            for (var cut = text.LastIndexOf(Text.Cut); cut >= 0; cut = cut == 0 ? -1 : text.LastIndexOf(Text.Cut, cut - 1))
            {
                var after = text.AsSpan(cut + 1).StartsWith("]") ? cut + 2 : cut + 1;
                after += text.AsSpan(after).StartsWith("\n") ? 1 : 0;
                if (
                    all.Select(pair => (Length: Shared(pair.Form, text, after), pair.Instead)).MaxBy(part => part.Length) is
                    { Length: > 0 } tail
                )
                    text = text.Remove(after, tail.Length).Insert(after, Instead(tail));
                var before = text.AsSpan(0, cut).EndsWith("[") ? cut - 1 : cut;
                before -= text.AsSpan(0, before).EndsWith("\n") ? 1 : 0;
                if (
                    all.Select(pair => (Length: SharedBefore(pair.Form, text, before), pair.Instead)).MaxBy(part => part.Length) is
                    { Length: > 0 } head
                )
                {
                    text = text.Remove(before - head.Length, head.Length).Insert(before - head.Length, Instead(head));
                    cut = before - head.Length;
                }
            }

            return text;
        }

        static string Instead((int Length, string Instead) part) => part.Length < SecretForms.Shortest ? "" : part.Instead;

        /// <summary>How many characters of a form's end the text has, from a position on.</summary>
        static int Shared(string form, string text, int from)
        {
            for (var length = Math.Min(form.Length - 1, text.Length - from); length > 0; length--)
            {
                if (text.AsSpan(from, length).SequenceEqual(form.AsSpan(form.Length - length)))
                    return length;
            }

            return 0;
        }

        /// <summary>How many characters of a form's beginning the text has, up to a position.</summary>
        static int SharedBefore(string form, string text, int to)
        {
            for (var length = Math.Min(form.Length - 1, to); length > 0; length--)
            {
                if (text.AsSpan(to - length, length).SequenceEqual(form.AsSpan(0, length)))
                    return length;
            }

            return 0;
        }
    }
}
