using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace ConfigEngine.Ssh;

/// <summary>
/// A session over any process whose standard input is read by a POSIX <c>sh</c> on the target. Requests are framed: each
/// runs as <c>( eval '…' ) &lt;/dev/null</c>, and an unguessable marker on both output streams closes it with its exit code.
/// </summary>
sealed class ShellSession : ISession
{
    /// <summary>How long a process that is about to end may take to say why.</summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    readonly string host;
    readonly ChildProcess child;
    readonly string marker;
    readonly Action atEnd;
    readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>();
    readonly CancellationTokenSource closed = new();
    readonly CancellationTokenSource lost = new();
    readonly Func<ShellSession, CancellationToken, Task> halt;
    readonly StreamFrames stdout;
    readonly StreamFrames stderr;
    readonly Task pumping;
    Task reading = Task.CompletedTask;
    readonly Lock gate = new();
    CfgException? ending;
    Facts? facts;
    int sequence;

    ShellSession(Opening opening)
    {
        (host, child, marker, halt, atEnd) = (opening.Host, opening.Child, opening.Marker, opening.Halt, opening.Closed);
        stdout = new(child.Stdout, marker);
        stderr = new(child.Stderr, marker) { Limit = StreamFrames.ErrorLimit };
        Lost = lost.Token;
        pumping = Task.WhenAll(Task.Run(PumpAnswers), Task.Run(() => stderr.Pump(closed.Token)));
    }

    /// <inheritdoc/>
    public Facts Facts => facts ?? throw new InvalidOperationException("the session is not open yet");

    /// <inheritdoc/>
    public CancellationToken Lost { get; }

    /// <summary>The process id of the shell on the host; empty until it is known.</summary>
    public string ShellId { get; private set; } = "";

