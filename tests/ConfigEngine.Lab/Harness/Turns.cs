namespace ConfigEngine.Lab;

/// <summary>
/// Counts how often an engine has to wait for a host's answers before it goes on: what it asks without waiting counts once, and so does
/// a connect, with all that is asked during it. How fast the line or the machine is has no part in it, because nothing is answered
/// before everything is that was asked, and before the engine has no more to ask.
/// </summary>
/// <param name="connector">Who really connects and asks.</param>
sealed class Turns(IConnector connector) : IConnector
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    readonly Lock gate = new();
    readonly List<TaskCompletionSource> held = [];
    bool answered = true;
    long asked;
    int open;

    /// <summary>How often so far.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        how ??= new();
        var atOnce = how.AtOnce;
        return new Session(
            this,
            await Held(() => connector.Connect(host, how with { AtOnce = session => atOnce?.Invoke(new Session(this, session)) }, ct))
        );
    }

    async Task<T> Held<T>(Func<Task<T>> ask)
    {
        TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (answered)
                Count++;
            answered = false;
            (asked, open) = (asked + 1, open + 1);
        }

        var answer = ask();
        // Whether it failed, whoever asked is told below, when all are.
        await Task.WhenAny(answer);
        lock (gate)
        {
            held.Add(released);
            if (--open == 0)
                _ = ReleaseWhenQuiet(asked);
        }

        await released.Task;
        return await answer;
    }

    async Task ReleaseWhenQuiet(long last)
    {
        await Task.Delay(Quiet, Pace.Clock);
        lock (gate)
        {
            // Who has asked meanwhile without an answer is waited for, too.
            if (open > 0 || asked != last)
                return;
            answered = true;
            held.ForEach(one => one.SetResult());
            held.Clear();
        }
    }

    sealed class Session(Turns turns, ISession session) : ISession
    {
        public Facts Facts => session.Facts;

        public CancellationToken Lost => session.Lost;

        public Task<Output> Ask(Request request, CancellationToken ct) => turns.Held(() => session.Ask(request, ct));

        public Task<CfgException?> Halt(CancellationToken ct) => session.Halt(ct);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
