namespace ConfigEngine;

/// <summary>
/// Keeps a host reachable through changes that may cut the way to it. Before them, the host is told to put everything back
/// after a while; afterwards, a new connection by the same way, as the same user, tells it not to. The host alone decides.
/// </summary>
sealed class Lifeline(HostLink link, TimeSpan patience, TimeProvider time)
{
    /// <summary>How long the host may take to put things back, and to answer after that.</summary>
    static readonly TimeSpan Restoring = TimeSpan.FromSeconds(60);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    int number;
    long armed;

    /// <summary>The request that arms it; what is chained behind it is not run when that fails.</summary>
    public Request Arm()
    {
        armed = time.GetTimestamp();
        return new($"{LifelineScript.Text}\ncfg_arm {(long)patience.TotalSeconds} {++number}", "a copy of the way to the host") { Chained = true };
    }

    /// <summary>Reads the answer to that.</summary>
    /// <exception cref="CannotKeepException">No copy could be made; nothing was changed.</exception>
    public static void Armed(string host, Output answer)
    {
        if (answer.Exit != 0)
            throw new CannotKeepException(host, Text.Sentence(answer.Error.Trim()));
    }

    /// <summary>The request that removes the copy; null where none was made.</summary>
    public Request? Drop()
    {
        var made = number > 0;
        number = 0;
        return made ? new("rm -rf -- \"$cfg_kept/lifeline\"", "the copy of the way to the host to be removed") : null;
    }

    /// <summary>The request of a run that came in anew behind one that is gone: what that armed is settled before anything is looked at.</summary>
    public static Request Settle { get; } =
        new($"{Keeper.Places}{LifelineScript.Text}\ncfg_settle", "the host's verdict on the way to it") { Deadline = Restoring * 2 };

    /// <summary>Comes in anew, and asks what was first.</summary>
    /// <exception cref="WayCutException">The way was cut, and the host has put it back; or it did not answer at all.</exception>
    public async Task Confirm(IReadOnlyList<string> changes, CancellationToken ct)
    {
        using TimeLimit limit = new(patience - time.GetElapsedTime(armed) + Restoring, time, ct);
        await using Attempts attempts = new(link);
        var first = "";
        try
        {
            while (true)
            {
                try
                {
                    await using var session = await attempts.Next(limit.Token);
                    var answer = await session.Ask(new($"{Keeper.Places}{LifelineScript.Text}\ncfg_disarm {number}", "the host's verdict on the new way to it") { Deadline = Restoring * 2 }, limit.Token);
                    switch (answer.Text.Trim())
                    {
                        case "confirmed" or "unarmed":
                            return;
                        case "restored":
                            throw new WayCutException(link.Host.Name, changes, first, $"The host has put back what was there before, {patience.TotalSeconds:0} s after the change: it is reachable, and the change is undone.") { IsUndone = true };
                        case var other:
                            throw new WayCutException(link.Host.Name, changes, first, $"The host is reachable again, and cannot tell whether the change is undone ({Text.Excerpt(other)}); the next plan shows it.");
                    }
                }
                catch (Exception cut) when (cut is HostUnreachableException or ConnectionLostException or DeadlineException)
                {
                    first = first.Length == 0 ? cut.Message : first;
                }

                await Task.Delay(Pause, time, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new WayCutException(link.Host.Name, changes, first, $"The host was to put it back after {patience.TotalSeconds:0} s, and does not answer {Restoring.TotalSeconds:0} s later either.");
        }
    }
}

/// <summary>A change cut the way to its host.</summary>
public sealed class WayCutException(string host, IReadOnlyList<string> changes, string cut, string then) : CfgException(
    $"{host}: after {string.Join(", ", changes)}, no new connection could be made"
    + (cut.Length == 0 ? "." : $": {(cut.StartsWith($"{host}: ", StringComparison.Ordinal) ? cut[(host.Length + 2)..] : cut)}")
    + $"\n  {then}")
{
    /// <summary>Whether the host says that it has put back what was there before.</summary>
    public bool IsUndone { get; init; }
}
