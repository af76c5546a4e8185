using System.Collections.Concurrent;
using ConfigEngine.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;
using Text = Spectre.Console.Text;

namespace ConfigEngine.Cli.Applying;

/// <summary>Progress on a terminal: a line for each host that is being worked on, and one for all the others.</summary>
sealed class LiveProgress : IApplyProgress
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    readonly CancellationTokenSource over = new();
    readonly Lock gate = new();
    readonly Dictionary<string, (string What, long Since)> active = [];
    readonly TimeProvider time;
    readonly int hosts;
    readonly IAnsiConsole console;
    readonly Terminal terminal;
    readonly ConcurrentQueue<IReadOnlyList<Line>> printed = [];
    readonly Task showing;
    string said = "";
    int done,
        failed,
        changes;

    public LiveProgress(Terminal terminal, int hosts)
    {
        (time, this.hosts, this.terminal) = (terminal.Time, hosts, terminal);
        console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(terminal.Error),
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                ColorSystem = terminal.AllowsColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            }
        );
        console.Profile.Width = terminal.Width ?? 80;
        // Spectre draws its first frame one line higher than where the cursor is: let that be a line of its own.
        terminal.Error.WriteLine();
        showing = Show();
    }

    public void Tell(ApplyEvent happened)
    {
        lock (gate)
        {
            switch (happened)
            {
                case ChangeStarted started:
                    active[happened.Host] = (started.Address, time.GetTimestamp());
                    break;
                case ChangeDone or HandlerDone:
                    changes++;
                    break;
                case RebootStarted:
                    active[happened.Host] = ("rebooting", time.GetTimestamp());
                    break;
                case Reconnecting:
                    active[happened.Host] = ("connecting again", time.GetTimestamp());
                    break;
                case Replanned or RebootDone or Reconnected:
                    active[happened.Host] = ("looking again", time.GetTimestamp());
                    break;
                case HostDone or HostFailed or HostStopped or HostNotStarted:
                    active.Remove(happened.Host);
                    (done, failed) =
                        happened is HostDone ? (done + 1, failed)
                        : happened is HostFailed ? (done, failed + 1)
                        : (done, failed);
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

    public void Print(IReadOnlyList<Line> lines) => printed.Enqueue(lines);

    async Task Show() =>
        await console
            .Live(Rows())
            .AutoClear(true)
            .Overflow(VerticalOverflow.Crop)
            .StartAsync(async live =>
            {
                while (!over.IsCancellationRequested)
                {
                    // What stays goes above what is drawn over; both are written from here alone.
                    while (printed.TryDequeue(out var lines))
                        console.Write(new Rows(lines.Select(Whole)));
                    live.UpdateTarget(Rows());
                    await Task.Delay(Pace, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            });

    Rows Rows()
    {
        lock (gate)
        {
            var room = Math.Max(3, console.Profile.Height - 4);
            var column = active.Keys.Select(Cells.Of).DefaultIfEmpty().Max();
            List<IRenderable> rows =
            [
                .. active
                    .Take(room)
                    .Select(host =>
                        Row(
                            $"{Cells.Pad(Printable.Line(host.Key), column)}  {Counts.Of(time.GetElapsedTime(host.Value.Since)), 7}  "
                                + $"{Printable.Line(host.Value.What)}"
                        )
                    ),
            ];
            if (active.Count > room)
                rows.Add(Row($"… and {active.Count - room} more"));
            rows.Add(
                Row(
                    $"{done} of {Counts.Of(hosts, "host")} done{(failed > 0 ? $", {failed} failed" : "")}, "
                        + $"{Counts.Of(changes, "change")} made",
                    Color.Grey
                )
            );
            if (said.Length > 0)
                rows.Add(new Text(said, new(Color.Yellow)));
            return new(rows);
        }
    }

    Text Row(string text, Color? color = null) => new(Cells.Fit(text, console.Profile.Width - 1), new(color));

    /// <summary>A line over the whole width: what was drawn there before is still there.</summary>
    Paragraph Whole(Line line)
    {
        Paragraph styled = new();
        foreach (var span in line.Spans)
        {
            styled.Append(
                span.Text,
                span.Ink switch
                {
                    Ink.Bold => new(decoration: Decoration.Bold),
                    Ink.Dim => new(Color.Grey),
                    Ink.Error => new(Color.Red, decoration: Decoration.Bold),
                    Ink.Warning => new(Color.Yellow, decoration: Decoration.Bold),
                    _ => Style.Plain,
                }
            );
        }

        return styled.Append(new string(' ', Math.Max(0, console.Profile.Width - 1 - line.Width)));
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await showing;
        while (printed.TryDequeue(out var lines))
            terminal.Say(lines);
        over.Dispose();
    }
}
