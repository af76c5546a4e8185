namespace ConfigEngine.Applying;

/// <summary>
/// Starts a latent host when it is first needed, and stops it when the run no longer needs it, if the run started it.
/// </summary>
sealed class LatentHost(HostLink link, Latent latent, Host from, IConnector connector, Action<string> say, TimeProvider time)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    bool started;

    string Name => link.Host.Name;

    /// <summary>A session to the host, which is started if it does not run.</summary>
    /// <exception cref="HostUnreachableException">The host cannot be started, or does not answer in time.</exception>
    public async Task<ISession> Up(CancellationToken ct)
    {
        if (await Answers(ct) is { } already)
            return already;
        say("starting");
        started = true;
        using TimeLimit limit = new(latent.StartTimeout, time, ct);
        var last = "its start did not end";
        try
        {
            var answer = await Run(latent.Start, "its start", latent.StartTimeout, limit.Token);
            if (answer.Exit != 0)
                throw new HostUnreachableException(
                    Name,
                    $"it could not be started: $ {latent.Start.Text}\n  ended with exit code {answer.Exit}{Said(answer)}"
                );
            await using Attempts attempts = new(link);
            for (last = "it is not up"; ; await Task.Delay(Pause, time, limit.Token))
            {
                if (!await IsUp(limit.Token))
                    continue;
                try
                {
                    return await attempts.Next(limit.Token);
                }
                catch (Exception down)
                    when (down is HostUnreachableException { IsAnotherHost: false } or ConnectionLostException or DeadlineException)
                {
                    last = down.Message;
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HostUnreachableException(
                Name,
                $"it was started, and does not answer after {latent.StartTimeout.TotalSeconds:0} s. At last: {last}"
            );
        }
    }

    /// <summary>Stops the host if this run started it.</summary>
    /// <returns>Why that failed; null if it did not.</returns>
    public async Task<CfgException?> Down()
    {
        if (!started)
            return null;
        started = false;
        say("stopping");
        using TimeLimit limit = new(latent.StopTimeout, time, CancellationToken.None);
        try
        {
            var answer = await Run(latent.Stop, "its stop", latent.StopTimeout, limit.Token);
            return answer.Exit == 0
                ? null
                : new LatentStopException(Name, $"$ {latent.Stop.Text}\n  ended with exit code {answer.Exit}{Said(answer)}");
        }
        catch (OperationCanceledException)
        {
            return new LatentStopException(Name, $"$ {latent.Stop.Text}\n  did not end within {latent.StopTimeout.TotalSeconds:0} s");
        }
        catch (CfgException failed)
        {
            return new LatentStopException(Name, failed.Message);
        }
    }

    /// <summary>A session to a host that already runs.</summary>
    async Task<ISession?> Answers(CancellationToken ct)
    {
        if (latent.IsUp is not null)
            return await IsUp(ct) ? await link.Connect(null, ct) : null;
        try
        {
            return await link.Connect(Attempts.Impatient, ct);
        }
        catch (HostUnreachableException down) when (!down.IsAnotherHost)
        {
            return null;
        }
    }

    async Task<bool> IsUp(CancellationToken ct) =>
        latent.IsUp is not { } isUp || (await Run(isUp, "whether it is up", TimeSpan.FromMinutes(1), ct)).Exit == 0;

    async Task<Output> Run(Shell script, string what, TimeSpan deadline, CancellationToken ct)
    {
        await using var session = await connector.Connect(from, null, ct);
        return await session.Ask(new($"( {script.Text}\n) 1>&2", what) { Deadline = deadline }, ct);
    }

    static string Said(Output answer) =>
        answer.Said is { Length: > 0 } said ? $" and said:\n  {said.ReplaceLineEndings("\n  ")}" : ", and said nothing";
}

/// <summary>A latent host could not be stopped. The work on it is done, and it may still run.</summary>
sealed class LatentStopException(string host, string problem)
    : CfgException($"{host}: it could not be stopped, and may run still: {problem}");
