using System.Text.RegularExpressions;

namespace ConfigEngine.Applying;

/// <summary>
/// Asks the host what else a transaction will do, without doing it: all transactions in one round trip. If an earlier change may
/// alter a transaction, the answer is for the current state: it is shown as predicted, and checked again before the transaction is
/// made (<see cref="Unshown"/>).
/// </summary>
static class Simulation
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task<HostPlan> Ask(ISession session, HostPlan plan, CancellationToken ct)
    {
        Dictionary<Entry, Entry> refined = new(ReferenceEqualityComparer.Instance);
        List<(Step Step, Batch Batch, Task<Output> Answer)> simulations = [];
        foreach (var step in plan.Blocks.SelectMany(block => Steps(block.Planned)))
        {
            if (step.Batch is not { Simulate: { } simulate } batch)
                continue;
            var question = QuestionFor(step, simulate);
            if (plan.From is null || (session as IProbed)?.Has(question) is not false)
            {
                simulations.Add((step, batch, Probing.Ask(session, question, Deadline, ct)));
                continue;
            }

            // Nobody recorded what a host in a predicted state says to this.
            foreach (var entry in step.Entries)
                refined[entry] = Noted(entry, "what else this installs or removes is not recorded, and not predicted");
        }

        foreach (var (step, batch, asked) in simulations)
        {
            foreach (var (before, after) in step.Entries.Zip(Refine(plan.Host, step, batch, await asked)))
                refined[before] = after;
        }

        return refined.Count == 0
            ? plan
            : (
                plan with
                {
                    Blocks =
                    [
                        .. plan.Blocks.Select(block =>
                            block with
                            {
                                Entries = [.. block.Entries.Select(entry => refined.GetValueOrDefault(entry, entry))],
                            }
                        ),
                    ],
                }
            ).WithError;
    }

    /// <summary>The steps of exact changes, and those of other changes; the two are never combined.</summary>
    static IEnumerable<Step> Steps(IEnumerable<PlannedChange> planned)
    {
        var changes = planned.Where(entry => entry.Change.Operations.Count > 0).ToList();
        return Step.Of(changes.Where(entry => entry.Guard is not null)).Concat(Step.Of(changes.Where(entry => entry.Guard is null)));
    }

    static IReadOnlyList<Entry> Refine(string host, Step step, Batch batch, Output answer)
    {
        var isSure = step.Entries[0].Guard is not null;
        if (answer.Exit != 0)
            return [.. step.Entries.Select(entry => Failed(host, batch, entry, Wrong(step, answer.Error), answer))];
        var changes = Planner.Understood(
            host,
            step.Entries[0].Resource,
            () => batch.Refine?.Invoke([.. step.Entries.Select(entry => entry.Change)], answer) ?? []
        );
        return
        [
            .. step.Entries.Zip(changes, (entry, change) => entry with { Change = isSure ? change : Predicted(entry.Change, change) }),
        ];
    }

    // A change that was not exact does not become exact by this, but its version can be shown as it would be now.
    static Change Predicted(Change before, Change refined) =>
        refined with
        {
            Certainty =
                before.Certainty is Certainty.Exact || refined.Certainty is Certainty.Exact ? Certainty.Predicted : refined.Certainty,
            Because = before.Because,
        };

    static Entry Failed(string host, Batch batch, PlannedChange entry, List<PlannedChange> wrong, Output answer)
    {
        // An earlier change may provide a thing that is missing now, such as a repository.
        if (entry.Guard is null)
            return Noted(entry, "what else this installs or removes cannot be told before that");
        return wrong.Contains(entry)
            ? new Entry(entry.Resource)
            {
                Obstacle = new PlanException(
                    host,
                    entry.Resource,
                    $"it cannot be done:\n  {answer.Said.ReplaceLineEndings("\n  ")}",
                    batch.Hint?.Invoke(answer.Error.Trim())
                ),
            }
            : entry;
    }

    static PlannedChange Noted(PlannedChange entry, string note) =>
        entry with
        {
            Change = entry.Change with { Notes = [.. entry.Change.Notes, note] },
        };

    /// <summary>The entries that an error names; the first entry if it names none.</summary>
    static List<PlannedChange> Wrong(Step step, string said)
    {
        var named = step
            .Entries.Where(entry => Regex.IsMatch(said, $@"(?<![\w.+-]){Regex.Escape(entry.Resource.Key)}(?![\w+-]|\.\w)"))
            .ToList();
        return named.Count > 0 ? named : [step.Entries[0]];
    }

    static ProbeRequest QuestionFor(Step step, Func<IReadOnlyList<string>, Shell> simulate) =>
        new(simulate(step.Items), null, step.Entries[0].Resource.As) { What = "a simulation" };
}
