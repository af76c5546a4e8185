using System.Text.Json.Serialization;

namespace ConfigEngine.Rendering;

/// <summary>An event of an apply, as one line of JSON: <c>--json</c> prints it and the journal keeps it.</summary>
sealed record EventDocument
{
    /// <summary>The time of the event.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The kind of event, in words with dashes: <c>change-done</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The host.</summary>
    public required string Host { get; init; }

    /// <summary>The resource or the handler.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>The resources, if there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>The state of the change or handler, in words with dashes: <c>did-not-take</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>How far a failed change came: <c>nothing</c>, <c>unknown</c>, <c>part</c>, <c>all</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reached { get; init; }

    /// <summary>The change as it was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChangeDocument? Change { get; init; }

    /// <summary>The remaining changes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeDocument>? Changes { get; init; }

    /// <summary>The error that ends the host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The exit code of the failed operation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Exit { get; init; }
}
