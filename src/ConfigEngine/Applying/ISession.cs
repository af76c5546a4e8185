namespace ConfigEngine.Applying;

/// <summary>
/// An open shell on one host: the one seam between the engine and the world. Requests are sent in the order in which they
/// are made and may be made before earlier ones are answered.
/// </summary>
public interface ISession : IAsyncDisposable
{
    /// <summary>What the host said about itself when the session was opened.</summary>
    Facts Facts { get; }

    /// <summary>Cancelled when the connection is lost, or closed: nothing is answered any more.</summary>
    CancellationToken Lost { get; }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="ConnectionLostException">The session ended first.</exception>
    /// <exception cref="DeadlineException">The answer did not come in time; the session is closed.</exception>
    /// <exception cref="AnswerTooLongException">It printed more than any answer is long; the session goes on.</exception>
    Task<Output> Ask(Request request, CancellationToken ct);

    /// <summary>
    /// Keeps what was sent and has not begun from beginning: requests that are <see cref="Request.Chained"/> are skipped
    /// from now on. What is running goes on.
    /// </summary>
    /// <returns>Null when the host has said that it will; otherwise why that is not known.</returns>
    Task<CfgException?> Halt(CancellationToken ct);
}

/// <summary>Opens sessions.</summary>
public interface IConnector
{
    /// <summary>Opens a session and learns the host's facts.</summary>
    /// <param name="host">The host.</param>
    /// <param name="how">What is special about this time; nothing when null.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HostUnreachableException">It cannot be opened; nothing happened on the host.</exception>
    Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct);
}

/// <summary>How one session is opened.</summary>
public sealed record ConnectOptions
{
    /// <summary>
    /// How long the network may take for one single attempt; as configured, with a few more when the host turns one away, when
    /// null.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Given the session before its facts are known, to ask at once what does not depend on them: it is answered right behind them. For
    /// every attempt anew. Nothing is asked early when null.
    /// </summary>
    public Action<ISession>? AtOnce { get; init; }
}

/// <summary>Something to run on a host.</summary>
/// <param name="Script">The script, for a subshell of the session's shell: its variables and its exit end with it.</param>
/// <param name="What">What it is for, in words that fit behind "while waiting for".</param>
public sealed record Request(string Script, string What)
{
    /// <summary>The exit code of a chained request that was not run because an earlier one failed.</summary>
    public const int Skipped = 96;

    /// <summary>How long it may take, counted from when the one before it was answered.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When it fails, the chained ones behind it are not run; nor is it, when one before it failed.</summary>
    public bool Chained { get; init; }

    /// <summary>Begins a new chain: what failed before no longer counts.</summary>
    public bool Resets { get; init; }

    /// <summary>Runs in the session's shell itself, so that the variables and functions it sets stay.</summary>
    public bool Stays { get; init; }
}

/// <summary>A host did not answer in time.</summary>
sealed class DeadlineException(string host, string during, TimeSpan deadline)
    : CfgException(
        $"{host}: waited {deadline.TotalSeconds:0.#} s for {during}, and no answer came. What was under way may or may not have "
            + $"happened; the next plan looks again."
    )
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A host printed more than can be an answer.</summary>
sealed class AnswerTooLongException(string host, string during, long limit)
    : CfgException(
        $"{host}: {during}: the answer is longer than {limit / (1024 * 1024)} MiB, which no answer is; nothing of it was kept."
    );
