using System.Text;
using System.Threading.Channels;

namespace ConfigEngine.Ssh;

/// <summary>
/// A session over any pipe whose input goes to a POSIX <c>sh</c> on the target. Each request runs as <c>( eval '…' )
/// &lt;/dev/null</c>. A marker that cannot be guessed, on both output streams, ends its answer and has its exit code.
/// </summary>
sealed class ShellSession : ISession
{
    /// <summary>How long a pipe that is about to end may take to print the reason.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long the host may take to confirm a halt.</summary>
    static readonly TimeSpan Halts = TimeSpan.FromSeconds(10);

    readonly SessionStart start;
    readonly string host;
    readonly IShellPipe pipe;
    readonly TimeProvider time;
    readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>();
    readonly CancellationTokenSource closed = new();
    readonly CancellationTokenSource lost = new();
    readonly StreamFrames stdout;
    readonly StreamFrames stderr;
    readonly Task pumping;
    readonly Lazy<Task<LastWords>> lastWords;
    Task reading = Task.CompletedTask;
    readonly Lock gate = new();
    CfgException? ending;
    Facts? facts;
    ShellId? shell;
    int sequence;

    ShellSession(SessionStart start)
    {
        this.start = start;
        (host, pipe, time) = (start.Host, start.Pipe, start.Time);
        stdout = new(pipe.Stdout, start.Marker) { BeforeFirst = StreamFrames.LoginLimit };
        stderr = new(pipe.Stderr, start.Marker) { Limit = StreamFrames.ErrorLimit };
        lastWords = new(Listen);
        Lost = lost.Token;
        pumping = Task.WhenAll(Task.Run(PumpAnswers), Task.Run(() => stderr.Pump(closed.Token)));
    }

    /// <inheritdoc/>
    public Facts Facts => facts ?? throw new InvalidOperationException("the session is not open yet");

    /// <inheritdoc/>
    public CancellationToken Lost { get; }

    /// <summary>Opens a session for a host.</summary>
    /// <exception cref="NotOpenedException">There is no shell, or it does not answer.</exception>
    public static async Task<ISession> OpenOn(Host host, SessionStart start, CancellationToken ct)
    {
        try
        {
            return await Open(start, ct);
        }
        catch (NoShellException none)
        {
            throw new NotOpenedException(host, SshFailure.Of(host, none.Words));
        }
        catch (BecomeRefusedException refused)
        {
            throw new NotOpenedException(host, SshFailure.Of(host, new(refused.Reason)));
        }
    }

    /// <summary>Opens a session on a pipe whose shell is about to read, and reads the facts, in one round trip.</summary>
    /// <param name="start">The inputs.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="NoShellException">There is no shell, or it does not answer.</exception>
    public static Task<ShellSession> Open(SessionStart start, CancellationToken ct) =>
        Open(
            start,
            async (session, first) =>
            {
                var shell = session.Ask(new(Halting.Request, "a shell on the host") { Deadline = start.Deadline }, ct);
                var facts = session.Ask(new(FactScript.Text, "the host's facts") { Deadline = start.Deadline }, ct);
                start.AtOnce?.Invoke(session);
                await first;
                session.shell = Halting.Read(await shell);
                session.facts = Facts.Parse((await facts).Stdout.Span);
            },
            ct
        );

    /// <summary>Opens a second session without facts, for control of the first one.</summary>
    /// <exception cref="NoShellException">There is no shell, or it does not answer.</exception>
    public static Task<ShellSession> OpenBeside(SessionStart start, CancellationToken ct) =>
        Open(start with { Deadline = Halts }, (_, first) => first, ct);

    static async Task<ShellSession> Open(SessionStart start, Func<ShellSession, Task, Task> begin, CancellationToken ct)
    {
        ShellSession session = new(start);
        try
        {
            using TimeLimit limit = new(start.Deadline, start.Time, ct);
            if (start.Password is not null || start.Announces)
                await session.Greet(start.Password, limit.Token);
            var first = session.Hello(ct);
            session.reading = Task.Run(session.ReadAnswers, CancellationToken.None);
            await begin(session, first);
            return session;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // A request that is given up while it is sent kills the shell, and that is no end of its own.
            await session.DisposeAsync();
            throw new OperationCanceledException(ct);
        }
        catch (Exception failed) when (failed is DeadlineException or OperationCanceledException)
        {
            // The error has the output so far; a pipe that still works may bring more.
            session.pipe.Kill();
            var words = await session.lastWords.Value with { Exit = null, Silence = start.Deadline };
            await session.DisposeAsync();
            throw new NoShellException(start.Host, words);
        }
        catch (Exception ended) when (ended is EndOfStreamException or ConnectionLostException)
        {
            var words = await session.lastWords.Value;
            await session.DisposeAsync();
            // A request of AtOnce may be told to stop a moment before the opening is, and takes the shell with it.
            ct.ThrowIfCancellationRequested();
            throw new NoShellException(start.Host, words);
        }
        catch (Exception odd) when (odd is FactsUnreadableException or UnexpectedOutputException)
        {
            await session.DisposeAsync();
            throw new HostUnreachableException(
                start.Host,
                odd.Message,
                "A shell answered, and what it says of itself cannot be understood."
            );
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits for the shell's first message on standard output. Before that, it answers one request for a password on standard
    /// error. A second request means that the first answer was wrong.
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
            await pipe.Write(Encoding.UTF8.GetBytes(password.Reveal() + "\n"), ct);
        }
    }

