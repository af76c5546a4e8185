using System.Text;

namespace ConfigEngine.Applying;

/// <summary>The meaning of a host's answer to a step.</summary>
static class Verdict
{
    /// <summary>Why a step did not act or did not succeed, with the state of its changes; null if it succeeded.</summary>
    public static (CfgException Error, ChangeState State, Reached Reached)? Of(string host, Step step, Output acted)
    {
        try
        {
            return Read(host, step, acted);
        }
        catch (UnexpectedOutputException odd)
        {
            return Failed(host, step, acted.Exit, $"what the host said of it cannot be understood: {odd.Message}");
        }
    }

    static (CfgException Error, ChangeState State, Reached Reached)? Read(string host, Step step, Output acted)
    {
        switch (acted.Exit)
        {
            case 0:
                return null;
            case Step.Drifted:
                var (entry, answer) = Looked(step, acted);
                return (Drift(host, entry, answer with { Exit = 0 }), ChangeState.Planned, Reached.Nothing);
            case Step.Unseen when Unseen(host, step, acted) is { } unseen:
                return (unseen, ChangeState.Planned, Reached.Nothing);
            case Step.Failed when acted.Text.TrimEnd('\n').Split('\n')[^1].Split(' ') is [var number, var code, var phase]:
                var exit = Number.Read(code, "an exit code");
                var (operation, reached) =
                    number is RetryScript.Until
                        ? ($"until {step.Entries.FirstOrDefault(one => one.Resource.Until is not null)?.Resource.Until}", Reached.All)
                        : (Number.Pick(step.Operations, number, "the number of an operation").Display, RetryScript.ReachedBy(phase));
                return (
                    new OperationFailedException(
                        host,
                        step.Address,
                        operation,
                        exit,
                        acted.Error,
                        step.Entries[0].Resource.Source,
                        number is RetryScript.Until && step.Entries[0].Resource.IsVerified ? RetryScript.NotWaitedForAgain : null
                    ),
                    ChangeState.Failed,
                    reached
                );
            case Step.Failed:
                throw new UnexpectedOutputException($"expected which operation failed, got \"{Text.Excerpt(acted.Text)}\"");
            case HostRecords.CannotKeep:
                return (new CannotKeepException(host, Text.Sentence(acted.Error.Trim())), ChangeState.Planned, Reached.Nothing);
            default:
                return Failed(host, step, acted.Exit, acted.Error);
        }
    }

    static (CfgException Error, ChangeState State, Reached Reached) Failed(string host, Step step, int exit, string said) =>
        (
            new OperationFailedException(host, step.Address, "the step itself", exit, said, step.Entries[0].Resource.Source),
            ChangeState.Failed,
            Reached.Unknown
        );

    /// <summary>Why a change does not count as made, by the probe afterwards; null if it does.</summary>
    public static CfgException? Of(string host, PlannedChange entry, ProbeScript probe, Output seen)
    {
        if (seen.Exit == 0 && probe.Answer is { } expected && seen.Stdout.Span.SequenceEqual(Encoding.UTF8.GetBytes(expected)))
            return null;
        Draft? draft;
        try
        {
            draft = Planner.Compare(host, entry.Resource, Planner.Parse(host, entry.Resource, seen));
        }
        catch (CfgException unreadable)
        {
            return unreadable;
        }

        return draft is null || !entry.Resource.IsVerified
            ? null
            : new NotConvergedException(
                host,
                entry.Change,
                draft.Attributes.Count == 0
                    ? [draft.Verb is Verb.Create ? "it is still not there" : "it is not in the desired state", .. draft.Notes]
                    : Differences(draft.Attributes)
            );
    }

    /// <summary>The differences from the desired state, by attribute.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<AttributeChange> attributes) =>
        [
            .. attributes.Select(attribute =>
                $"{attribute.Name}: should be {ValueText.Short(attribute.After)}, is {ValueText.Short(attribute.Before)}"
            ),
        ];

    /// <summary>The entry that was not as planned, and the answer that showed it.</summary>
    static (PlannedChange Entry, Output Answer) Looked(Step step, Output acted)
    {
        Cursor cursor = new(acted.Stdout);
        return (Number.Pick(step.Entries, cursor.Line(), "which change is not as planned"), acted with { Stdout = cursor.Rest });
    }

    /// <summary>A failed probe is not an answer, whatever it printed. Its exit code is on the last line.</summary>
    static CfgException? Unseen(string host, Step step, Output acted)
    {
        var (entry, answer) = Looked(step, acted);
        var whole = answer.Stdout.Span.TrimEnd((byte)'\n');
        var last = whole.LastIndexOf((byte)'\n');
        var exit = Number.Read(Encoding.UTF8.GetString(whole[(last + 1)..]), "the exit code of a probe");
        return Planner.FailureOf(host, entry.Resource, answer with { Exit = exit, Stdout = answer.Stdout[..Math.Max(last, 0)] });
    }

    static DriftException Drift(string host, PlannedChange entry, Output answer) =>
        new(host, entry.Change, Planner.Compare(host, entry.Resource, Planner.Parse(host, entry.Resource, answer))?.Attributes ?? []);
}
