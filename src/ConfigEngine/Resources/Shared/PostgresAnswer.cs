using System.Text.Json;

namespace ConfigEngine.Resources;

/// <summary>The answer of a server of PostgreSQL: a line of JSON for each statement, and a line with the server's name.</summary>
sealed class PostgresAnswer
{
    readonly IReadOnlyList<string> lines;

    PostgresAnswer(string state, string name, IReadOnlyList<string> lines) => (State, Name, this.lines) = (state, name, lines);

    /// <summary><c>cluster</c> where the server answered; otherwise why it did not: none, several, old or stopped.</summary>
    public string State { get; }

    /// <summary>The cluster, as <c>17/main</c>, or the port; all of them where there are several.</summary>
    public string Name { get; }

    /// <summary>Whether the server answered.</summary>
    public bool IsRunning => State is "cluster";

    /// <summary>The answer to one of the statements.</summary>
    public PostgresRow this[int number] =>
        number < lines.Count
            ? PostgresRow.Parse(lines[number])
            : throw new UnexpectedOutputException("expected an answer in JSON, got none");

    public static PostgresAnswer Of(Output output)
    {
        if (output.Lines is not { Count: > 0 } lines)
            throw new UnexpectedOutputException("expected what PostgreSQL answers, got nothing");
        var last = lines[^1];
        var (state, name) = NameValue.Read(last);
        return state is "cluster" or "none" or "several" or "old" or "stopped"
            ? new(state, name, [.. lines.Take(lines.Count - 1)])
            : throw new UnexpectedOutputException($"expected a cluster of PostgreSQL, got \"{Text.Excerpt(last)}\"");
    }
}

/// <summary>An object of JSON. What it should have and does not have is an error.</summary>
sealed class PostgresRow
{
    readonly JsonElement json;

    PostgresRow(JsonElement json) => this.json = json;

    public static PostgresRow Parse(string line)
    {
        try
        {
            return new(JsonElement.Parse(line));
        }
        catch (JsonException)
        {
            throw new UnexpectedOutputException($"expected an answer in JSON, got \"{Values.Text.Excerpt(line)}\"");
        }
    }

    /// <summary>Whether there is nothing.</summary>
    public bool IsNull => json.ValueKind is JsonValueKind.Null;

    /// <summary>An object in it; null where it has none.</summary>
    public PostgresRow? Find(string name) =>
        Get(name) is { ValueKind: not JsonValueKind.Null } found ? new(Checked(found, JsonValueKind.Object, name)) : null;

    /// <summary>A list of objects in it.</summary>
    public IReadOnlyList<PostgresRow> Rows(string name) =>
        [.. Checked(Get(name), JsonValueKind.Array, name).EnumerateArray().Select(item => new PostgresRow(item))];

    public string Text(string name) => Of(Checked(Get(name), JsonValueKind.String, name));

    /// <summary>A text, or null where it has none.</summary>
    public string? TextOrNull(string name) => Get(name).ValueKind is JsonValueKind.Null ? null : Text(name);

    public bool Flag(string name) =>
        Get(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Unexpected(name),
        };

    public long Number(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : throw Unexpected(name);

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Checked(Get(name), JsonValueKind.Array, name).EnumerateArray().Select(item => Of(Checked(item, JsonValueKind.String, name)))];

    JsonElement Get(string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : throw Unexpected(name);

    static JsonElement Checked(JsonElement found, JsonValueKind kind, string name) =>
        found.ValueKind == kind ? found : throw Unexpected(name);

    static string Of(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new UnexpectedOutputException("a name in PostgreSQL is not UTF-8");
        }
    }

    static UnexpectedOutputException Unexpected(string name) => new($"the answer of PostgreSQL has no {name} as expected");
}
