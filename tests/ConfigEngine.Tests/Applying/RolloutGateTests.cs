namespace ConfigEngine.Tests.Applying;

public sealed class RolloutGateTests
{
    static readonly string[] Five = ["a", "b", "c", "d", "e"];

    [Theory]
    [InlineData("0", null, "abcde")]
    [InlineData("1", null, "a bcde")]
    [InlineData("1", "2", "a bc de")]
    [InlineData("20%", "50%", "a bcd e")]
    [InlineData("0", "1%", "a b c d e")]
    [InlineData("9", "1", "abcde")]
    public void Hosts_come_in_batches(string canary, string? batch, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                new Rollout { Canary = canary, Batch = batch is null ? (Share?)null : batch }
                    .BatchesOf(Five)
                    .Select(hosts => string.Concat(hosts))
            )
        );

    [Fact]
    public async Task A_batch_begins_when_the_one_before_is_done()
    {
        RolloutGate gate = new(new() { Batch = 2 }, Five);
        var third = gate.Turn("c", "block", CancellationToken.None);
        await gate.Turn("a", "block", CancellationToken.None);

        gate.Succeed("a");
        Assert.False(third.IsCompleted);
        gate.Succeed("b");

        await third.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Too_many_failures_stop_the_rest_and_only_those_count_that_were_begun()
    {
        RolloutGate gate = new(new() { Batch = 2, MaxFailures = "20%" }, Five);

        gate.Fail("a");
        gate.Succeed("b");
        gate.Fail("c");
        gate.Succeed("d");
        gate.Fail("e");

        var stopped = await Assert.ThrowsAsync<RolloutStoppedException>(() => gate.Turn("e", "the block", CancellationToken.None));
        Assert.Equal("e: the block was not started, because its rollout stopped: 2 hosts of 5 failed (a, c).", stopped.Message);
    }

    [Fact]
    public async Task Without_a_rollout_everybody_begins_whatever_fails()
    {
        RolloutGate gate = new(null, Five);
        gate.Fail("a");
        await gate.Turn("e", "block", CancellationToken.None);
    }
}