    /// <summary>Opens a session on a child whose shell is about to read, and learns the facts, in one go.</summary>
    /// <param name="opening">Who is at the other end, and how.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<ShellSession> Open(Opening opening, CancellationToken ct)
    {
        ShellSession session = new(opening);
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
            deadline.CancelAfter(opening.Deadline);
            if (opening.Password is not null || opening.Announces)
                await session.Greet(opening.Password, deadline.Token);
            _ = session.child.Write(Encoding.UTF8.GetBytes(Hello(session.marker)), ct);
            session.reading = Task.Run(session.ReadAnswers, CancellationToken.None);
            var shell = session.Ask(new("printf %s $$", "a shell on the host") { Deadline = opening.Deadline }, ct);
            var facts = session.Ask(new(FactScript.Text, "the host's facts") { Deadline = opening.Deadline }, ct);
            opening.AtOnce?.Invoke(session);
            session.ShellId = (await shell).Text;
            session.facts = Parse(opening.Host, await facts);
            return session;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await session.DisposeAsync();
            throw new DeadlineException(opening.Host, "a shell on the host", opening.Deadline);
        }
        catch (EndOfStreamException)
        {
            var reason = await session.Ending();
            await session.DisposeAsync();
            throw new ConnectionLostException(opening.Host, "a shell on the host", reason);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    static Facts Parse(string host, Output answer)
    {
        try
        {
            return Facts.Parse(answer.Stdout.Span);
        }
        catch (FactsUnreadableException unreadable)
        {
            throw new HostUnreachableException(host, unreadable.Message, "A shell answered, and what it says of itself cannot be understood.");
        }
    }

    /// <summary>
    /// Waits for the shell's first word on standard output; on the way there, answers one request for a password, which is
    /// seen on standard error. A second request means that the first answer was wrong.
    /// </summary>
    async Task Greet(Secret? password, CancellationToken ct)
    {
        for (var asked = 0; ; asked++)
        {
            using var other = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var ready = stdout.Next(other.Token);
            var prompt = stderr.Next(other.Token);
            var first = await Task.WhenAny(ready, prompt);
            await other.CancelAsync();
            if (first == ready || ready.IsCompletedSuccessfully)
            {
                await ready;
                return;
            }

            await prompt;
            if (asked > 0)
                throw new BecomeRefusedException(host, "the password was not accepted");
            if (password is null)
                throw new BecomeRefusedException(host, "a password is required");
            await child.Write(Encoding.UTF8.GetBytes(password.Reveal() + "\n"), ct);
        }
    }

    /// <summary>
    /// What the shell is told first: the library, how to frame answers, how to halt, to be watched; and nothing, until there is
    /// somebody to listen, for when a request begins and how long it may take (see the core's Keeper). A shell that a signal ends
    /// runs no EXIT trap, and that is how it learns that the connection is gone: so the signal is made an exit.
    /// </summary>
    static string Hello(string marker) => $$"""
        unset HISTFILE ENV BASH_ENV
        cfg_library={{Shell.Quote(Library.Text)}}
        eval "$cfg_library"
        {{Watch.Text}}
        cfg_halt=
        cfg_beat() { :; }
        cfg_end() { printf '\n%s %s %s\n' {{marker}} "$1" "$2"; printf '\n%s %s\n' {{marker}} "$1" >&2; }
        trap 'cfg_halt=1' USR1
        trap 'exit 1' PIPE
        trap 'kill $cfg_watcher 2>/dev/null' EXIT
        cfg_watcher= cfg_run=
        cfg_watch 1

        """;

    /// <inheritdoc/>
    public async Task<Output> Ask(Request request, CancellationToken ct)
    {
        Pending pending;
        Task sent;
        lock (gate)
        {
            if (ending is not null)
                throw ending;
            pending = new(++sequence, request);
            sent = child.Write(Encoding.UTF8.GetBytes(Frame(pending)), ct);
            queue.Writer.TryWrite(pending);
        }

        try
        {
            await sent;
        }
        catch (IOException)
        {
            // The reader learns why, and tells all who wait.
        }

        return await pending.Answer.Task.WaitAsync(ct);
    }

    static string Frame(Pending pending)
    {
        var request = pending.Request;
        var run = request.Stays
            ? $"eval {Shell.Quote(request.Script)} </dev/null; cfg_code=$?"
            : $"( eval {Shell.Quote(request.Script)} ) </dev/null; cfg_code=$?";
        if (request.Chained)
            run = $"if [ -n \"$cfg_halt\" ]; then cfg_code={Request.Skipped}; else {run}; [ $cfg_code = 0 ] || cfg_halt=1; fi";
        var number = pending.Number.ToString(CultureInfo.InvariantCulture);
        var seconds = ((long)request.Deadline.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return $"{(request.Resets ? "cfg_halt=; " : "")}cfg_beat {number} {seconds}; {run}; cfg_beat {number} 0; cfg_end {number} $cfg_code\n";
    }

    /// <inheritdoc/>
    public Task Halt(CancellationToken ct) => halt(this, ct);

    async Task PumpAnswers()
    {
        await stdout.Pump(closed.Token);
        await lost.CancelAsync();
    }

    async Task ReadAnswers()
    {
        try
        {
            await foreach (var pending in queue.Reader.ReadAllAsync(closed.Token))
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
                deadline.CancelAfter(pending.Request.Deadline);
                try
                {
                    var (body, trailer) = await stdout.Next(deadline.Token);
                    var (error, _) = await stderr.Next(deadline.Token);
                    var words = trailer.Split(' ');
                    if (int.Parse(words[0], CultureInfo.InvariantCulture) != pending.Number)
                        throw new InvalidOperationException($"{host}: answer {words[0]} came for request {pending.Number}");
                    pending.Answer.TrySetResult(new(int.Parse(words[1], CultureInfo.InvariantCulture), body, error));
                }
                catch (OperationCanceledException) when (!closed.IsCancellationRequested)
                {
                    End(new DeadlineException(host, pending.Request.What, pending.Request.Deadline), pending);
                    return;
                }
                catch (EndOfStreamException)
                {
                    End(new ConnectionLostException(host, pending.Request.What, await Ending()), pending);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            End(new ConnectionLostException(host, "nothing any more", "the session was closed"), null);
        }
        finally
        {
            await closed.CancelAsync();
            child.Kill();
            await pumping;
        }
    }

    /// <summary>How the child ended, from what it said last and its exit code.</summary>
    async Task<string> Ending()
    {
        var exit = await child.Exited(LastWords);
        await Task.WhenAny(pumping, Task.Delay(LastWords));
        var said = stderr.Rest.Trim();
        return said.Length > 0 ? said : exit is { } code ? $"its process ended with exit code {code}" : "its output ended";
    }

    void End(CfgException reason, Pending? current)
    {
        lock (gate)
            ending ??= reason;
        queue.Writer.TryComplete();
        current?.Answer.TrySetException(reason);
        while (queue.Reader.TryRead(out var waiting))
            waiting.Answer.TrySetException(reason);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
            ending ??= new ConnectionLostException(host, "nothing any more", "the session was closed");
        queue.Writer.TryComplete();
        child.CloseInput();
        if (facts is not null)
            await child.Exited(TimeSpan.FromSeconds(3));
        await closed.CancelAsync();
        child.Kill();
        await reading;
        await pumping;
        await child.DisposeAsync();
        atEnd();
        closed.Dispose();
        lost.Dispose();
    }

    sealed record Pending(int Number, Request Request)
    {
        public TaskCompletionSource<Output> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
