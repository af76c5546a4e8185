using System.Text.Json.Nodes;
using ConfigEngine.Cli.Watching;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>The lines of a journal besides the events: how a run began, what was planned, how it ended.</summary>
static class JournalLines
{
    /// <summary>
    /// The version of the format: it grows when a reader of an older version would misread it. Version 1 had no lines for planned
    /// and ended hosts; version 2 had no states.
    /// </summary>
    public const int Format = 3;

    /// <summary>Larger contents are journaled by size and digest, so that no run fills a disk. In bytes.</summary>
    public const int LongestContent = 256 * 1024;

    /// <summary>The first line.</summary>
    public static RunStartedDocument Started(RecipeRun work, Plan plan, string? commit, ApplyChoice choice, TimeProvider time) =>
        new()
        {
            Time = time.GetUtcNow(),
            FormatVersion = Format,
            Run = work.Id,
            Cfg = Cfg.Version,
            User = Environment.UserName,
            Recipe = work.Recipe.Path,
            Directory = Environment.CurrentDirectory,
            Commit = commit,
            Digest = work.Recipe.Digest,
            Hosts = [.. plan.Hosts.Select(host => host.Host)],
            Arguments = choice.Arguments,
        };

    /// <summary>The planned work on a host.</summary>
    public static string Planned(HostPlan host, TimeProvider time) =>
        Line(
            "host-planned",
            time,
            new()
            {
                ["host"] = host.Host,
                ["addresses"] = Texts(host.Changes.Select(change => change.Address)),
                ["handlers"] = Texts(host.Handlers.Select(call => call.Handler.Name)),
            }
        );

    /// <summary>The end of a host: the result of each change and handler.</summary>
    public static string HostEnded(HostReport host, TimeProvider time) =>
        Line(
            "host-ended",
            time,
            new()
            {
                ["host"] = host.Host,
                ["changes"] = new JsonArray([
                    .. host.Changes.Select(change => new JsonObject
                    {
                        ["address"] = change.Address,
                        ["state"] = EventJson.StateName(change.State),
                        ["reached"] = change.State is ChangeState.Failed ? change.Reached.ToString() : null,
                        ["isHandler"] = change.IsHandler,
                    }),
                ]),
                ["errors"] = Texts(host.Errors.Select(error => error.Message)),
            }
        );

    /// <summary>The last line.</summary>
    /// <param name="outcome">The result, in short.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="where">Where the hosts were, if the run ended early.</param>
    /// <param name="time">The clock.</param>
    public static RunEndedDocument Ended(string outcome, int exitCode, IReadOnlyList<Whereabout> where, TimeProvider time) =>
        new()
        {
            Time = time.GetUtcNow(),
            Outcome = outcome,
            ExitCode = exitCode,
            Where = where.Where(host => host.Stage is Stage.Busy).ToList() is { Count: > 0 } busy
                ? [.. busy.Select(host => new WhereDocument(host.Host, host.What, host.Since))]
                : null,
        };

    /// <summary>An event whose contents are not longer than the journal's limit.</summary>
    public static ApplyEvent Short(ApplyEvent happened) =>
        happened switch
        {
            ChangeDone done => done with { Change = Short(done.Change) },
            Replanned replanned => replanned with { Changes = [.. replanned.Changes.Select(Short)] },
            _ => happened,
        };

    static Change Short(Change change) =>
        change.Attributes.Any(attribute => IsLong(attribute.Before) || IsLong(attribute.After))
            ? change with
            {
                Attributes =
                [
                    .. change.Attributes.Select(attribute =>
                        attribute with
                        {
                            Before = Short(attribute.Before),
                            After = Short(attribute.After),
                        }
                    ),
                ],
            }
            : change;

    static bool IsLong(object? value) => value is Content { IsSecret: false, Bytes: not null, Length: > LongestContent };

    static object? Short(object? value) => IsLong(value) && value is Content content ? new Content(content.Length, content.Digest) : value;

    static string Line(string what, TimeProvider time, JsonObject rest)
    {
        rest.Insert(0, "time", time.GetUtcNow().ToString("O"));
        rest.Insert(1, "event", what);
        return rest.ToJsonString(Json.Compact.Options);
    }

    static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
