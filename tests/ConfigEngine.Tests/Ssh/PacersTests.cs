using ConfigEngine.Ssh;

namespace ConfigEngine.Tests.Ssh;

public sealed class PacersTests : IDisposable
{
    readonly List<string> asked = [];
    readonly Pacers pacers;

    public void Dispose() => pacers.Dispose();

    public PacersTests() =>
        pacers = new(
            (host, _) =>
            {
                asked.Add(host.Name);
                return Task.FromResult(host.Name.Split('-') is [var jump, _] ? jump : null);
            }
        );

    [Fact]
    public async Task Nobody_asks_for_the_way_before_a_host_refuses_a_login()
    {
        await pacers.Run(new("a-1"), () => Task.FromResult(0), default);
        Assert.Empty(asked);
        await pacers.TurnedAway(new("a-1"), default);
        await pacers.Run(new("a-1"), () => Task.FromResult(0), default);
        await pacers.Run(new("b-1"), () => Task.FromResult(0), default);
        Assert.Equal(["a-1", "b-1"], asked);
    }

    /// <summary>Four logins may run through the jump host that refused one; the fifth waits, and others do not.</summary>
    [Fact]
    public async Task A_jump_host_that_refuses_slows_down_its_own_hosts_only()
    {
        await pacers.TurnedAway(new("a-0"), default);
        TaskCompletionSource open = new();
        var through = Enumerable.Range(1, 4).Select(i => Login($"a-{i}", open.Task)).ToList();
        var fifth = Login("a-5", Task.CompletedTask);
        await Task.WhenAll(Login("b-1", Task.CompletedTask), Login("direct", Task.CompletedTask));
        Assert.False(fifth.IsCompleted);

        open.SetResult();
        await Task.WhenAll([.. through, fifth]);
    }

    /// <summary>Logins that began before the refusal count, since they may be on the same way.</summary>
    [Fact]
    public async Task Half_of_those_that_ran_may_run()
    {
        TaskCompletionSource open = new();
        var before = Enumerable.Range(1, 20).Select(i => Login($"a-{i}", open.Task)).ToList();
        await pacers.TurnedAway(new("a-1"), default);
        var after = Enumerable.Range(21, 10).Select(i => Login($"a-{i}", open.Task)).ToList();
        var eleventh = Login("a-31", Task.CompletedTask);
        Assert.False(eleventh.IsCompleted);
        open.SetResult();
        await Task.WhenAll([.. before, .. after, eleventh]);
    }

    Task<int> Login(string host, Task until) =>
        pacers.Run(
            new(host),
            async () =>
            {
                await until;
                return 0;
            },
            default
        );
}
