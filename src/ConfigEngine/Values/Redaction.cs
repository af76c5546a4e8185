using System.Buffers;
using System.Text.Json.Nodes;

namespace ConfigEngine.Values;

/// <summary>
/// Takes the values of a run's secrets out of what hosts and commands say: <c>(secret DB_PASSWORD)</c> stands in their place. It
/// knows a value as it is, by line, and in the forms that shells, JSON, base64 and URLs give it. Values of fewer than four
/// characters are left, because text without them would not be text any more.
/// </summary>
public sealed class Redaction
{
    // The fixed words of documents, which readers go by.
    static readonly HashSet<string> Fixed = ["event", "time", "kind", "verb", "certainty"];

    readonly Lock gate = new();
    readonly HashSet<Secret> secrets = [];
    readonly HashSet<Secret> unread = [];
    Forms forms = new([]);

    /// <summary>Takes care of one more.</summary>
    public void Add(Secret secret)
    {
        lock (gate)
        {
            if (secrets.Add(secret))
                unread.Add(secret);
        }
    }

    /// <summary>Takes care of more.</summary>
    public void Add(IEnumerable<Secret> more)
    {
        foreach (var secret in more)
            Add(secret);
    }

    /// <summary>The variables of the environment that hold one: nothing that is started on the way to a host gets them.</summary>
    public IReadOnlyList<string> Variables
    {
        get
        {
            lock (gate)
                return [.. secrets.Select(secret => secret.Variable).OfType<string>()];
        }
    }

    /// <summary>The text without them; the very same where there is none in it.</summary>
    public string Of(string text) => Current.Replace(text);

    /// <summary>A document whose values are without them; its names and fixed words stay.</summary>
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

    /// <summary>What to look for, and what to put there.</summary>
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
        /// Long text was cut somewhere, perhaps in the middle of a value: what is left of it on either side goes too. Of fewer characters
        /// than a value must have nobody can say whose they are: they go without a word, as what is left out there does.
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

        /// <summary>How much of the end of a form the text has from there on.</summary>
        static int Shared(string form, string text, int from)
        {
            for (var length = Math.Min(form.Length - 1, text.Length - from); length > 0; length--)
            {
                if (text.AsSpan(from, length).SequenceEqual(form.AsSpan(form.Length - length)))
                    return length;
            }

            return 0;
        }

        /// <summary>How much of the beginning of a form the text has up to there.</summary>
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
