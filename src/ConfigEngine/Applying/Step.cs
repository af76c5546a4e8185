using System.Text;

namespace ConfigEngine.Applying;

/// <summary>
/// Changes that are made in one remote step: check that each is still as planned, record what will be owed, act, and then probe
/// again. Usually one change; several if adjacent changes share a transaction.
/// </summary>
sealed class Step(IReadOnlyList<PlannedChange> entries)
{
    /// <summary>The exit code of a step that found the host not as planned, and did nothing.</summary>
    public const int Drifted = 97;

    /// <summary>
    /// The exit code of a step that could not probe its host, and did nothing; its last line is the probe's own exit code.
    /// </summary>
    public const int Unseen = 92;

    /// <summary>The exit code of a step whose operation failed.</summary>
    public const int Failed = 98;

    static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(5);

    public IReadOnlyList<PlannedChange> Entries { get; } = entries;

    /// <summary>Its operations: one for all changes if they share a transaction, otherwise those of each change.</summary>
    public IReadOnlyList<Operation> Operations { get; } = OperationsOf(entries);

    /// <summary>The transaction, if it is one.</summary>
    public Batch? Batch => PlanStep.BatchOf(Entries[0]);

    /// <summary>The parts of the transaction.</summary>
    public IReadOnlyList<string> Items => [.. Entries.Select(entry => PlanStep.BatchOf(entry)?.Item).OfType<string>()];

    /// <summary>Set where it reboots the host.</summary>
    public RebootOptions? Reboots => Operations.Select(operation => operation.Reboots).FirstOrDefault(reboots => reboots is not null);

    /// <summary>Whether it may cut the connection to its host in a way that shows before a reboot.</summary>
    public bool IsRisky => Reboots is null && Entries.Any(entry => Risk.Of(entry.Resource) is not null);

    /// <summary>Whether all of it continues to its end even when its shell is gone.</summary>
    public bool IsSupervised => Operations is [{ Uncut: true }] && Entries.All(entry => entry.Resource.Until is null);

    /// <summary>
    /// Whether it takes only a moment, and what it probes can be probed as a set: it can then be in a <see cref="StepSet"/> with others.
    /// </summary>
    public bool IsBrief { get; } = entries is [var only] && IsBriefly(only);

    /// <summary>How long it may take.</summary>
    public TimeSpan Deadline =>
        RetryScript.Longest(
            this,
            Entries.Max(entry => entry.Resource.Deadline) ?? Operations.Max(operation => operation.Deadline) ?? DefaultDeadline
        );

    /// <summary>Its name in messages.</summary>
    public string Address => string.Join(", ", Entries.Select(entry => entry.Resource.Address));

    /// <summary>Combines adjacent changes with the same transaction.</summary>
    public static IEnumerable<Step> Of(IEnumerable<PlannedChange> entries) =>
        PlanStep.Together(entries).Select(together => new Step(together));

    static IReadOnlyList<Operation> OperationsOf(IReadOnlyList<PlannedChange> entries) =>
        PlanStep.BatchOf(entries[0]) is { } batch
            ? [batch.Together([.. entries.Select(PlanStep.BatchOf).OfType<Batch>().Select(one => one.Item)])]
            : [.. entries.SelectMany(entry => entry.Change.Operations)];

    /// <summary>
    /// The step as a request. It exits with 97 and the actual state if the host is not as planned, and with 98 and how far it came
    /// if an operation fails.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="now">The time.</param>
    /// <param name="number">The step's number in the host's record of how far it came (see keeper.sh).</param>
    /// <param name="set">The set that it is in.</param>
    /// <param name="arm">Makes the script that keeps the host reachable, from the longest time of the step; null where none is
    /// needed.</param>
    public Request ToRequest(Run run, DateTimeOffset now, int number, StepSet set, Func<Step, TimeSpan, string?> arm)
    {
        var deadline = Deadline;
        StringBuilder script = new();
        foreach (var prelude in Entries.Select(entry => entry.Probe?.Prelude).OfType<Shell>().Distinct())
            script.Append(prelude.Text).Append('\n');
        script.Append($"cfg_at {Shell.Quote(Address)}\ncfg_allowed={(long)deadline.TotalSeconds}\n");

        for (var i = 0; i < Entries.Count; i++)
        {
            var entry = Entries[i];
            if (entry is not { Guard: { } guard, Probe: { } probe })
                continue;
            var cheap = Probing.ScriptFor(guard.Script, probe.Prelude, entry.Resource.As);
            var full = Probing.ScriptFor(ProbeRequest.Of(entry.Resource, probe).Script, probe.Prelude, entry.Resource.As);
            if (set.IsTogether)
                script.Append($"cfg_was_seen {number} {guard.Digest} || ");
            script.Append($"cfg_as_planned {i} {guard.Digest} {Shell.Quote(cheap)} {Shell.Quote(full)}\n");
        }

        StringBuilder disown = new();
        foreach (var (entry, handler) in Entries.SelectMany(entry => entry.Resource.Notifies, (entry, handler) => (entry, handler)))
        {
            var owing = $"{Owing.FileOf(handler)} {Shell.Quote(Owing.Line(handler, entry.Resource.Address, run, now))}";
            script.Append($"cfg_owe {owing} || exit {HostRecords.CannotKeep}\n");
            disown.Append($"cfg_disown {owing}; ");
        }

        script.Append(arm(this, deadline));
        script.Append($"cfg_begin {number} || exit {HostRecords.CannotKeep}\n");
        script.Append($"cfg_disowned={Shell.Quote(disown.ToString())}\n");
        RetryScript.Append(script, this, set.Prepares(this) ? number : null);
        script.Append($"cfg_did {number}\n");
        return new(script.ToString(), Address) { Chained = true, Deadline = IsRisky ? deadline + Lifeline.Copying : deadline };
    }

    /// <summary>The answer of a step whose only operation had this result.</summary>
    public static Output Answered(Output operation) =>
        operation.Exit == 0
            ? operation
            : operation with
            {
                Exit = Failed,
                Stdout = Encoding.UTF8.GetBytes($"0 {operation.Exit} unknown\n"),
            };

    /// <summary>The probe that verifies a change.</summary>
    public static (ProbeScript Probe, ProbeRequest Request) Verification(PlannedChange entry)
    {
        var probe = entry.After is { } after ? entry.Resource.ProbeFor(after) : entry.Probe ?? entry.Resource.FirstProbe;
        return (probe, ProbeRequest.Of(entry.Resource, probe) with { What = $"the state of {entry.Resource.Address} afterwards" });
    }

    static bool IsBriefly(PlannedChange entry) =>
        entry is { Guard: { } guard, Probe: { } probe, Resource: { As: null, Until: null, Retries: null or 0, IsVerified: true } resource }
        && entry.Change.Operations is [_, ..]
        && entry.Change.Operations.All(operation => operation.IsBrief)
        && Risk.Of(resource) is null
        && Calls.Of(guard.Script, probe.Prelude) is not null
        && Verification(entry).Request is var after
        && Calls.Of(after.Script, after.Prelude) is not null;
}
