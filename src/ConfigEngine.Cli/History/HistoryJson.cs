using System.Text.Json;
using System.Text.Json.Serialization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Runs as JSON: a list of runs, or one run with everything in its journal.</summary>
static class HistoryJson
{
    /// <summary>The schema of a list.</summary>
    public static string SchemaOfAll => JsonSchemas.Text("cfg history --json", HistoryJsonTypes.Made.IReadOnlyListRunDocument);

    /// <summary>The schema of one run.</summary>
    public static string SchemaOfOne => JsonSchemas.Text("cfg history RUN --json", HistoryJsonTypes.Made.RunDocument);

    /// <summary>A list.</summary>
    public static string Of(IEnumerable<RecordedRun> runs) =>
        JsonSerializer.Serialize([.. runs.Select(Document)], HistoryJsonTypes.Made.IReadOnlyListRunDocument);

    /// <summary>One run, with what happened on some of its hosts.</summary>
    public static string Of(RecordedRun run, IReadOnlyList<RecordedHost> hosts) =>
        JsonSerializer.Serialize(
            Document(run) with
            {
                Events =
                [
                    .. hosts.Select(host => new RunHostDocument(
                        host.Name,
                        host.Error,
                        host.Begun?.Address,
                        [.. host.Left.Select(change => new LeftDocument(change.Address, EventJson.StateName(change.State)))],
                        [.. host.Events.Select(happened => happened.Body)]
                    )),
                ],
            },
            HistoryJsonTypes.Made.RunDocument
        );

    static RunDocument Document(RecordedRun run) =>
        new()
        {
            Run = run.Id,
            Started = run.Started,
            Last = run.Last,
            User = run.User,
            Recipe = run.Recipe,
            Directory = run.Directory,
            Commit = run.Commit,
            Digest = run.Digest,
            Arguments = run.Arguments,
            Hosts = [.. run.Hosts.Select(host => host.Name)],
            Changes = run.Changes,
            Handlers = run.Handlers,
            Failed = run.Failed,
            Outcome = run.Outcome,
            ExitCode = run.ExitCode,
            Journal = run.Path,
        };
}

/// <summary>A run of the history.</summary>
sealed record RunDocument
{
    /// <summary>Its id.</summary>
    public required string Run { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the last line of its journal was written.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>The user who ran it.</summary>
    public required string User { get; init; }

    /// <summary>The recipe's path, as it was given.</summary>
    public required string Recipe { get; init; }

    /// <summary>The directory that the command ran in; null in journals of an older cfg.</summary>
    public required string? Directory { get; init; }

    /// <summary>The commit of the git checkout that the recipe was in; null if there was none.</summary>
    public required string? Commit { get; init; }

    /// <summary>The digest of the recipe and everything that it loads.</summary>
    public required string Digest { get; init; }

    /// <summary>The command line.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The hosts.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>How many changes were made.</summary>
    public required int Changes { get; init; }

    /// <summary>How many handlers ran.</summary>
    public required int Handlers { get; init; }

    /// <summary>How many hosts stopped with an error.</summary>
    public required int Failed { get; init; }

    /// <summary>How it ended, in short.</summary>
    public required string Outcome { get; init; }

    /// <summary>The exit code; null where the journal has no end.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>The journal's path.</summary>
    public required string Journal { get; init; }

    /// <summary>What happened on each host; only where one run is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunHostDocument>? Events { get; init; }
}

/// <summary>What happened on a host.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Error">Why it stopped; null where it did not.</param>
/// <param name="Begun">The change that was at work when the journal ended.</param>
/// <param name="Left">The changes that were not done.</param>
/// <param name="Events">The events, as <c>apply --json</c> prints them.</param>
sealed record RunHostDocument(
    string Host,
    string? Error,
    string? Begun,
    IReadOnlyList<LeftDocument> Left,
    IReadOnlyList<JsonElement> Events
);

/// <summary>A change that was not done.</summary>
/// <param name="Address">Its address.</param>
/// <param name="State">Its state, in words with dashes.</param>
sealed record LeftDocument(string Address, string State);

/// <summary>Generated code, because reflection would make commands start slowly.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<RunDocument>))]
sealed partial class HistoryJsonTypes : JsonSerializerContext
{
    public static HistoryJsonTypes Made { get; } = new(new(Json.Indented.Options) { TypeInfoResolver = null });
}
