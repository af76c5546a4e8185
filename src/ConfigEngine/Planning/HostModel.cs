namespace ConfigEngine.Planning;

/// <summary>
/// The predicted host at a point of the plan: the observations, with the changes before that point applied.
/// </summary>
/// <param name="session">The user that the session acts as; root when null.</param>
/// <param name="from">The state that the host is in, where that was predicted too.</param>
sealed class HostModel(RunningAs? session, PredictedHost? from = null)
{
    /// <summary>The user that the session acts as; root when null.</summary>
    public RunningAs? Session => session;

    /// <summary>The state that the host is in, where that was predicted; null where it was observed.</summary>
    public PredictedHost? From => from;

    readonly List<Written> written = [.. from?.Written ?? []];

    /// <summary>The model with the changes of this plan alone, for a resource that was verified after the changes before.</summary>
    public HostModel Own
    {
        get
        {
            if (from is null)
                return this;
            HostModel own = new(session);
            own.written.AddRange(written.Skip(from.Written.Count));
            return own;
        }
    }

    /// <summary>
    /// An earlier change that may alter what a resource's probe saw, in a way that is not known exactly. A change directly before
    /// it in the same transaction does not count, because both are probed and done together.
    /// </summary>
    public Written? Disturbs(Resource resource, ProbeScript probe, Batch? batch) =>
        written
            .Take(written.Count - Together(batch))
            .FirstOrDefault(earlier =>
                probe.Subject is not null && earlier.Subject == probe.Subject
                    ? probe.Put is not null && Overlap(Without(probe.Subject, earlier.Aspects), Without(probe.Subject, resource.Reads))
                    : Overlap(earlier.Aspects, resource.Reads)
            );

    int Together(Batch? batch) =>
        batch is null ? 0 : written.AsEnumerable().Reverse().TakeWhile(earlier => batch.Joins(earlier.Batch)).Count();

    /// <summary>The state after the last change of the same subject, where that is known.</summary>
    public Written? Leaves(ProbeScript probe) =>
        probe.Subject is null ? null : written.FindLast(earlier => earlier.Subject == probe.Subject);

    /// <summary>An earlier change that may provide a missing thing.</summary>
    public Written? Provides(params IReadOnlyList<Aspect> what) => written.Find(earlier => Overlap(earlier.Aspects, what));

    /// <summary>Notes a planned change.</summary>
    public void Write(Resource resource, ProbeScript probe, Draft draft, Certainty certainty) =>
        written.Add(
            new(resource.Address, probe.Subject, [.. resource.Writes], resource.OfSubject(draft.After), certainty, draft.Batch)
            {
                Attributes = draft.Attributes,
            }
        );

    /// <summary>Notes a planned change as it is in a plan.</summary>
    public void Write(PlannedChange planned) => written.Add(Written.By(planned));

    /// <summary>The observed state, as earlier changes will leave it, if the resource can tell that from them.</summary>
    public Observed Foreseen(Resource resource, Observed actual) =>
        written
            .Where(earlier => Overlap(earlier.Aspects, resource.Reads))
            .Aggregate(actual, (seen, earlier) => resource.Foresee(seen, earlier.Aspects, earlier.Attributes));

    /// <summary>Notes a change whose result is not known yet.</summary>
    public void Guess(Resource resource, string? subject) =>
        written.Add(new(resource.Address, subject, [.. resource.Writes], new(null), Certainty.Unknown, null) { IsGuess = true });

    /// <summary>Notes that the host reboots: no observation from before is certain after that.</summary>
    public void Reboot(string what) => written.Add(Written.Reboot(what));

    static IEnumerable<Aspect> Without(string subject, IEnumerable<Aspect> aspects) =>
        aspects.Where(aspect => $"{aspect.Kind} {aspect.Key}" != subject);

    static bool Overlap(IEnumerable<Aspect> some, IEnumerable<Aspect> others) => some.Any(one => others.Any(other => one.Overlaps(other)));

    /// <summary>The parts that a planned change writes, and the subject's state after it.</summary>
    public sealed record Written(
        string Address,
        string? Subject,
        IReadOnlyList<Aspect> Aspects,
        Observed After,
        Certainty Certainty,
        Batch? Batch
    )
    {
        /// <summary>Its attributes, as its plan shows them.</summary>
        public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

        /// <summary>Whether the state after it is not known at all.</summary>
        public bool IsGuess { get; init; }

        /// <summary>What a change of a plan writes.</summary>
        public static Written By(PlannedChange planned) =>
            new(
                planned.Resource.Address,
                planned.Probe?.Subject,
                [.. planned.Resource.Writes],
                planned is { Before: not null, After: { } after } ? planned.Resource.OfSubject(after) : new(null),
                planned.Change.Certainty,
                PlanStep.BatchOf(planned)
            )
            {
                Attributes = planned.Change.Attributes,
                IsGuess = planned.Before is null,
            };

        /// <summary>A reboot, after which no observation from before is certain.</summary>
        public static Written Reboot(string what) => new(what, null, [Aspect.Anything], new(null), Certainty.Predicted, null);
    }
}
