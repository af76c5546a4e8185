namespace ConfigEngine;

/// <summary>Asks the host what else a transaction will do, without doing it: all transactions in one round trip.</summary>
static class Preview
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task<HostPlan> Ask(ISession session, HostPlan plan, CancellationToken ct)
    {
        var previews = plan.Blocks
            .SelectMany(block => Step.Of(block.Entries.Where(entry => entry is { Change: not null, Guard: not null })))
            .Where(step => step.Batch?.Preview is not null)
            .Select(step => (Step: step, Answer: session.Ask(RequestFor(step, step.Batch!), ct)))
            .ToList();

        Dictionary<Entry, Change> refined = new(ReferenceEqualityComparer.Instance);
        foreach (var (step, asked) in previews)
        {
            var answer = await asked;
            if (answer.Exit != 0)
            {
                var said = answer.Error.Trim();
                var named = step.Entries.FirstOrDefault(entry => said.Contains(entry.Resource.Key, StringComparison.Ordinal)) ?? step.Entries[0];
                throw new PlanException(plan.Host, named.Resource, $"it cannot be done:\n  {answer.Said.ReplaceLineEndings("\n  ")}", step.Batch!.Hint?.Invoke(said));
            }

            var changes = Planner.Understood(plan.Host, step.Entries[0].Resource, () => step.Batch!.Refine?.Invoke([.. step.Entries.Select(entry => entry.Change!)], answer) ?? []);
            foreach (var (entry, change) in step.Entries.Zip(changes))
                refined[entry] = change;
        }

        return refined.Count == 0 ? plan : plan with
        {
            Blocks = [.. plan.Blocks.Select(block => block with
            {
                Entries = [.. block.Entries.Select(entry => refined.TryGetValue(entry, out var change) ? entry with { Change = change } : entry)],
            })],
        };
    }

    static Request RequestFor(Step step, Batch batch) =>
        new(Looking.ScriptFor(batch.Preview!(step.Items), null, step.Entries[0].Resource.As, preluded: true), "a preview") { Deadline = Deadline };
}
