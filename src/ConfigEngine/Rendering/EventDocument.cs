using System.Text.Json.Serialization;

namespace ConfigEngine.Rendering;

/// <summary>Something that happened in an apply, as one line of JSON: what <c>--json</c> prints and the journal keeps.</summary>
sealed record EventDocument
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What, in words with dashes: <c>change-done</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Where.</summary>
    public required string Host { get; init; }

    /// <summary>The resource or the handler.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>The resources, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>What became of it, in words with dashes: <c>did-not-take</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>How far it came that failed: <c>nothing</c>, <c>unknown</c>, <c>part</c>, <c>all</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reached { get; init; }

    /// <summary>The change as it was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChangeDocument? Change { get; init; }

    /// <summary>What is left to do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeDocument>? Changes { get; init; }

    /// <summary>Why the host stops.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The exit code of what failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Exit { get; init; }
}
