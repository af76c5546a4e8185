namespace ConfigEngine;

/// <summary>
/// Applies one host's plan, block by block. What is exact is sent at once; where only the host can tell what a change did,
/// the rest is looked at and planned again before it goes on.
/// </summary>
sealed class HostRun(HostPlan plan, ISession session, Action<ApplyEvent> report, TimeProvider time, CancellationToken drain)
{
    readonly Queue<BlockPlan> blocks = new(plan.Blocks);
    readonly List<Change> done = [];
    readonly List<string> handlersDone = [];
    readonly Dictionary<string, Handler> owed = [];
    List<Entry> pending = [];
    IReadOnlyList<Entry> failed = [];

    string Host => plan.Host;

    /// <summary>Whether the run was told to start nothing new.</summary>
    public bool IsDrained => drain.IsCancellationRequested;

    /// <summary>Applies the next block.</summary>
    public async Task RunBlock(CancellationToken ct)
    {
        pending = [.. blocks.Dequeue().Entries];
        while (pending.Exists(entry => entry.Change is not null) && !IsDrained)
        {
            var sure = pending.TakeWhile(entry => entry.Change is null || entry.Guard is not null).ToList();
            var steps = Step.Of(sure.Where(entry => entry.Change is not null)).ToList();
            if (steps.Count > 0)
                await Send(steps, ct);
            if (IsDrained)
                break;
            pending.RemoveRange(0, sure.Count);
            if (steps.Count == 0)
                await PlanAgain(ct);
        }

        if (!IsDrained)
            await RunHandlers(ct);
    }

    /// <summary>What was done and what was not.</summary>
    public HostReport ReportWith(CfgException? error) => new(
        Host,
        [.. done],
        [.. handlersDone],
        [.. failed.Select(entry => entry.Resource.Address)],
        [.. pending.Concat(blocks.SelectMany(block => block.Entries))
            .Where(entry => entry.Change is { Verb: not Verb.Recheck } change && !done.Contains(change) && !failed.Contains(entry))
            .Select(entry => entry.Change!.Address), .. owed.Keys],
        error);

    async Task Send(List<Step> steps, CancellationToken ct)
    {
        var sent = steps.Select((step, i) => (
            Step: step,
            Act: session.Ask(step.ToRequest(resets: i == 0), ct),
            Looks: step.Verifications().Select(look => (look.Entry, look.Look, Answer: session.Ask(look.Request, ct), look.Request)).ToList())).ToList();
        using var halt = drain.Register(() => _ = session.Halt(ct));

        CfgException? failure = null;
        foreach (var (step, act, looks) in sent)
        {
            var began = time.GetTimestamp();
            if (failure is null)
                report(new ChangeStarted(Host, step.Entries[0].Resource.Address));
            var acted = await act;
            var seen = await Task.WhenAll(looks.Select(look => look.Answer));
            // What was done before the run was told to stop is looked at all the same.
            if (acted.Exit == 0 && Array.Exists(seen, answer => answer.Exit == Request.Skipped))
                seen = await Task.WhenAll(looks.Select(look => session.Ask(look.Request with { Chained = false }, ct)));
            if (acted.Exit is Request.Skipped)
                continue;
            if (FailureOf(step, acted) is { } failing)
            {
                failed = failing is DriftException ? failed : step.Entries;
                failure ??= failing;
                continue;
            }

            // What was sent behind a change that did not take may have been made: it is told as what it is.
            foreach (var ((entry, look, _, _), answer) in looks.Zip(seen))
            {
                if (NotTaken(entry, look, answer) is { } notTaken)
                {
                    failed = [.. failed, entry];
                    failure ??= notTaken;
                }
                else
                {
                    Finish(entry, time.GetElapsedTime(began));
                }
            }
        }

        if (failure is not null)
            throw failure;
    }

    void Finish(Entry entry, TimeSpan duration)
    {
        done.Add(entry.Change!);
        foreach (var handler in entry.Resource.Notifies)
            owed.TryAdd(handler.Name, handler);
        report(new ChangeDone(Host, entry.Change!, duration));
    }

