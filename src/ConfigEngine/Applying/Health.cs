namespace ConfigEngine.Applying;

/// <summary>Whether a host is well after a block, by a check of the user's own.</summary>
static class Health
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Asks until it is.</summary>
    /// <exception cref="UnhealthyException">It is not, and the time is over.</exception>
    public static async Task Wait(HostLink link, Rollout rollout, TimeProvider time, CancellationToken ct)
    {
        if (rollout.HealthCheck is not { } check)
            return;
        var began = time.GetTimestamp();
        while (true)
        {
            var left = rollout.HealthTimeout - time.GetElapsedTime(began);
            var session = await link.Open(ct);
            var answer = await session.Ask(
                new($"( {check.Text}\n) 1>&2", $"its health check: {check.Text}") { Deadline = left > Pause ? left : Pause },
                ct
            );
            link.Used();
            if (answer.Exit == 0)
                return;
            if (time.GetElapsedTime(began) + Pause >= rollout.HealthTimeout)
                throw new UnhealthyException(link.Host.Name, check, rollout.HealthTimeout, answer);
            await Task.Delay(Pause, time, ct);
        }
    }
}

/// <summary>Everything was done, and the host is not well.</summary>
sealed class UnhealthyException(string host, Shell check, TimeSpan waited, Output last)
    : CfgException(
        $"{host}: its health check failed for {waited.TotalSeconds:0} s:\n  $ {check.Text.ReplaceLineEndings("\n  ")}\n"
            + (
                last.Said is { Length: > 0 } said
                    ? $"It ended with exit code {last.Exit} and said:\n  {said.ReplaceLineEndings("\n  ")}"
                    : $"It ended with exit code {last.Exit}, and said nothing."
            )
    );