    /// <summary>
    /// Tells the shell how to answer. Its first answer is empty, and ends the text that a login printed before there was a shell.
    /// </summary>
    Task<Output> Hello(CancellationToken ct)
    {
        Pending first = new(0, new("", "a shell on the host") { Deadline = start.Deadline });
        _ = pipe.Write(Encoding.UTF8.GetBytes(Greeting(start.Marker)), ct);
        queue.Writer.TryWrite(first);
        return first.Answer.Task.WaitAsync(ct);
    }

    /// <summary>
    /// The first input of the shell: the library, the watch, and how to answer, which begins with an empty answer.
    /// </summary>
    static string Greeting(string marker) =>
        $"""
            cfg_marker={marker}
            cfg_library={Shell.Quote(Library.Text)}
            eval "$cfg_library"
            {Watch.Text}
            {Watch.Session}

            """;

    /// <inheritdoc/>
    public async Task<Output> Ask(Request request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Pending pending;
        Task sent;
        lock (gate)
        {
            if (ending is not null)
                throw ending;
            pending = new(++sequence, request);
            sent = pipe.Write(Encoding.UTF8.GetBytes(pending.Frame), closed.Token);
            queue.Writer.TryWrite(pending);
        }

        try
        {
            await sent.WaitAsync(ct);
        }
        catch (Exception ended) when (ended is IOException || (ended is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The reader finds the reason, and passes it to all waiting requests.
        }
        catch (OperationCanceledException) when (!sent.IsCompleted)
        {
            // A part of it may be there, and the shell would read what follows as the rest of it.
            End(new ConnectionLostException(host, request.What, "the request was given up while it was sent"), null);
            pipe.Kill();
            throw;
        }

        return await pending.Answer.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<CfgException?> Halt(CancellationToken ct)
    {
        if (start.Beside is not { } open || shell is null)
            return new NotHaltedException(host, "there is no second way to it");
        try
        {
            await using var beside = await open(ct);
            var answer = await beside.Ask(new(Halting.Of(shell), "the host to halt") { Deadline = Halts }, ct);
            return answer.Exit == 0 ? null : new NotHaltedException(host, Text.Sentence(answer.Error.Trim()));
        }
        catch (NoShellException none)
        {
            return new NotHaltedException(host, none.Words.Reason);
        }
        catch (CfgException failed)
        {
            return new NotHaltedException(host, failed.Message);
        }
        catch (OperationCanceledException)
        {
            return new NotHaltedException(host, "it was given up");
        }
    }

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
                if (await Read(pending) is { } over)
                {
                    End(over, pending);
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
            pipe.Kill();
            await pumping;
        }
    }

    /// <summary>Reads the answer to a request.</summary>
    /// <returns>Why the session has ended; null while it continues.</returns>
    async Task<CfgException?> Read(Pending pending)
    {
        var request = pending.Request;
        using TimeLimit limit = new(request.Deadline, time, closed.Token);
        try
        {
            var answer = await stdout.Next(limit.Token);
            var error = await stderr.Next(limit.Token);
            if (pending.ExitIn(answer.Trailer) is not { } exit)
                return new ConnectionLostException(host, request.What, "the answer does not belong to the question");
            pipe.Answered();
            if (answer.Dropped == 0)
                pending.Answer.TrySetResult(new(exit, answer.Body, error.Body));
            else
                pending.Answer.TrySetException(new AnswerTooLongException(host, request.What, StreamFrames.AnswerLimit));
            return null;
        }
        catch (OperationCanceledException) when (!closed.IsCancellationRequested)
        {
            return new DeadlineException(host, request.What, request.Deadline);
        }
        catch (EndOfStreamException)
        {
            return new ConnectionLostException(host, request.What, (await lastWords.Value).Reason);
        }
    }

    /// <summary>How the pipe ended: its last output, and its exit code.</summary>
    async Task<LastWords> Listen()
    {
        var exit = stdout.IsEndless ? null : await pipe.Exited(Patience);
        await Task.WhenAny(pumping, Task.Delay(Patience, time));
        return new(stderr.Rest.Trim())
        {
            Ssh = pipe.Log,
            Stdout = stdout.Rest.Trim(),
            Exit = exit,
            IsEndless = stdout.IsEndless,
        };
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
        pipe.CloseInput();
        if (facts is not null)
            await pipe.Exited(TimeSpan.FromSeconds(3));
        await closed.CancelAsync();
        pipe.Kill();
        await reading;
        await pumping;
        await pipe.DisposeAsync();
        start.Closed();
        closed.Dispose();
        lost.Dispose();
    }
}
