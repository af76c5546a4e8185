namespace ConfigEngine.Applying;

/// <summary>Whether a host is healthy after a block, by the user's own check.</summary>
static class Health
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Repeats the check until it succeeds.</summary>
    /// <exception cref="UnhealthyException">The check did not succeed in time.</exception>
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

/// <summary>Everything was done, but the host is not healthy.</summary>
sealed class UnhealthyException(string host, Shell check, TimeSpan waited, Output last)
    : CfgException(
        $"{host}: its health check failed for {waited.TotalSeconds:0} s:\n  $ {check.Text.ReplaceLineEndings("\n  ")}\n"
            + (
                last.Said is { Length: > 0 } said
                    ? $"It ended with exit code {last.Exit} and printed:\n  {said.ReplaceLineEndings("\n  ")}"
                    : $"It ended with exit code {last.Exit} and printed nothing."
            )
    );
