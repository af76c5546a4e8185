namespace ConfigEngine.Lab;

/// <summary>The counter of round trips by itself: it counts what waits for an answer, and what is asked without waiting once.</summary>
public sealed class TurnsTests
{
    [Fact]
    public async Task Counts_what_waits_for_an_answer_and_a_pipeline_once()
    {
        Turns turns = new(new Instant());
        Task early = Task.CompletedTask;
        await using var session = await turns.Connect(new("one"), new() { AtOnce = open => early = Ask(open) }, default);
        await early;
        Assert.Equal(1, turns.Count);

        await Ask(session);
        await Ask(session);
        Assert.Equal(3, turns.Count);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Ask(session)));
        Assert.Equal(4, turns.Count);
    }

    [Fact]
    public async Task Counts_what_fails_like_what_succeeds()
    {
        Turns turns = new(new Instant());
        await using var session = await turns.Connect(new("one"), null, default);

        await Assert.ThrowsAsync<TimeoutException>(() => session.Ask(new("fail", "a failure"), default));
        await Ask(session);

        Assert.Equal(3, turns.Count);
    }

    static Task<Output> Ask(ISession session) => session.Ask(new("true", "nothing"), default);

    sealed class Instant : IConnector, ISession
    {
        public Facts Facts => throw new NotSupportedException();

        public CancellationToken Lost => default;

        public Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
        {
            how?.AtOnce?.Invoke(this);
            return Task.FromResult<ISession>(this);
        }

        public Task<Output> Ask(Request request, CancellationToken ct) =>
            request.Script is "fail" ? Task.FromException<Output>(new TimeoutException()) : Task.FromResult(Output.Of(""));

        public Task<CfgException?> Halt(CancellationToken ct) => Task.FromResult<CfgException?>(null);

        public ValueTask DisposeAsync() => default;
    }
}
