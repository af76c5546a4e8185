namespace ConfigEngine.Applying;

/// <summary>
/// The last probes of a run on a host: of everything that it changed, in one batch, after the last change. They find declarations
/// that undo each other, whatever the reason.
/// </summary>
sealed class LastProbes
{
    readonly List<(int Block, PlannedChange Entry)> made = [];

    /// <summary>Whether something was changed since everything was last probed.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Notes a change that was made and verified.</summary>
    public void Add(int block, PlannedChange entry) => made.Add((block, entry));

    /// <summary>Notes that something was changed.</summary>
    public void Touch() => IsDue = made.Count > 0;

    /// <summary>Notes that everything was probed.</summary>
    public void IsOver() => IsDue = false;

    /// <summary>Changes that are known to be undone are not probed.</summary>
    public void Forget(IEnumerable<PlannedChange> undone)
    {
        var gone = undone.ToHashSet(ReferenceEqualityComparer.Instance);
        made.RemoveAll(one => gone.Contains(one.Entry));
    }

    /// <summary>Asks for the state of everything that was changed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ct">Stops waiting.</param>
    public IReadOnlyList<Sighting> Ask(ISession session, CancellationToken ct) => Ask(session, made, ProbeTime.AfterSteps, ct);

    /// <summary>Asks for it together with the last steps of a run.</summary>
    /// <param name="session">The session.</param>
    /// <param name="block">The block of the steps.</param>
    /// <param name="entries">
    /// The changes that are sent right before, without the very last ones, which have their own probes. If a step fails, nothing is
    /// probed.
    /// </param>
    /// <param name="ct">Stops waiting.</param>
    public IReadOnlyList<Sighting> AskWith(ISession session, int block, IEnumerable<PlannedChange> entries, CancellationToken ct) =>
        Ask(session, [.. made, .. entries.Select(entry => (block, entry))], ProbeTime.WithSteps, ct);

    static IReadOnlyList<Sighting> Ask(
        ISession session,
        IEnumerable<(int Block, PlannedChange Entry)> all,
        ProbeTime when,
        CancellationToken ct
    )
    {
        var probes = all.Where(one => one.Entry.Resource.IsVerified)
            .Select(one => (one.Block, one.Entry, After: Step.Verification(one.Entry)))
            .ToList();
        var answers = Probing.Send(session, [.. probes.Select(one => one.After.Request)], when, ct);
        return [.. probes.Zip(answers, (one, answer) => new Sighting(one.Block, one.Entry, one.After.Probe, answer))];
    }

    /// <summary>Names the later change that may have undone an earlier one.</summary>
    public UndoneLaterException Explain(string host, PlannedChange entry, NotConvergedException seen) =>
        new(
            host,
            entry.Resource,
            seen.Lines,
            [
                .. made.SkipWhile(one => !ReferenceEquals(one.Entry, entry))
                    .Skip(1)
                    .Select(one => one.Entry.Resource)
                    .Where(later => later.Writes.Any(written => entry.Resource.Reads.Any(read => read.Overlaps(written)))),
            ]
        );

    /// <summary>The last probe of a changed resource.</summary>
    public sealed record Sighting(int Block, PlannedChange Entry, ProbeScript Probe, Task<Output> Answer);
}
