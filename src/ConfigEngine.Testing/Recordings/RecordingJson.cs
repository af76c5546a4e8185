using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConfigEngine.Testing;

/// <summary>Recordings as JSON: one line for each line that a host said, in a fixed order, so that two of them can be compared.</summary>
static class RecordingJson
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a file.</summary>
    public static string Write(HostRecording recording)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Indented))
        {
            json.WriteStartObject();
            json.WriteString("format", HostRecording.Format);
            json.WriteString("recorded", recording.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("system", recording.System);
            json.WriteString("cfg", recording.Cfg);
            if (recording.Base is { } file)
                json.WriteString("base", file);
            if (recording.Pinned is { } why)
                json.WriteString("pinned", why);
            json.WriteStartObject("facts");
            foreach (var (name, section) in recording.Sections)
                WriteLines(json, name, section);
            json.WriteEndObject();
            json.WriteStartArray("answers");
            foreach (var answer in recording.Answers.OrderBy(Order, StringComparer.Ordinal))
                Write(json, answer);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    static string Order(RecordedAnswer answer) => $"{answer.Of}\0{answer.As}\0{answer.Asked}";

    static void Write(Utf8JsonWriter json, RecordedAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("of", answer.Of);
        if (answer.As is { } user)
            json.WriteString("as", user);
        if (answer.Asked.Contains('\n', StringComparison.Ordinal))
            WriteLines(json, "asked", answer.Asked + "\n");
        else
            json.WriteString("asked", answer.Asked);
        if (answer.Answer is not { } said)
        {
            json.WriteBoolean("withheld", true);
        }
        else
        {
            if (said.Exit != 0)
                json.WriteNumber("exit", said.Exit);
            if (TextOf(said.Stdout.Span) is not { } text)
                json.WriteString("base64", Convert.ToBase64String(said.Stdout.Span));
            else
                WriteLines(json, "said", text);
            if (said.Stderr.Length > 0)
                WriteLines(json, "error", said.Error);
        }

        json.WriteEndObject();
    }

    static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Lines, each of which ended; the last one is followed by false where it did not end.</summary>
    static void WriteLines(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        var isEnded = text.Length == 0 || text.EndsWith('\n');
        foreach (var line in text.Length == 0 ? [] : (isEnded ? text[..^1] : text).Split('\n'))
            json.WriteStringValue(line);
        if (!isEnded)
            json.WriteBooleanValue(false);
        json.WriteEndArray();
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="RecordingException">It is not a recording.</exception>
    public static HostRecording Read(string path, ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text,
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return new Members(path, document.RootElement).HostRecording();
        }
        catch (InvalidOperationException wrong) when (wrong.InnerException is DecoderFallbackException)
        {
            throw new RecordingException(path, "it is not UTF-8; what a host said in other bytes is kept as \"base64\"");
        }
        catch (JsonException wrong)
        {
            throw new RecordingException(
                wrong.LineNumber is { } line ? $"{path}({line + 1},{wrong.BytePositionInLine + 1})" : path,
                $"this is not JSON: {wrong.Message.Split(". LineNumber")[0].Split(" Path:")[0].TrimEnd('.')}"
            );
        }
    }

    /// <summary>Takes the members of an object, each once; one that is left over is a mistake.</summary>
    sealed class Members
    {
        readonly string path;
        readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);

        public Members(string path, JsonElement of)
        {
            this.path = path;
            if (of.ValueKind is not JsonValueKind.Object)
                throw Wrong("expected an object", of);
            foreach (var member in of.EnumerateObject())
            {
                if (!members.TryAdd(member.Name, member.Value))
                    throw new RecordingException(path, $"it has \"{member.Name}\" twice in one object");
            }
        }

        public HostRecording HostRecording()
        {
            if (Word("format") is var format && format != Testing.HostRecording.Format)
                throw new RecordingException(path, $"its form is \"{format}\", and this cfg reads \"{Testing.HostRecording.Format}\"");
            HostRecording recording = new()
            {
                Path = path,
                Date = DateOnly.TryParseExact(Word("recorded"), "yyyy-MM-dd", out var day)
                    ? day
                    : throw new RecordingException(path, "\"recorded\" should be a day, such as 2026-11-27"),
                System = Find("system") ?? "",
                Cfg = Find("cfg") ?? "",
                Base = Find("base"),
                Pinned = Find("pinned"),
                Sections =
                [
                    .. Take("facts") is { } facts
                        ? new Members(path, facts).members.Select(section => (section.Key, Lines(section.Value)))
                        : [],
                ],
                Answers = [.. Take("answers") is { } answers ? Each(answers).Select(answer => new Members(path, answer).Answer()) : []],
            };
            End();
            if (recording.Answers.GroupBy(answer => (answer.Asked, answer.As)).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new RecordingException(path, $"it has two answers of {twice.First().Of} to one question: {Shown(twice.Key.Asked)}");
            return recording;
        }

        RecordedAnswer Answer()
        {
            var question = Take("asked") ?? throw new RecordingException(path, "an answer has no \"asked\"");
            var asked =
                question.ValueKind is JsonValueKind.String ? question.GetString() ?? ""
                : Lines(question) is { Length: > 0 } lines ? lines[..^1]
                : "";
            var answer = new RecordedAnswer(Word("of"), asked, Find("as"))
            {
                Answer = Take("withheld") is { ValueKind: JsonValueKind.True }
                    ? null
                    : new(
                        Take("exit") is { } exit
                            ? exit.TryGetInt32(out var code)
                                ? code
                                : throw Wrong("expected a number", exit)
                            : 0,
                        Find("base64") is { } bytes ? Decoded(bytes)
                            : Take("said") is { } said ? Encoding.UTF8.GetBytes(Lines(said))
                            : throw new RecordingException(path, $"an answer has no \"said\": {Shown(asked)}"),
                        Take("error") is { } error ? Encoding.UTF8.GetBytes(Lines(error)) : default
                    ),
            };
            End();
            return answer;
        }

        byte[] Decoded(string bytes)
        {
            try
            {
                return Convert.FromBase64String(bytes);
            }
            catch (FormatException)
            {
                throw new RecordingException(path, $"\"base64\" is not base64: {Shown(bytes)}");
            }
        }

        JsonElement? Take(string name) => members.Remove(name, out var value) ? value : null;

        string? Find(string name) =>
            !members.Remove(name, out var value) ? null
            : value.ValueKind is JsonValueKind.String ? value.GetString()
            : throw Wrong($"\"{name}\" should be text", value);

        string Word(string name) => Find(name) ?? throw new RecordingException(path, $"an object has no \"{name}\"");

        void End()
        {
            if (members.Keys.FirstOrDefault() is { } unknown)
                throw new RecordingException(path, $"recordings have no \"{unknown}\", or it is not of this kind");
        }

        JsonElement.ArrayEnumerator Each(JsonElement list) =>
            list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : throw Wrong("expected a list", list);

        string Lines(JsonElement list)
        {
            StringBuilder text = new();
            foreach (var line in Each(list))
            {
                if (line.ValueKind is JsonValueKind.False && text.Length > 0)
                    text.Length--;
                else if (line.ValueKind is JsonValueKind.String)
                    text.Append(line.GetString()).Append('\n');
                else
                    throw Wrong("expected lines of text", line);
            }

            return text.ToString();
        }

        RecordingException Wrong(string expected, JsonElement found) => new(path, $"{expected}, and found {Shown(found.GetRawText())}");

        static string Shown(string text) => Text.Excerpt(text);
    }
}
