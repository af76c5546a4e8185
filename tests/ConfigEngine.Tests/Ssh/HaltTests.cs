using static ConfigEngine.Tests.SessionTests;

namespace ConfigEngine.Tests;

/// <summary>Ctrl-C for what was sent already: the shell of the session skips what has not begun.</summary>
public sealed class HaltTests
{
    [Fact]
    public async Task The_halting_of_a_pipeline_skips_what_has_not_begun()
    {
        await using var session = await Open();
        using Latch latch = new();
        var running = session.Ask(new($"{latch.Wait}; echo finished", "a test") { Chained = true, Resets = true }, default);
        var waiting = Enumerable.Range(0, 5).Select(_ => session.Ask(new("echo began", "a test") { Chained = true }, default)).ToList();

        Assert.Null(await session.Halt(default));
        latch.Open();

        Assert.Equal("finished\n", (await running).Text);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(Request.Skipped, answer.Exit));
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Other_shells_halt_in_the_same_way(string shell)
    {
        await using Connecting connecting = new();
        await using var session = await connecting.Connector.Connect(new(shell) { Transport = Transport.Command(shell) }, null, default);
        using Latch latch = new();
        var running = session.Ask(new($"{latch.Wait}; echo finished", "a test") { Chained = true, Resets = true }, default);
        var waiting = session.Ask(new("echo began", "a test") { Chained = true }, default);

        await session.Halt(default);
        latch.Open();

        Assert.Equal("finished\n", (await running).Text);
        Assert.Equal(Request.Skipped, (await waiting).Exit);
        Assert.Equal("on\n", (await session.Ask(new("echo on", "a test") { Chained = true, Resets = true }, default)).Text);
    }

    [Theory]
    [InlineData("echo Welcome; exec sh")]
    [InlineData("echo 77; printf 'no newline'; echo oops >&2; exec sh")]
    public async Task A_noisy_login_halts_like_any_other(string login)
    {
        await using Connecting connecting = new();
        await using var session = await connecting.Connector.Connect(
            new("noisy") { Transport = Transport.Command("sh", "-c", login) },
            null,
            default
        );
        using Latch latch = new();
        var running = session.Ask(new($"{latch.Wait}; echo finished", "a test") { Chained = true, Resets = true }, default);
        var waiting = session.Ask(new("echo began", "a test") { Chained = true }, default);

        Assert.Null(await session.Halt(default));
        latch.Open();

        Assert.Equal("finished\n", (await running).Text);
        Assert.Equal(Request.Skipped, (await waiting).Exit);
    }

    [Fact]
    public async Task A_host_that_cannot_be_told_to_halt_says_so()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("cfg-halt-");
        await using Connecting connecting = new();
        // The second way leads to a shell that sees other processes: what has the id of the session's shell is not that.
        await using var session = await connecting.Connector.Connect(
            new("box")
            {
                Transport = Transport.Command(
                    "sh",
                    "-c",
                    "if mkdir \"$0\"; then exec sh; else exec unshare --user --map-root-user --pid --fork --mount-proc sh; fi",
                    Path.Combine(directory.FullName, "first")
                ),
            },
            null,
            default
        );
        using Latch latch = new();
        var waiting = session.Ask(new($"{latch.Wait}; echo ran", "a test") { Chained = true, Resets = true }, default);

        var failed = await session.Halt(default);
        latch.Open();

        Assert.Matches(
            "^box: the host could not be told to stop \\(process \\d+ is not the shell of the session\\): what was sent to it "
                + "already goes on",
            failed?.Message
        );
        Assert.Equal("ran\n", (await waiting).Text);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_session_that_idles_can_be_halted_and_goes_on_afterwards()
    {
        await using var session = await Open();

        await session.Halt(default);
        await Task.Delay(200);

        Assert.Equal("on\n", (await session.Ask(new("echo on", "a test") { Chained = true, Resets = true }, default)).Text);
    }
}
