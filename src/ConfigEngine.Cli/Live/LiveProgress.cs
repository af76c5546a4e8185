using ConfigEngine.Cli.Applying;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Live;

/// <summary>Progress on a terminal: a line for each active host, in the order of the plan, and a bar for all of them.</summary>
sealed class LiveProgress : IApplyProgress
{
    const int BarWidth = 20;
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    readonly CancellationTokenSource over = new();
    readonly Lock gate = new();
    readonly SortedDictionary<int, (string Host, string What, long Since)> active = [];
    readonly Dictionary<string, int> order;
    readonly int all;
    readonly Terminal terminal;
    readonly LiveRegion region;
    readonly long began;
    readonly Task showing;
    string said = "";
    int changes,
        done,
        failed;

    /// <summary>Begins to show it.</summary>
    public LiveProgress(Terminal terminal, Plan plan)
    {
        (this.terminal, region, began) = (terminal, new(terminal), terminal.Time.GetTimestamp());
        order = plan.Hosts.Select((host, i) => (host.Host, i)).ToDictionary(host => host.Host, host => host.i);
        all = plan.Hosts.Sum(host => host.Changes.Count() + host.Rechecks.Count() + host.Handlers.Count());
        showing = Show();
    }

    public void Tell(ApplyEvent happened)
    {
        lock (gate)
        {
            switch (happened)
            {
                case ChangeStarted { Address: { } address }:
                    Begin(happened.Host, address);
                    break;
                case ChangeDone or HandlerDone or AlreadyConverged:
                    changes++;
                    break;
                case RebootStarted:
                    Begin(happened.Host, "rebooting");
                    break;
                case Reconnecting:
                    Begin(happened.Host, "connecting again");
                    break;
                case Replanned or RebootDone or Reconnected:
                    Begin(happened.Host, "looking again");
                    break;
                case HostDone or HostFailed or HostStopped or HostNotStarted:
                    active.Remove(order[happened.Host]);
                    done += happened is HostDone ? 1 : 0;
                    failed += happened is HostFailed ? 1 : 0;
                    break;
                default:
                    break;
            }
        }
    }

    public void Say(string text)
    {
        lock (gate)
            said = text;
    }

    public void Print(IReadOnlyList<OutputLine> lines) => region.Print(lines);

    /// <summary>Draws the current progress.</summary>
    internal void Draw() => region.Draw(Rows());

    void Begin(string host, string what) => active[order[host]] = (host, what, terminal.Time.GetTimestamp());

    async Task Show()
    {
        while (!over.IsCancellationRequested)
        {
            Draw();
            await Task.Delay(Pace, terminal.Time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    IReadOnlyList<OutputLine> Rows()
    {
        lock (gate)
        {
            var room = Math.Max(3, terminal.CurrentHeight - 4);
            var column = active.Values.Select(host => Cells.Of(Printable.Line(host.Host))).DefaultIfEmpty().Max();
            return
            [
                OutputLine.Empty,
                .. active
                    .Values.Take(room)
                    .Select(host => new OutputLine(
                        $"{Cells.Pad(Printable.Line(host.Host), column)}  {Counts.Of(terminal.Time.GetElapsedTime(host.Since)), 7}  "
                            + Printable.Line(host.What)
                    )),
                .. active.Count > room ? (OutputLine[])[new($"… and {active.Count - room} more")] : [],
                Bar(),
                .. said.Length > 0 ? (OutputLine[])[new(new Span(Printable.Line(said), Ink.Warning))] : [],
            ];
        }
    }

    OutputLine Bar()
    {
        // The rest of a plan may be planned again during the run, so there may be more changes than before.
        var filled = all == 0 ? 0 : Math.Min(BarWidth, BarWidth * changes / all);
        return new(
            new Span(new('━', filled), Ink.Added),
            new Span(new('─', BarWidth - filled), Ink.Dim),
            $" {changes} of {Counts.Of(Math.Max(all, changes), "change")}, {done} of {Counts.Of(order.Count, "host")} done"
                + $"{(failed > 0 ? $", {failed} failed" : "")}, {Counts.Of(terminal.Time.GetElapsedTime(began))}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await showing;
        region.Clear();
        over.Dispose();
    }
}
