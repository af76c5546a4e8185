namespace ConfigEngine.Applying;

/// <summary>
/// The link to one host during a run: its session, which is opened when it is first needed, and opened again when the old one can
/// no longer be trusted; and starting and stopping, for a host that does not always run.
/// </summary>
sealed class HostLink : IAsyncDisposable
{
    /// <summary>After this time without an answer, a session is tested before it is used again.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly IConnector connector;
    readonly TimeProvider time;
    readonly LatentHost? latent;
    ISession? session;
    long used;
    bool left;
    Task leaving = Task.CompletedTask;

    /// <param name="host">The host.</param>
    /// <param name="from">The host from which a latent host is started and stopped.</param>
    /// <param name="connector">Opens sessions.</param>
    /// <param name="say">Called with messages about slow steps.</param>
    /// <param name="time">The clock.</param>
    public HostLink(Host host, Host from, IConnector connector, Action<string> say, TimeProvider time)
    {
        (Host, this.connector, this.time) = (host, connector, time);
        latent = host.Latent is { } how && connector is not IStandIns ? new(this, how, from, connector, say, time) : null;
    }

    /// <summary>The host.</summary>
    public Host Host { get; }

    /// <summary>The boot id from the last session; null before the first session, and where the host does not give one.</summary>
    public string? BootId { get; private set; }

    /// <summary>A session that is known to be alive.</summary>
    /// <exception cref="HostUnreachableException">No session can be opened.</exception>
    public Task<ISession> Open(CancellationToken ct) => Open(null, ct);

    /// <summary>A session that is known to be alive. If it has to be opened, the first requests are sent while it opens.</summary>
    /// <param name="atOnce">Sends the first requests; see <see cref="ConnectOptions.AtOnce"/>.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="HostUnreachableException">No session can be opened.</exception>
    public async Task<ISession> Open(Action<ISession>? atOnce, CancellationToken ct)
    {
        if (left)
            throw new HostUnreachableException(Host.Name, "this run is done with it, and stopped it");
        if (
            session is not null
            && (session.Lost.IsCancellationRequested || (time.GetElapsedTime(used) > Idle && !await IsAlive(session, ct)))
        )
            await Close();
        session ??= latent is null ? await Connect(new() { AtOnce = atOnce }, ct) : await latent.Up(ct);
        Used();
        return session;
    }

    /// <summary>Connects once, beside the current session or instead of it. The caller owns the new session.</summary>
    /// <param name="how">Options for this connection; none when null.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<ISession> Connect(ConnectOptions? how, CancellationToken ct) => connector.Connect(Host, how, ct);

    /// <summary>Continues with another session.</summary>
    public async Task Take(ISession other)
    {
        await Close();
        session = other;
        Used();
    }

    /// <summary>Notes that the session has just answered.</summary>
    public void Used()
    {
        used = time.GetTimestamp();
        BootId = session?.Facts.BootId ?? BootId;
    }

    /// <summary>Ends the session.</summary>
    public async Task Close()
    {
        if (Interlocked.Exchange(ref session, null) is { } open)
            await open.DisposeAsync();
    }

    /// <summary>Ends the session for now, and stops a latent host until it is needed again.</summary>
    /// <returns>Why it could not be stopped; null if it could, or need not be stopped.</returns>
    public async Task<CfgException?> Rest()
    {
        if (latent is null)
        {
            // Only the end of the run waits for the session to end.
            leaving = Task.WhenAll(leaving, Close());
            return null;
        }

        await Close();
        return await latent.Down();
    }

    /// <summary>Ends the session for good, and stops a latent host. The host is not connected to again.</summary>
    /// <returns>Why it could not be stopped; null if it could, or need not be stopped.</returns>
    public async Task<CfgException?> Leave()
    {
        left = latent is not null;
        return await Rest();
    }

    static async Task<bool> IsAlive(ISession session, CancellationToken ct)
    {
        try
        {
            return (await session.Ask(new(":", "a sign of life") { Deadline = Patience }, ct)).Exit == 0;
        }
        catch (Exception dead) when (dead is ConnectionLostException or DeadlineException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Leave();
        await leaving;
    }
}
