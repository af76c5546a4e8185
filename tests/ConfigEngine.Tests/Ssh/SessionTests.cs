using System.Diagnostics;
using ConfigEngine.Ssh;

namespace ConfigEngine.Tests;

/// <summary>The session's framing, against a real shell on this machine.</summary>
public sealed class SessionTests
{
    static readonly Host Here = new("here") { Transport = Transport.Local };

    [Fact]
    public async Task Answers_are_exact_bytes_with_errors_kept_apart()
    {
        await using var session = await Open();

        var output = await Ask(session, @"printf 'a\000b\377\n\n'; echo complaint >&2; exit 3");

        Assert.Equal("61-00-62-FF-0A-0A", BitConverter.ToString(output.Stdout.ToArray()));
        Assert.Equal("complaint\n", output.Error);
        Assert.Equal(3, output.Exit);
    }

    [Theory]
    [InlineData("if then fi", 2)]
    [InlineData("echo 'unclosed", 2)]
    [InlineData("exit 9", 9)]
    [InlineData("kill -9 $$; sleep 5", null)]
    [InlineData("no-such-command-anywhere", 127)]
    public async Task A_script_cannot_end_the_session_by_mistake(string script, int? exit)
    {
        await using var session = await Open();
        if (exit is null)
        {
            // Except by killing the very shell, which is then a lost connection and not an answer.
            await Assert.ThrowsAsync<ConnectionLostException>(() => Ask(session, script));
            return;
        }

        Assert.Equal(exit, (await Ask(session, script)).Exit);
        Assert.Equal("still here\n", (await Ask(session, "echo still here")).Text);
    }

