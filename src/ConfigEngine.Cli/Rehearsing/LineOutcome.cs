using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>How a line of a plan came out.</summary>
[JsonConverter(typeof(Words<LineResult>))]
enum LineResult
{
    /// <summary>It was done as the plan shows it.</summary>
    AsPlanned,

    /// <summary>It was done, with other values than the plan shows.</summary>
    Otherwise,

    /// <summary>It was to be done, and there was nothing left to do when its turn came.</summary>
    NotNeeded,

    /// <summary>It was done, and the plan does not have it.</summary>
    Unplanned,

    /// <summary>It failed, or did not take.</summary>
    Failed,

    /// <summary>It was not begun, because something failed before it.</summary>
    NotBegun,
}

/// <summary>A line of a plan, and what became of it.</summary>
/// <param name="Host">The host that the container stands in for.</param>
/// <param name="Kind">The resource's kind; <c>handler</c> for a handler.</param>
/// <param name="Address">The resource's address, or the handler's name.</param>
/// <param name="Certainty">How sure the plan was of it.</param>
/// <param name="Result">What became of it.</param>
sealed record LineOutcome(string Host, string Kind, string Address, Certainty Certainty, LineResult Result)
{
    /// <summary>What handlers are called among kinds of resources.</summary>
    public const string Handler = "handler";

    /// <summary>The attributes that came out otherwise, with what was planned and what was done.</summary>
    public IReadOnlyList<AttributeOutcome> Attributes { get; init; } = [];

    /// <summary>
    /// Whether the plan said nothing else. A line that was not exact may turn out to be needless: a package may start its service itself.
    /// </summary>
    public bool IsAsSaid => Result is LineResult.AsPlanned || (Result is LineResult.NotNeeded && Certainty is not Certainty.Exact);

    /// <summary>The outcomes of a host, in order of its plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">What was done.</param>
    public static IReadOnlyList<LineOutcome> Of(HostPlan plan, HostReport report)
    {
        List<ChangeReport> open = [.. report.Changes];
        List<LineOutcome> lines = [];
        foreach (var change in plan.Changes)
            lines.Add(Of(plan.Host, change, Take(one => !one.IsHandler && one.Address == change.Address)));
        foreach (var call in plan.Handlers)
            lines.Add(
                new(
                    plan.Host,
                    Handler,
                    call.Handler.Name,
                    call.Certainty,
                    ResultOf(Take(one => one.IsHandler && one.Address == call.Handler.Name))
                )
            );

        // What was only to be looked at again may change, and may call handlers: the plan said so.
        var looked = plan.Rechecks.ToList();
        var allowed = looked.Select(change => change.Address).Concat(looked.SelectMany(change => change.Notifies)).ToHashSet();
        lines.AddRange(
            from left in open
            where left.State is not ChangeState.NotBegun && !allowed.Contains(left.Address)
            select new LineOutcome(
                plan.Host,
                left.IsHandler ? Handler : left.Change?.Kind ?? "",
                left.Address,
                Certainty.Exact,
                LineResult.Unplanned
            )
        );
        return lines;

        ChangeReport? Take(Predicate<ChangeReport> which)
        {
            var at = open.FindIndex(which);
            if (at < 0)
                return null;
            var found = open[at];
            open.RemoveAt(at);
            return found;
        }
    }

    static LineOutcome Of(string host, Change planned, ChangeReport? made)
    {
        LineOutcome line = new(host, planned.Kind, planned.Address, planned.Certainty, ResultOf(made));
        if (made is not { State: ChangeState.Done, Change: { } done })
            return line;
        var differ = AttributeOutcome.Of(planned, done);
        return differ.Count == 0 && IsSame(planned, done.Verb) ? line : line with { Result = LineResult.Otherwise, Attributes = differ };
    }

    /// <summary>
    /// Whether it is the kind of change that was planned. Where that was not exact, a package may have brought the thing meanwhile, so
    /// that it was changed and not created.
    /// </summary>
    static bool IsSame(Change planned, Verb done) =>
        planned.Certainty switch
        {
            Certainty.Exact => planned.Verb == done,
            Certainty.Predicted => planned.Verb == done || (planned.Verb is Verb.Create && done is Verb.Update),
            _ => true,
        };

    static LineResult ResultOf(ChangeReport? made) =>
        made?.State switch
        {
            null => LineResult.NotNeeded,
            ChangeState.Done => LineResult.AsPlanned,
            ChangeState.NotBegun or ChangeState.Planned => LineResult.NotBegun,
            _ => LineResult.Failed,
        };
}

/// <summary>An attribute that came out otherwise than planned.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Planned">What was planned, before and after; null where the plan does not have it.</param>
/// <param name="Done">What was done; null where it was not changed.</param>
sealed record AttributeOutcome(string Name, AttributeChange? Planned, AttributeChange? Done)
{
    /// <summary>
    /// The attributes of a change that came out otherwise. A line that is exact says all of it. One that is predicted says no more than
    /// becomes true: an earlier change may have made a part of it. One that is unknown says only the values that it shows.
    /// </summary>
    public static IReadOnlyList<AttributeOutcome> Of(Change planned, Change done) =>
        [
            .. from name in planned.Attributes.Concat(done.Attributes).Select(attribute => attribute.Name).Distinct()
            let said = planned.Attributes.FirstOrDefault(attribute => attribute.Name == name)
            let made = done.Attributes.FirstOrDefault(attribute => attribute.Name == name)
            where
                (said, made, planned.Certainty) switch
                {
                    (null, _, Certainty.Unknown) => false,
                    (_, null, not Certainty.Exact) => false,
                    (null, _, _) or (_, null, _) => true,
                    (_, _, Certainty.Exact) => !IsSame(said.Before, made.Before) || !IsSame(said.After, made.After),
                    _ => !IsSame(said.After, made.After),
                }
            select new AttributeOutcome(name, said, made),
        ];

    /// <summary>A value that only the host could tell is as said, whatever it told.</summary>
    static bool IsSame(object? said, object? made) =>
        said is IMaybeUnknown { IsKnown: false } || JsonNode.DeepEquals(JsonValues.Of(said), JsonValues.Of(made));
}
