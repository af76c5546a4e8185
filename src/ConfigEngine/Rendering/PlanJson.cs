using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConfigEngine.Rendering;

/// <summary>A plan as JSON, for programs and for a later apply.</summary>
static class PlanJson
{
    /// <summary>The document of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="version">The version of cfg.</param>
    /// <param name="build">The build of cfg.</param>
    /// <param name="recipe">The recipe of the plan.</param>
    /// <param name="selection">The choices on the command line.</param>
    public static PlanDocument Document(Plan plan, string version, string build, RecipeDocument recipe, SelectionDocument selection)
    {
        PlanSummary summary = new(plan);
        return new()
        {
            FormatVersion = PlanDocument.CurrentFormat,
            Cfg = version,
            Build = build,
            Recipe = recipe,
            Selection = selection,
            Hosts = [.. plan.Hosts.Select(Host)],
            Rollouts = plan.Rollouts,
            Waits = plan.Waits,
            Summary = new(
                summary.Hosts,
                summary.Failed,
                summary.Changes,
                summary.Exact,
                summary.Predicted,
                summary.Unknown,
                summary.Converged,
                summary.Restarts,
                summary.OtherHandlers,
                summary.Reboots,
                summary.Cuts
            )
            {
                PossibleRestarts = summary.PossibleRestarts,
                PossibleReboots = summary.PossibleReboots,
                MayCutConnections = summary.MayCut,
            },
        };
    }

    /// <summary>A document without the run's secrets in the messages of hosts.</summary>
    public static PlanDocument Without(this PlanDocument document, Redaction redaction)
    {
        var text = Write(document);
        if (ReferenceEquals(redaction.Of(text), text) || JsonNode.Parse(text) is not JsonObject whole)
            return document;
        whole["hosts"] = redaction.Of(whole["hosts"]);
        return whole.Deserialize(Json.Compact.PlanDocument) ?? document;
    }

    /// <summary>The text of a document.</summary>
    public static string Write(PlanDocument document) => JsonSerializer.Serialize(document, Json.Indented.PlanDocument) + "\n";

    /// <summary>A document from its text.</summary>
    /// <exception cref="PlanUnreadableException">The text is not a plan, or is of another version.</exception>
    public static PlanDocument Read(string text)
    {
        try
        {
            using var any = JsonDocument.Parse(text);
            if (any.RootElement.ValueKind is not JsonValueKind.Object || !any.RootElement.TryGetProperty("formatVersion", out var version))
                throw new PlanUnreadableException("it has no formatVersion");
            if (!version.TryGetInt32(out var number) || number != PlanDocument.CurrentFormat)
                throw new PlanUnreadableException(
                    $"its format is {version}, and this cfg reads {PlanDocument.CurrentFormat}; plan again with this cfg"
                );
            return any.RootElement.WithoutNulls().Deserialize(Json.Compact.PlanDocument)
                ?? throw new PlanUnreadableException("it is empty");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new PlanUnreadableException(error.Message);
        }
    }

    /// <summary>The document of one change.</summary>
    public static ChangeDocument Change(Change change, int? block = null) =>
        new()
        {
            Block = block,
            Kind = change.Kind,
            Key = change.Key,
            Verb = change.Verb,
            Certainty = change.Certainty,
            Because = change.Because,
            Attributes =
            [
                .. change.Attributes.Select(attribute => new AttributeDocument(
                    attribute.Name,
                    JsonValues.Of(attribute.Before),
                    JsonValues.Of(attribute.After)
                )),
            ],
            Operations = [.. change.Operations.Select(operation => operation.Display)],
            Effects =
            [
                .. change.Effects.Select(effect => new EffectDocument(effect.Kind, effect.What, effect.Detail)
                {
                    InAttributes = effect.InAttributes,
                }),
            ],
            Notes = change.Notes,
            Current = change.Current.Count == 0 ? null : change.Current,
            How = change.How.Count == 0 ? null : change.How,
            Notifies = change.Notifies,
            Source = change.Source is { } source ? new(source.File, source.Line, source.Column) : null,
        };

    /// <summary>The change of a document, only for showing it: its operations are there by name, and cannot be run.</summary>
    public static Change Change(ChangeDocument document) =>
        new()
        {
            Kind = document.Kind,
            Key = document.Key,
            Verb = document.Verb,
            Certainty = document.Certainty,
            Because = document.Because,
            Attributes =
            [
                .. document.Attributes.Select(attribute => new AttributeChange(
                    attribute.Name,
                    JsonValues.From(attribute.Before),
                    JsonValues.From(attribute.After)
                )),
            ],
            Operations = [.. document.Operations.Select(operation => new Operation(Shell.Verbatim("false")) { Title = operation })],
            Effects =
            [
                .. document.Effects.Select(effect => new Effect(effect.Kind, effect.What)
                {
                    Detail = effect.Detail,
                    InAttributes = effect.InAttributes,
                }),
            ],
            Notes = document.Notes,
            Current = document.Current ?? [],
            How = document.How ?? [],
            Notifies = document.Notifies,
            Source = document.Source is { } source ? new(source.File, source.Line, source.Column) : null,
        };

    static HostDocument Host(HostPlan host) =>
        new()
        {
            Name = host.Host,
            System = host.System,
            Error = host.Error?.Message,
            Obstacles = [.. host.Obstacles.Select(entry => new ObstacleDocument(entry.Resource.Address, entry.Obstacle?.Message ?? ""))],
            Changes =
            [
                .. host.Blocks.SelectMany(block =>
                    block.Planned.Select(entry => Change(entry.Change, block.Number) with { Runs = entry.Runs })
                ),
            ],
            Handlers =
            [
                .. host.Blocks.SelectMany(block =>
                    block.Handlers.Select(call => new HandlerDocument(
                        block.Number,
                        call.Handler.Name,
                        call.Handler.Script.Text,
                        call.Because,
                        call.Certainty,
                        call.Owed?.Since
                    )
                    {
                        Restarts = call.Handler.Restarts,
                        Reboots = call.Handler.Reboots is not null,
                    })
                ),
            ],
            Owed = [.. host.LeftOwing.Select(owed => new OwedDocument(owed.Handler, owed.Because, owed.Since, owed.Run, owed.By))],
            ChangedBy = host.Kept.Holder?.ToString(),
        };
}

/// <summary>A saved plan cannot be read.</summary>
sealed class PlanUnreadableException(string problem) : CfgException($"this is not a plan that cfg can apply: {problem}");
