using System.Globalization;

namespace ConfigEngine.Applying;

/// <summary>
/// Waits for a host that was told to reboot. The reboot is complete when there is a new connection, a well-formed boot id that is
/// not the old one, and a system that is up and stays up. An error, silence or an empty answer never counts as that.
/// </summary>
sealed class RebootGate(HostLink link, RebootOptions options, Lifeline lifeline, TimeProvider time)
{
    /// <summary>
    /// The script that tells whether the system is up: it exits with 0 when it is; otherwise it prints what the system is doing.
    /// </summary>
    static string IsUp { get; } = Script.Embedded("up.sh");

    string last = "it was not reached yet";

    /// <param name="before">The boot id before the reboot.</param>
    /// <param name="address">The resource or handler that reboots.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>A session with the rebooted host.</returns>
    /// <exception cref="RebootException">The reboot cannot be proven, because there is no old boot id to compare with; or the host
    /// did not come back in time, or another machine answered.</exception>
    /// <exception cref="WayCutException">It came back, and has restored what was to take effect from this boot on.</exception>
    public async Task<ISession> Pass(string? before, string address, CancellationToken ct)
    {
        if (!IsWellFormed(before))
            throw new RebootException(
                link.Host.Name,
                "its boot id cannot be read (/proc/sys/kernel/random/boot_id), so nothing could prove that it rebooted"
            );
        var allowed = options.Delay + options.Timeout + lifeline.AfterReboot;
        using TimeLimit limit = new(allowed, time, ct);
        await using Attempts attempts = new(link);
        try
        {
            await Task.Delay(options.Delay, time, limit.Token);
            while (true)
            {
                ISession? session = null;
                try
                {
                    session = await attempts.Next(limit.Token);
                    if (
                        IsAnother(session.Facts.BootId, before)
                        && await lifeline.IsProven(session, address, limit.Token)
                        && await IsReady(session, limit.Token)
                    )
                        return session;
                }
                catch (HostUnreachableException other) when (other.IsAnotherHost)
                {
                    throw new RebootException(link.Host.Name, $"what answers after the reboot is not the same host: {other.Message}");
                }
                catch (Exception down) when (down is HostUnreachableException or ConnectionLostException or DeadlineException)
                {
                    last = down.Message;
                }
                catch
                {
                    await Dispose(session);
                    throw;
                }

                await Dispose(session);
                await Task.Delay(options.Poll, time, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RebootException(
                link.Host.Name,
                $"it was told to reboot, and was not back after {allowed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s. "
                    + $"At last: {last}"
            );
        }
    }

    bool IsAnother(string? now, string? before)
    {
        last = IsWellFormed(now)
            ? "it answers, and is still up from before (the boot id is the old one)"
            : "it answers, but its boot id cannot be read, so nothing shows that it rebooted";
        return IsWellFormed(now) && now != before;
    }

    static bool IsWellFormed(string? id) => Guid.TryParseExact(id, "D", out _);

    /// <summary>Whether it is up, has been up for long enough, and is healthy.</summary>
    async Task<bool> IsReady(ISession session, CancellationToken ct)
    {
        long? up = null;
        while (true)
        {
            if (await Doing(session, ct) is { } doing)
            {
                last = $"it answers, and is {doing}";
                up = null;
            }
            else if (options.HealthCheck is { } check && await Unhealthy(session, check, ct) is { } ill)
            {
                last = $"it is up, and its health check fails: {ill}";
            }
            else if (time.GetElapsedTime(up ??= time.GetTimestamp()) >= options.Stable)
            {
                return true;
            }

            await Task.Delay(options.Poll, time, ct);
        }
    }

    /// <summary>What the system is doing until it is up; null when it is.</summary>
    public static async Task<string?> Doing(ISession session, CancellationToken ct) =>
        await session.Ask(new(IsUp, "the system to be up"), ct) is { Exit: not 0 } answer ? answer.Text : null;

    static async Task<string?> Unhealthy(ISession session, Shell check, CancellationToken ct)
    {
        var answer = await session.Ask(new($"( {check.Text}\n) 1>&2", "its health check"), ct);
        return answer.Exit == 0 ? null
            : answer.Error.Trim() is { Length: > 0 } said ? Text.Sentence(said)
            : $"exit code {answer.Exit}";
    }

    static async Task Dispose(ISession? session)
    {
        if (session is not null)
            await session.DisposeAsync();
    }
}

/// <summary>A host did not come back properly from its reboot.</summary>
sealed class RebootException(string host, string problem) : CfgException($"{host}: {problem}");
