namespace ConfigEngine;

/// <summary>Asks the host what else a transaction will do, without doing it: all transactions in one round trip.</summary>
static class Preview
{
    public static async Task<HostPlan> Ask(ISession session, HostPlan plan, CancellationToken ct)
    {
        var previews = plan.Blocks
            .SelectMany(block => Step.Of(block.Entries.Where(entry => entry is { Change: not null, Guard: not null })))
            .Select(step => (Step: step, step.Entries[0].Change!.Operations))
            .Where(step => step.Operations is [{ Batch.Preview: not null }])
            .Select(step => (step.Step, Batch: step.Operations[0].Batch!))
            .Select(step => (step.Step, step.Batch, Answer: session.Ask(RequestFor(step.Step, step.Batch), ct)))
            .ToList();

        Dictionary<Entry, IReadOnlyList<string>> notes = new(ReferenceEqualityComparer.Instance);
        foreach (var (step, batch, asked) in previews)
        {
            var answer = await asked;
            var first = step.Entries[0];
            if (answer.Exit != 0)
                throw new PlanException(plan.Host, first.Resource, $"it cannot be done: {answer.Error.Trim()}");
            notes[first] = batch.Read?.Invoke(answer) ?? [];
        }

        return notes.Count == 0 ? plan : plan with
        {
            Blocks = [.. plan.Blocks.Select(block => block with
            {
                Entries = [.. block.Entries.Select(entry => notes.TryGetValue(entry, out var said)
                    ? entry with { Change = entry.Change! with { Notes = [.. entry.Change.Notes, .. said] } }
                    : entry)],
            })],
        };
    }

    static Request RequestFor(Step step, Batch batch) => new(
        Looking.ScriptFor(batch.Preview!([.. step.Entries.Select(entry => entry.Change!.Operations[0].Batch!.Item)]), null, step.Entries[0].Resource.As, preluded: true),
        "a preview");
}
