using static ConfigEngine.Tests.SessionTests;

namespace ConfigEngine.Tests;

/// <summary>What follows in a session after the shell of a request was killed, against a real shell on this machine.</summary>
public sealed class KilledRequestTests
{
    /// <summary>The processes of a request whose shell was killed go on, and print where the next answer is read.</summary>
    [Fact]
    public async Task What_a_killed_request_left_behind_is_no_part_of_the_next_answer()
    {
        await using var session = await Open();

        var killed = Ask(session, "(sleep 0.5; echo late) & sh -c 'kill -9 $PPID'; :");
        var next = Ask(session, "sleep 1; echo next");

        Assert.Equal(137, (await killed).Exit);
        Assert.Equal("next\n", (await next).Text);
    }

    [Fact]
    public async Task Of_a_killed_request_whose_processes_do_not_end_the_answer_is_the_last_one()
    {
        await using var session = await Open();

        var killed = Ask(session, "sleep 20 & exit 137");
        var next = Ask(session, "echo next");

        Assert.Equal(137, (await killed).Exit);
        await Assert.ThrowsAsync<ConnectionLostException>(() => next);
    }
}
