using System.Text.Json;

namespace ConfigEngine.Rendering;

/// <summary>Events of an apply as JSON lines.</summary>
static class EventJson
{
    /// <summary>One event on one line, without its line end.</summary>
    public static string Line(ApplyEvent happened, DateTimeOffset time) =>
        JsonSerializer.Serialize(Document(happened, time), Json.Compact.EventDocument);

    /// <summary>The first line.</summary>
    public static string Line(RunStartedDocument started) => JsonSerializer.Serialize(started, Json.Compact.RunStartedDocument);

    /// <summary>The last line.</summary>
    public static string Line(RunEndedDocument ended) => JsonSerializer.Serialize(ended, Json.Compact.RunEndedDocument);

    static EventDocument Document(ApplyEvent happened, DateTimeOffset time)
    {
        EventDocument plain = new()
        {
            Time = time,
            Event = happened.Name,
            Host = happened.Host,
        };
        return happened switch
        {
            ChangeStarted started => plain with { Address = started.Address },
            ChangesSent sent => plain with { Addresses = sent.Addresses },
            ChangeEnded ended => plain with
            {
                Address = ended.Address,
                State = StateName(ended.State),
                Reached = ended.State is ChangeState.Failed ? Text.Kebab(ended.Reached.ToString()) : null,
            },
            Reconnecting lost => plain with { Error = lost.Error?.Message },
            ChangeDone done => plain with
            {
                Address = done.Change.Address,
                Seconds = Seconds(done.Duration),
                Exit = 0,
                Change = PlanJson.Change(done.Change),
            },
            AlreadyConverged converged => plain with { Address = converged.Address },
            Replanned replanned => plain with { Changes = [.. replanned.Changes.Select(change => PlanJson.Change(change))] },
            HandlerDone handler => plain with { Address = handler.Handler, Seconds = Seconds(handler.Duration), Exit = 0 },
            RebootStarted reboot => plain with { Address = reboot.Address },
            RebootDone reboot => plain with { Seconds = Seconds(reboot.Duration) },
            HostNotStarted waits => plain with { Error = waits.Error?.Message },
            HostFailed failed => plain with { Error = failed.Error?.Message, Exit = (failed.Error as OperationFailedException)?.Exit },
            _ => plain,
        };
    }

    /// <summary>A state's name in JSON: <c>did-not-take</c>.</summary>
    public static string StateName(ChangeState state) => Text.Kebab(state.ToString());

    static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 3);
}