    [Fact]
    public async Task Requests_are_answered_in_order_however_many_wait()
    {
        await using var session = await Open();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Ask(session, $"echo {i}")));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}\n"), answers.Select(answer => answer.Text));
    }

    [Fact]
    public async Task What_is_chained_behind_a_failure_is_skipped_until_a_new_chain_begins()
    {
        await using var session = await Open();
        Request chained = new("echo ran", "a test") { Chained = true };

        var first = session.Ask(chained with { Resets = true }, default);
        var failing = session.Ask(chained with { Script = "exit 5" }, default);
        var skipped = session.Ask(chained, default);
        var unchained = session.Ask(chained with { Chained = false }, default);
        var again = session.Ask(chained with { Resets = true }, default);

        Assert.Equal(
            [0, 5, Request.Skipped, 0, 0],
            (await Task.WhenAll(first, failing, skipped, unchained, again)).Select(answer => answer.Exit)
        );
        Assert.Equal("", (await skipped).Text);
    }

    [Fact]
    public async Task What_stays_is_seen_by_later_requests_and_what_does_not_is_not()
    {
        await using var session = await Open();

        await session.Ask(new("cfg_kept=1", "a test") { Stays = true }, default);
        await Ask(session, "cfg_lost=1");

        Assert.Equal("1-\n", (await Ask(session, "echo $cfg_kept-$cfg_lost")).Text);
    }

    [Fact]
    public async Task A_request_has_nothing_to_read_so_that_no_program_can_swallow_the_next_one()
    {
        await using var session = await Open();

        Assert.Equal("0\n", (await Ask(session, "cat | wc -c | tr -d ' '")).Text);
        Assert.Equal("next\n", (await Ask(session, "echo next")).Text);
    }

    [Fact]
    public async Task A_deadline_ends_the_session_and_says_what_was_waited_for()
    {
        await using var session = await Open();
        var clock = Stopwatch.StartNew();

        var slow = session.Ask(new("sleep 60", "the slow probe") { Deadline = TimeSpan.FromMilliseconds(300) }, default);
        var behind = session.Ask(new("echo behind", "the one behind"), default);

        var error = await Assert.ThrowsAsync<DeadlineException>(() => slow);
        Assert.Contains("the slow probe", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DeadlineException>(() => behind);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 59);
    }

    [Fact]
    public async Task A_request_that_is_given_up_while_it_is_sent_ends_the_session_and_shifts_no_answer()
    {
        await using var session = await Open();
        using CancellationTokenSource given = new();

        var slow = session.Ask(new("sleep 2; echo slow", "the slow one"), default);
        // It is longer than a pipe holds, and nobody reads while the first one runs.
        var large = session.Ask(new($": {new string('x', 1_000_000)}", "the large one"), given.Token);
        var next = session.Ask(new("echo next", "the next one"), default);
        await Task.Delay(200);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await Assert.ThrowsAsync<ConnectionLostException>(() => slow);
        await Assert.ThrowsAsync<ConnectionLostException>(() => next);
        await Assert.ThrowsAsync<ConnectionLostException>(() => Ask(session, "echo later"));
    }

    [Fact]
    public async Task A_deadline_counts_from_when_the_one_before_was_answered()
    {
        await using var session = await Open();

        var all = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => session.Ask(new("sleep 2", "a test") { Deadline = TimeSpan.FromSeconds(8) }, default))
        );

        Assert.All(all, answer => Assert.Equal(0, answer.Exit));
    }

    [Fact]
    public async Task Ten_megabytes_each_way_arrive_whole()
    {
        await using var session = await Open();
        var text = new string('x', 10_000_000);

        Assert.Equal(10_000_000, (await Ask(session, $"printf %s {text}")).Stdout.Length);
    }

    [Fact]
    public async Task A_noisy_login_does_not_disturb_the_framing()
    {
        await using Connecting noisy = new();
        await using var session = await noisy.Connector.Connect(
            new("noisy")
            {
                Transport = Transport.Command("sh", "-c", "echo Welcome; echo 'cfg 1 0'; printf 'no newline'; echo oops >&2; exec sh"),
            },
            null,
            default
        );

        Assert.Equal(("quiet\n", ""), ((await Ask(session, "echo quiet")).Text, (await Ask(session, ":")).Error));
    }

    [Fact]
    public async Task A_login_that_prints_without_end_is_told_and_not_listened_to_for_long()
    {
        await using Connecting connecting = new();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() =>
            connecting.Connector.Connect(new("box") { Transport = Transport.Command("yes", "Welcome") }, null, default)
        );

        Assert.StartsWith(
            "box: the login of box prints without end, and no shell answers. It began with:\n  Welcome",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Case_16_what_is_printed_in_the_place_of_a_shell_is_told()
    {
        await using Connecting connecting = new();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() =>
            connecting.Connector.Connect(
                new("box") { Transport = Transport.Command("sh", "-c", "echo This account is currently not available.; exit 1") },
                null,
                default
            )
        );

        Assert.Contains(
            "what should be a shell ended at once with exit code 1, and it printed:\n  This account is currently not available.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("must lead to a shell", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_fails_alone_and_names_what_it_was_for()
    {
        await using var session = await Open();

        var error = await Assert.ThrowsAsync<AnswerTooLongException>(() =>
            session.Ask(new("head -c 70000000 /dev/zero", "the state of file /srv/x"), default)
        );

        Assert.Equal(
            "here: the state of file /srv/x: the answer is longer than 64 MiB, which no answer is; nothing of it was kept.",
            error.Message
        );
        Assert.Equal("on\n", (await Ask(session, "echo on")).Text);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_secret_where_a_sessions_error_is_cut()
    {
        // Nothing of it is in what stands around it.
        const string Value = "QWXZJKVYBGHäQZWXKJVBYGHWQXJZKYVHGB";
        Secret secret = new("the test", () => Value);
        secret.Reveal();
        Redaction redaction = new();
        redaction.Add(secret);
        await using Connecting connecting = new();
        await using var session = await new RedactedConnector(connecting.Connector, redaction).Connect(Here, null, default);
        const int Half = StreamFrames.ErrorLimit / 2;

        // Before the cut and after it, at every place where a part of the value is on the other side.
        for (var at = 0; at < 50; at++)
        {
            var before = await Ask(session, $"{Filled(Half - at)}; printf %s '{Value}' >&2; {Filled(60_000)}");
            var after = await Ask(session, $"{Filled(60_000)}; printf %s '{Value}' >&2; {Filled(Half - at)}");

            Assert.All(
                [before.Error, after.Error],
                error =>
                {
                    Assert.Contains("bytes left out", error, StringComparison.Ordinal);
                    Assert.False(error.Any(Value.Contains), $"{at}: {error.Replace("_", "", StringComparison.Ordinal)}");
                }
            );
        }

        static string Filled(int bytes) => $"head -c {bytes} /dev/zero | tr '\\0' _ >&2";
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_told()
    {
        await using Connecting connecting = new();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() =>
            connecting.Connector.Connect(new("box") { Transport = Transport.Command("no-such-transport") }, null, default)
        );

        Assert.Contains("no-such-transport cannot be started here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_not_a_shell_is_told_in_bounded_time()
    {
        await using Connecting connecting = new(new() { OpenDeadline = TimeSpan.FromSeconds(2) });

        await Assert.ThrowsAnyAsync<CfgException>(() =>
            connecting.Connector.Connect(new("box") { Transport = Transport.Command("cat") }, null, default)
        );
        await Assert.ThrowsAnyAsync<CfgException>(() =>
            connecting.Connector.Connect(new("box") { Transport = Transport.Command("sleep", "60") }, null, default)
        );
        await Assert.ThrowsAnyAsync<CfgException>(() =>
            connecting.Connector.Connect(new("box") { Transport = Transport.Command("true") }, null, default)
        );
    }

    [Fact]
    public async Task No_process_outlives_the_session()
    {
        string pid;
        await using (var session = await Open())
            pid = (await Ask(session, "echo $$")).Text.Trim();

        Assert.False(System.IO.Directory.Exists($"/proc/{pid}"));
    }

    internal static Task<Output> Ask(ISession session, string script) => session.Ask(new(script, "a test"), default);

    internal static async Task<ISession> Open()
    {
        Connector connector = new(new());
        return await connector.Connect(Here, null, default);
    }

    internal sealed class Connecting(ConnectorOptions? options = null) : IAsyncDisposable
    {
        public Connector Connector { get; } = new(options ?? new());

        public ValueTask DisposeAsync()
        {
            Connector.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
