using System.Text;

namespace ConfigEngine;

/// <summary>
/// Changes that are made in one remote step: check that each is still as planned, note what will be owed, act, and then look
/// again. Mostly one; several where neighbours share a transaction.
/// </summary>
sealed class Step(IReadOnlyList<Entry> entries)
{
    /// <summary>The exit code of a step that found a host that is not as planned, and did nothing.</summary>
    public const int Drifted = 97;

    /// <summary>The exit code of a step whose operation failed.</summary>
    public const int Failed = 98;

    static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(5);

    public IReadOnlyList<Entry> Entries { get; } = entries;

    /// <summary>What it does: one operation for all where they share a transaction, each one's own otherwise.</summary>
    public IReadOnlyList<Operation> Operations { get; } = OperationsOf(entries);

    /// <summary>The transaction, where it is one.</summary>
    public Batch? Batch => BatchOf(Entries[0]);

    /// <summary>The parts of the transaction.</summary>
    public IReadOnlyList<string> Items => [.. Entries.Select(entry => BatchOf(entry)?.Item).OfType<string>()];

    /// <summary>Set where it reboots the host.</summary>
    public RebootOptions? Reboots => Operations.Select(operation => operation.Reboots).FirstOrDefault(reboots => reboots is not null);

    /// <summary>Whether it may cut the way to its host.</summary>
    public bool IsRisky { get; } = entries.Any(entry => Risk.Of(entry.Resource) is not null);

    /// <summary>What it is called.</summary>
    public string Address => string.Join(", ", Entries.Select(entry => entry.Resource.Address));

    /// <summary>Puts neighbours with one transaction together.</summary>
    public static IEnumerable<Step> Of(IEnumerable<Entry> entries)
    {
        List<Entry> together = [];
        foreach (var entry in entries)
        {
            if (together.Count > 0 && !Joins(together[^1], entry))
            {
                yield return new([.. together]);
                together.Clear();
            }

            together.Add(entry);
        }

        if (together.Count > 0)
            yield return new([.. together]);
    }

    static Batch? BatchOf(Entry entry) => entry.Change?.Operations is [{ Batch: { } batch }] ? batch : null;

    static bool Joins(Entry first, Entry second) =>
        BatchOf(first) is { } batch && batch.Joins(BatchOf(second)) && first.Resource.As == second.Resource.As;

    static IReadOnlyList<Operation> OperationsOf(IReadOnlyList<Entry> entries) =>
        BatchOf(entries[0]) is { } batch
            ? [batch.Together([.. entries.Select(entry => BatchOf(entry)!.Item)])]
            : [.. entries.SelectMany(entry => entry.Change!.Operations)];

    /// <summary>The step as a request: 97 and what is there now when a host is not as planned, 98 when an operation fails.</summary>
    public Request ToRequest(Run run, DateTimeOffset now)
    {
        var deadline = Trying.Longest(this, Entries.Max(entry => entry.Resource.Deadline) ?? Operations.Max(operation => operation.Deadline) ?? DefaultDeadline);
        StringBuilder script = new();
        foreach (var prelude in Entries.Select(Look).Select(look => look.Prelude).OfType<Shell>().Distinct())
            script.Append(prelude.Text).Append('\n');
        script.Append($"cfg_at {Shell.Quote(Address)}\ncfg_allowed={(long)deadline.TotalSeconds}\n");

        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Guard is not { } guard)
                continue;
            var entry = Entries[i];
            var look = Look(entry);
            var cheap = Looking.ScriptFor(guard.Script, look.Prelude, entry.Resource.As, preluded: true);
            var full = Looking.ScriptFor(Question.Of(entry.Resource, look).Script, look.Prelude, entry.Resource.As, preluded: true);
            script.Append($"cfg_now=$(eval {Shell.Quote(cheap)} | cfg_digest)\n");
            script.Append($"[ \"$cfg_now\" = {guard.Digest} ] || {{ echo {i}; ( eval {Shell.Quote(full)} ); exit {Drifted}; }}\n");
        }

        foreach (var entry in Entries)
        {
            foreach (var handler in entry.Resource.Notifies)
                script.Append($"cfg_owe {Owing.FileOf(handler)} {Shell.Quote(Owing.Line(handler, entry.Resource.Address, run, now))} || exit {Keeper.CannotKeep}\n");
        }

        Trying.Append(script, this);
        return new(script.ToString(), Address)
        {
            Chained = true,
            Deadline = deadline,
        };
    }

    /// <summary>What to ask afterwards: each resource again.</summary>
    public IReadOnlyList<(Entry Entry, Look Look, Request Request)> Verifications() =>
        [.. Entries.Select(entry =>
        {
            var look = entry.Resource.LookFor(entry.After);
            var question = Question.Of(entry.Resource, look);
            return (entry, look, new Request(Looking.ScriptFor(question.Script, question.Prelude, question.As, preluded: false), $"the state of {entry.Resource.Address} afterwards") { Chained = true });
        })];

    static Look Look(Entry entry) => entry.Resource.LookFor(null);
}
