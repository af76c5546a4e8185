namespace ConfigEngine.Applying;

/// <summary>
/// The way to one host for the time of a run: its session, opened when it is first needed, and opened anew where the old one
/// can no longer be trusted; and the host's power, where it does not run all the time.
/// </summary>
sealed class HostLink : IAsyncDisposable
{
    /// <summary>After how long without a word a session is asked for a sign of life before anything depends on it.</summary>
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
    /// <param name="from">The host where a latent one is started and stopped.</param>
    /// <param name="connector">Opens sessions.</param>
    /// <param name="say">Told what takes its time.</param>
    /// <param name="time">The clock.</param>
    public HostLink(Host host, Host from, IConnector connector, Action<string> say, TimeProvider time)
    {
        (Host, this.connector, this.time) = (host, connector, time);
        latent = host.Latent is { } how ? new(this, how, from, connector, say, time) : null;
    }

    /// <summary>The host.</summary>
    public Host Host { get; }

    /// <summary>Which boot of the host the last session was of; null before the first session, and where the host does not say.</summary>
    public string? BootId { get; private set; }

    /// <summary>A session that is known to be alive.</summary>
    /// <exception cref="HostUnreachableException">There is none to be had.</exception>
    public Task<ISession> Open(CancellationToken ct) => Open(null, ct);

    /// <summary>A session that is known to be alive; where it is opened for this, something is asked at once.</summary>
    /// <param name="atOnce">Asks; see <see cref="ConnectOptions.AtOnce"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HostUnreachableException">There is none to be had.</exception>
    public async Task<ISession> Open(Action<ISession>? atOnce, CancellationToken ct)
    {
        if (left)
            throw new HostUnreachableException(Host.Name, "this run has done with it, and stopped it");
        if (
            session is not null
            && (session.Lost.IsCancellationRequested || (time.GetElapsedTime(used) > Idle && !await IsAlive(session, ct)))
        )
            await Close();
        session ??= latent is null ? await Connect(new() { AtOnce = atOnce }, ct) : await latent.Up(ct);
        Used();
        return session;
    }

    /// <summary>Connects once, beside the session or in its place; whoever asks owns what comes.</summary>
    /// <param name="how">What is special about this time; nothing when null.</param>
    /// <param name="ct">Gives up.</param>
    public Task<ISession> Connect(ConnectOptions? how, CancellationToken ct) => connector.Connect(Host, how, ct);

    /// <summary>Goes on with another session.</summary>
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

    /// <summary>Ends the session for a while, and stops a latent host until it is needed again.</summary>
    /// <returns>Why it could not be stopped; null when it could, or need not be.</returns>
    public async Task<CfgException?> Rest()
    {
        if (latent is null)
        {
            // Nobody waits for a session's end but who ends the run.
            leaving = Task.WhenAll(leaving, Close());
            return null;
        }

        await Close();
        return await latent.Down();
    }

    /// <summary>Ends the session for good, and stops a latent host: it is not connected to any more.</summary>
    /// <returns>Why it could not be stopped; null when it could, or need not be.</returns>
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
