using System.Text.Json.Nodes;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Runs as JSON: a list of runs, or one run with everything in its journal.</summary>
static class HistoryJson
{
    /// <summary>A list.</summary>
    public static string Of(IEnumerable<RecordedRun> runs) =>
        new JsonArray([.. runs.Select(Document)]).ToJsonString(Json.Indented.Options);

    /// <summary>One run, with what happened on some of its hosts.</summary>
    public static string Of(RecordedRun run, IReadOnlyList<RecordedHost> hosts)
    {
        var document = Document(run);
        document["events"] = new JsonArray([
            .. hosts.Select(host => new JsonObject
            {
                ["host"] = host.Name,
                ["error"] = host.Error,
                ["begun"] = host.Begun?.Address,
                ["left"] = new JsonArray([
                    .. host.Left.Select(change => new JsonObject
                    {
                        ["address"] = change.Address,
                        ["state"] = EventJson.StateName(change.State),
                    }),
                ]),
                ["events"] = new JsonArray([.. host.Events.Select(happened => JsonNode.Parse(happened.Body.GetRawText()))]),
            }),
        ]);
        return document.ToJsonString(Json.Indented.Options);
    }

    static JsonObject Document(RecordedRun run) =>
        new()
        {
            ["run"] = run.Id,
            ["started"] = run.Started.ToString("O"),
            ["last"] = run.Last.ToString("O"),
            ["user"] = run.User,
            ["recipe"] = run.Recipe,
            ["digest"] = run.Digest,
            ["arguments"] = Texts(run.Arguments),
            ["hosts"] = Texts(run.Hosts.Select(host => host.Name)),
            ["changes"] = run.Changes,
            ["handlers"] = run.Handlers,
            ["failed"] = run.Failed,
            ["outcome"] = run.Outcome,
            ["exitCode"] = run.ExitCode,
            ["journal"] = run.Path,
        };

    static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
