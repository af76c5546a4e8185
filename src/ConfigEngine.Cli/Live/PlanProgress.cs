using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Live;

/// <summary>
/// The progress of planning: one line on a terminal, which is removed afterwards, and nothing on any other output.
/// </summary>
sealed class PlanProgress : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    readonly CancellationTokenSource over = new();
    readonly Lock gate = new();
    readonly Terminal terminal;
    readonly LiveRegion region;
    readonly List<string> waiting;
    readonly int all;
    Task showing = Task.CompletedTask;

    PlanProgress(Terminal terminal, IReadOnlyList<string> hosts)
    {
        (this.terminal, region) = (terminal, new(terminal));
        waiting = [.. hosts];
        all = hosts.Count;
    }

    /// <summary>Begins to show it.</summary>
    public static PlanProgress Start(Terminal terminal, IReadOnlyList<string> hosts)
    {
        PlanProgress progress = new(terminal, hosts);
        if (terminal.IsLive)
            progress.showing = progress.Show();
        return progress;
    }

    /// <summary>A host has been planned.</summary>
    public void Done(HostPlan host)
    {
        lock (gate)
            waiting.Remove(host.Host);
    }

    /// <summary>Prints lines meanwhile, which stay.</summary>
    public void Print(IReadOnlyList<OutputLine> lines) => region.Print(lines);

    async Task Show()
    {
        const string Wheel = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
        var began = terminal.Time.GetTimestamp();
        try
        {
            await Task.Delay(Patience, terminal.Time, over.Token);
            for (var turn = 0; ; turn++)
            {
                region.Draw([new($"{Wheel[turn % Wheel.Length]} {Text(terminal.Time.GetElapsedTime(began))}")]);
                await Task.Delay(Pace, terminal.Time, over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            region.Clear();
        }
    }

    string Text(TimeSpan elapsed)
    {
        lock (gate)
        {
            var done = all - waiting.Count;
            var missing = waiting.Count is 0
                ? ""
                : $", waiting for {string.Join(", ", waiting.Take(5).Select(Printable.Line))}{(waiting.Count > 5 ? " …" : "")}";
            return $"looking: {done} of {all} {(all == 1 ? "host" : "hosts")}, {elapsed.TotalSeconds:0} s{missing}";
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await showing;
        over.Dispose();
    }
}
