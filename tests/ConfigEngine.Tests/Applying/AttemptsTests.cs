namespace ConfigEngine.Tests.Applying;

/// <summary>A host that is down for now, and one that is so slow that looking for it holds it up.</summary>
public sealed class AttemptsTests
{
    readonly Connector connector = new();

    [Fact]
    public async Task A_host_that_refuses_is_asked_again_and_again_beside_the_patient_attempt()
    {
        await using Attempts attempts = new(Link);
        connector.Quick = new HostUnreachableException("box", "refused");

        await Assert.ThrowsAsync<HostUnreachableException>(() => attempts.Next(default));
        await Assert.ThrowsAsync<HostUnreachableException>(() => attempts.Next(default));
        connector.Quick = null;
        await using var found = await attempts.Next(default);

        Assert.Equal((3, 1), (connector.Impatient, connector.Patient));
    }

    [Fact]
    public async Task A_host_that_is_too_slow_to_answer_is_left_to_the_patient_attempt()
    {
        await using Attempts attempts = new(Link);
        connector.Quick = new HostUnreachableException("box", "no answer in time") { IsBusy = true };
        await Assert.ThrowsAsync<HostUnreachableException>(() => attempts.Next(default));

        var next = attempts.Next(default);
        Assert.False(next.IsCompleted);
        connector.Answer.SetResult(new Session());

        await using var found = await next.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal((1, 1), (connector.Impatient, connector.Patient));
    }

    [Fact]
    public async Task Once_it_refuses_again_it_is_not_busy_any_more()
    {
        await using Attempts attempts = new(Link);
        connector.Quick = new HostUnreachableException("box", "no answer in time") { IsBusy = true };
        await Assert.ThrowsAsync<HostUnreachableException>(() => attempts.Next(default));
        connector.Answer.SetException(new HostUnreachableException("box", "refused"));
        connector.Answer = new();
        await Assert.ThrowsAsync<HostUnreachableException>(() => attempts.Next(default));

        connector.Quick = null;
        await using var found = await attempts.Next(default);

        Assert.Equal((2, 2), (connector.Impatient, connector.Patient));
    }

    [Fact]
    public async Task Who_gives_up_waits_for_no_attempt()
    {
        await using Attempts attempts = new(Link);
        connector.Quick = new HostUnreachableException("box", "no answer in time") { IsBusy = true };
        await Assert.ThrowsAsync<HostUnreachableException>(() => attempts.Next(default));
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempts.Next(stop.Token).WaitAsync(TimeSpan.FromSeconds(5)));
    }

    HostLink Link => new(new("box"), new("here"), connector, _ => { }, TimeProvider.System);

    /// <summary>Answers impatient attempts at once, with an error where there is one, and patient ones when it is told to.</summary>
    sealed class Connector : IConnector
    {
        public Exception? Quick { get; set; }

        public TaskCompletionSource<ISession> Answer { get; set; } = new();

        public int Impatient { get; private set; }

        public int Patient { get; private set; }

        public Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
        {
            if (how?.Timeout is null)
            {
                Patient++;
                return Answer.Task.WaitAsync(ct);
            }

            Impatient++;
            return Quick is null ? Task.FromResult<ISession>(new Session()) : Task.FromException<ISession>(Quick);
        }
    }

    sealed class Session : ISession
    {
        public Facts Facts => throw new NotSupportedException("nobody asks");

        public CancellationToken Lost => CancellationToken.None;

        public Task<Output> Ask(Request request, CancellationToken ct) => throw new NotSupportedException("nobody asks");

        public Task<CfgException?> Halt(CancellationToken ct) => Task.FromResult<CfgException?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
