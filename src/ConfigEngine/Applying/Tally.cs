namespace ConfigEngine.Applying;

/// <summary>
/// The results of everything that a run was to do on one host: one state for each change and each handler. This is the only place
/// that has them. Reports, journals, exit codes and the list of remaining work are made from it.
/// </summary>
sealed class Tally
{
    readonly List<Key> order = [];
    readonly Dictionary<Key, ChangeReport> states = [];

    /// <summary>All results, in the order in which they were planned.</summary>
    public IReadOnlyList<ChangeReport> Now => [.. order.Select(key => states[key])];

    /// <summary>
    /// Notes the work of a plan for some blocks. Work of an earlier plan for them that was not started and is not in the new plan
    /// is removed: the host already has that state.
    /// </summary>
    /// <param name="blocks">The blocks, as they are planned now.</param>
    /// <param name="owed">The handlers that finished changes have notified.</param>
    public void Plan(IReadOnlyList<BlockPlan> blocks, IReadOnlyCollection<string> owed)
    {
        var numbers = blocks.Select(block => block.Number).ToHashSet();
        List<(Key Key, ChangeReport Report)> planned =
        [
            .. from block in blocks
            from entry in block.Planned
            where entry.Change.Verb is not Verb.Recheck
            select (
                Of(block.Number, entry),
                new ChangeReport(entry.Resource.Address, ChangeState.Planned) { Change = entry.Change, Source = entry.Resource.Source }
            ),
            .. from block in blocks
            from call in block.Handlers
            select (
                new Key(block.Number, call.Handler.Name, IsHandler: true),
                new ChangeReport(call.Handler.Name, ChangeState.Planned) { IsHandler = true, Source = SourceOf(call, block) }
            ),
        ];
        foreach (
            var key in order
                .Where(key =>
                    numbers.Contains(key.Block) && states[key].State is ChangeState.Planned && !(key.IsHandler && owed.Contains(key.Name))
                )
                .ToList()
        )
        {
            order.Remove(key);
            states.Remove(key);
        }

        foreach (var (key, report) in planned)
        {
            if (states.TryAdd(key, report))
                order.Add(key);
        }
    }

    /// <summary>Sets the state of a change.</summary>
    public void Set(int block, PlannedChange entry, ChangeState state, Reached reached = Reached.Nothing) =>
        Set(Of(block, entry), () => new(entry.Resource.Address, state) { Source = entry.Resource.Source }, state, reached, entry.Change);

    /// <summary>Sets the state of a handler.</summary>
    public void Set(int block, Handler handler, ChangeState state, Reached reached = Reached.Nothing) =>
        Set(new(block, handler.Name, IsHandler: true), () => new(handler.Name, state) { IsHandler = true }, state, reached, null);

    /// <summary>A finished change has notified a handler.</summary>
    public void Call(int block, Handler handler, SourceLine? source)
    {
        Key key = new(block, handler.Name, IsHandler: true);
        if (states.TryAdd(key, new(handler.Name, ChangeState.Planned) { IsHandler = true, Source = source }))
            order.Add(key);
    }

    /// <summary>A handler is no longer notified.</summary>
    public void Drop(int block, Handler handler)
    {
        Key key = new(block, handler.Name, IsHandler: true);
        order.Remove(key);
        states.Remove(key);
    }

    /// <summary>The current state of a handler.</summary>
    public ChangeState Of(int block, Handler handler) =>
        states.TryGetValue(new(block, handler.Name, IsHandler: true), out var known) ? known.State : ChangeState.Planned;

    /// <summary>Where a resource notifies a handler; null where that is not known.</summary>
    public SourceLine? SourceOf(int block, Handler handler) => states.GetValueOrDefault(new(block, handler.Name, IsHandler: true))?.Source;

    /// <summary>The current state of a change.</summary>
    public ChangeState Of(int block, Resource resource) =>
        states.TryGetValue(new(block, resource.Address, IsHandler: false), out var known) ? known.State : ChangeState.Planned;

    /// <summary>The results if the run ends now: work that was sent is in doubt, and the rest was not started.</summary>
    public IReadOnlyList<ChangeReport> AtTheEnd =>
        [
            .. Now.Select(report =>
                report.State switch
                {
                    ChangeState.Planned => report with { State = ChangeState.NotBegun },
                    ChangeState.Sent => report with { State = ChangeState.InDoubt },
                    _ => report,
                }
            ),
        ];

    static Key Of(int block, Entry entry) => new(block, entry.Resource.Address, IsHandler: false);

    static SourceLine? SourceOf(HandlerCall call, BlockPlan block) => block.NotifierOf(call)?.Source;

    void Set(Key key, Func<ChangeReport> unknown, ChangeState state, Reached reached, Change? change)
    {
        if (!states.TryGetValue(key, out var known))
        {
            order.Add(key);
            known = unknown();
        }

        states[key] = known with { State = state, Reached = reached, Change = change ?? known.Change };
    }

    readonly record struct Key(int Block, string Name, bool IsHandler);
}
