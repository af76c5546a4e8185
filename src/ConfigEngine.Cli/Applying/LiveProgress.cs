using ConfigEngine.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

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
    readonly Task showing;
    string said = "";
    int done, failed, changes;

    public LiveProgress(Terminal terminal, int hosts)
    {
        (time, this.hosts) = (terminal.Time, hosts);
        console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(terminal.Error),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = terminal.AllowsColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
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
                case Replanned:
                    active[happened.Host] = ("looking again", time.GetTimestamp());
                    break;
                case HostDone or HostFailed:
                    active.Remove(happened.Host);
                    (done, failed) = happened is HostDone ? (done + 1, failed) : (done, failed + 1);
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

    async Task Show() => await console.Live(Rows()).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        while (!over.IsCancellationRequested)
        {
            live.UpdateTarget(Rows());
            await Task.Delay(Pace, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    Rows Rows()
    {
        lock (gate)
        {
            var room = Math.Max(3, console.Profile.Height - 4);
            var column = active.Keys.Select(Cells.Of).DefaultIfEmpty().Max();
            List<IRenderable> rows = [.. active.Take(room).Select(host => Row(
                $"{Cells.Pad(Printable.Line(host.Key), column)}  {Counts.Of(time.GetElapsedTime(host.Value.Since)),7}  {Printable.Line(host.Value.What)}"))];
            if (active.Count > room)
                rows.Add(Row($"… and {active.Count - room} more"));
            rows.Add(Row($"{done} of {Counts.Of(hosts, "host")} done{(failed > 0 ? $", {failed} failed" : "")}, {Counts.Of(changes, "change")} made", Color.Grey));
            if (said.Length > 0)
                rows.Add(new Text(said, new(Color.Yellow)));
            return new(rows);
        }
    }

    Text Row(string text, Color? color = null) => new(Cells.Fit(text, console.Profile.Width - 1), new(color));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await showing;
        over.Dispose();
    }
}