    CfgException? FailureOf(Step step, Output acted)
    {
        switch (acted.Exit)
        {
            case 0:
                return null;
            case Step.Drifted:
                var newline = acted.Stdout.Span.IndexOf((byte)'\n');
                var entry = step.Entries[int.Parse(System.Text.Encoding.ASCII.GetString(acted.Stdout.Span[..newline]))];
                return Drift(entry, new(0, acted.Stdout[(newline + 1)..], acted.Stderr));
            case Step.Failed:
                var words = acted.Text.TrimEnd('\n').Split('\n')[^1].Split(' ');
                return new OperationFailedException(Host, AddressOf(step), step.Operations[int.Parse(words[0])].Display, int.Parse(words[1]), acted.Error, step.Entries[0].Resource.Source);
            default:
                return new OperationFailedException(Host, AddressOf(step), "the step itself", acted.Exit, acted.Error, step.Entries[0].Resource.Source);
        }
    }

    static string AddressOf(Step step) => string.Join(", ", step.Entries.Select(entry => entry.Resource.Address));

    DriftException Drift(Entry entry, Output answer)
    {
        var now = Planner.Parse(Host, entry.Resource, answer);
        var draft = Planner.Compare(Host, entry.Resource, now);
        var planned = entry.Change!.Attributes;
        var names = planned.Select(attribute => attribute.Name).Union(draft?.Attributes.Select(attribute => attribute.Name) ?? []);
        return new DriftException(Host, entry.Change, [.. names.Select(name =>
        {
            var before = planned.FirstOrDefault(attribute => attribute.Name == name);
            var current = draft?.Attributes.FirstOrDefault(attribute => attribute.Name == name);
            var wanted = before ?? current;
            return $"{name}: was {(before is null ? "as desired" : Values.Short(before.Before))}, planned {Values.Short(wanted?.After)}, now {(current is null ? "as desired" : Values.Short(current.Before))}";
        })]);
    }

    CfgException? NotTaken(Entry entry, Look look, Output answer)
    {
        if (look.Answer is { } expected && answer.Stdout.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(expected)))
            return null;
        Draft? draft;
        try
        {
            draft = Planner.Compare(Host, entry.Resource, Planner.Parse(Host, entry.Resource, answer));
        }
        catch (CfgException unreadable)
        {
            return unreadable;
        }

        return draft is null || !entry.Resource.IsVerified
            ? null
            : new NotConvergedException(Host, entry.Change!, [.. draft.Attributes.Select(attribute => $"{attribute.Name}: should be {Values.Short(attribute.After)}, is {Values.Short(attribute.Before)}")]);
    }

    async Task PlanAgain(CancellationToken ct)
    {
        IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> rest =
            [(0, [.. pending.Select(entry => entry.Resource)]), .. blocks.Select(block => (block.Number, (IReadOnlyList<Resource>)[.. block.Entries.Select(entry => entry.Resource)]))];
        var answers = await Looking.Ask(session, Planner.Questions(rest.SelectMany(block => block.Resources)), ct);
        var again = await Preview.Ask(session, Planner.Plan(Host, rest, answers), ct);

        foreach (var (before, now) in pending.Zip(again.Blocks[0].Entries))
        {
            if (before.Change is not null && now.Change is null)
                report(new AlreadyConverged(Host, before.Resource.Address));
        }

        pending = [.. again.Blocks[0].Entries];
        blocks.Clear();
        foreach (var block in again.Blocks.Skip(1))
            blocks.Enqueue(block);
        report(new Replanned(Host, [.. again.Changes]));
    }

    async Task RunHandlers(CancellationToken ct)
    {
        foreach (var handler in owed.Values.ToList())
        {
            var began = time.GetTimestamp();
            report(new ChangeStarted(Host, handler.Name));
            var output = await session.Ask(new($"( set -e\n{handler.Script.Text}\n) 1>&2", handler.Name) { Deadline = handler.Deadline ?? TimeSpan.FromMinutes(5) }, ct);
            if (output.Exit != 0)
                throw new OperationFailedException(Host, $"handler \"{handler.Name}\"", $"$ {handler.Script.Text}", output.Exit, output.Error);
            owed.Remove(handler.Name);
            handlersDone.Add(handler.Name);
            report(new HandlerDone(Host, handler.Name, time.GetElapsedTime(began)));
        }
    }
}
