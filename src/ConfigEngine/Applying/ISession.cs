namespace ConfigEngine.Applying;

/// <summary>
/// An open shell on one host: the only interface between the engine and the world. Requests are sent in the order in which they are
/// made, and may be sent before earlier ones are answered.
/// </summary>
public interface ISession : IAsyncDisposable
{
    /// <summary>The facts that the host gave when the session was opened.</summary>
    Facts Facts { get; }

    /// <summary>Cancelled when the connection is lost or closed; no more answers come.</summary>
    CancellationToken Lost { get; }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="ConnectionLostException">The session ended first.</exception>
    /// <exception cref="DeadlineException">The answer did not come in time; the session is closed.</exception>
    /// <exception cref="AnswerTooLongException">The answer exceeds the limit; the session continues.</exception>
    Task<Output> Ask(Request request, CancellationToken ct);

    /// <summary>
    /// Prevents requests that were sent from beginning: <see cref="Request.Chained"/> requests are skipped from now on. A running
    /// request continues.
    /// </summary>
    /// <returns>Null if the host has confirmed it; otherwise why that is not known.</returns>
    Task<CfgException?> Halt(CancellationToken ct);
}

/// <summary>Opens sessions.</summary>
public interface IConnector
{
    /// <summary>Opens a session and learns the host's facts.</summary>
    /// <param name="host">The host.</param>
    /// <param name="how">Options for this connection; none when null.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="HostUnreachableException">The session cannot be opened; nothing was done on the host.</exception>
    Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct);
}

/// <summary>How one session is opened.</summary>
public sealed record ConnectOptions
{
    /// <summary>
    /// How long the network may take for a single attempt. When null: the configured time, with a few more attempts if the host
    /// refuses one.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Called with the session before its facts are known, to send requests that do not depend on the facts. Their answers come
    /// right after the facts. It is called again for every attempt. No early requests when null.
    /// </summary>
    public Action<ISession>? AtOnce { get; init; }
}

/// <summary>A script to run on a host.</summary>
/// <param name="Script">The script. It runs in a subshell of the session's shell, so its variables and its exit end with
/// it.</param>
/// <param name="What">Its purpose, in words that fit after "while waiting for".</param>
public sealed record Request(string Script, string What)
{
    /// <summary>The exit code of a chained request that was not run because an earlier one failed.</summary>
    public const int Skipped = 96;

    /// <summary>How long it may take, counted from the answer to the request before it.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether it is part of a chain: when it fails, later chained requests are not run, and it is not run if an earlier one
    /// failed.
    /// </summary>
    public bool Chained { get; init; }

    /// <summary>Whether it begins a new chain, for which earlier failures do not count.</summary>
    public bool Resets { get; init; }

    /// <summary>Whether it runs in the session's shell itself, so that the variables and functions it sets stay.</summary>
    public bool Stays { get; init; }
}

/// <summary>A host did not answer in time.</summary>
sealed class DeadlineException(string host, string during, TimeSpan deadline)
    : CfgException($"{host}: waited {deadline.TotalSeconds:0.#} s for {during}, and no answer came. {Doubt.Sentence}")
{
    /// <summary>The host's name in the inventory.</summary>
    public string Host { get; } = host;
}

/// <summary>A host's answer is longer than any valid answer.</summary>
sealed class AnswerTooLongException(string host, string during, long limit)
    : CfgException(
        $"{host}: {during}: the answer is longer than {limit / (1024 * 1024)} MiB, which no answer is; nothing of it was kept."
    );
