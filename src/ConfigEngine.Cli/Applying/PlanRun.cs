using ConfigEngine.Cli.Live;
using ConfigEngine.Cli.Watching;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>Applies a confirmed plan: shows it, journals it, and ends it when it is told to.</summary>
sealed class PlanRun(RecipeRun work, Plan plan, RunStartedDocument started, ApplyChoice choice, Terminal terminal, Interrupts interrupts)
{
    /// <summary>Applies the plan and prints the results.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        using var journal = Journal.Begin(work.Id, EventJson.Line(started), terminal);
        if (choice.Json)
            Print(EventJson.Line(started));
        foreach (var host in plan.Hosts)
            journal.Write(JournalLines.Planned(host, terminal.Time));
        using var stop = work.Begin(plan.Hosts.Select(host => host.Host), terminal, ct);
        Report report;
        try
        {
            report = await Apply(journal, stop);
        }
        catch
        {
            End(journal, JournalLines.Ended("broken off", ExitCode.Failed, work.Whereabouts.Look(), terminal.Time));
            throw;
        }

        var (outcome, code) = Result(report, stop.Reason);
        foreach (var host in report.Hosts)
            journal.Write(JournalLines.HostEnded(host, terminal.Time));
        End(journal, JournalLines.Ended(outcome, code, stop.Where, terminal.Time) with { Totals = TotalsDocument.Of(report) });
        if (stop.Reason is { } reason)
            Stopped(reason, stop.Where);
        if (!choice.Json)
            terminal.Print(width => [OutputLine.Empty, .. Results.Of(report, width)]);
        terminal.Out.Flush();
        Next(report);
        Name(journal);
        return work.Engine.Unheard is { } deaf ? Unheard(deaf, code) : code;
    }

    void End(Journal journal, RunEndedDocument ended)
    {
        journal.Write(EventJson.Line(ended));
        if (choice.Json)
            Print(EventJson.Line(ended));
    }

    void Print(string line) => terminal.PrintJson(terminal.Clean(line) + "\n");

    /// <summary>The changes are made, but the printed output is incomplete, because it could not be written.</summary>
    int Unheard(Exception deaf, int code)
    {
        terminal.Warn($"not all of the progress could be shown: {deaf.Message} The journal has it.");
        return code is ExitCode.Done ? ExitCode.Failed : code;
    }

    async Task<Report> Apply(Journal journal, RunStop stop)
    {
        await using var progress = Progress();
        interrupts.WhenAsked(() => progress.Print(work.Where(terminal)));
        interrupts.DrainFirst(() =>
            progress.Say(
                $"Stopping: each host ends the step that runs now"
                    + $"{(choice.DrainTimeout is { } limit ? $" (at most {Durations.Text(limit)})" : "")}, "
                    + $"and nothing new is started. Ctrl-C again stops at once."
            )
        );
        using var draining = interrupts.Drain.Register(() =>
        {
            if (choice.DrainTimeout is { } limit)
                stop.After(limit, StopReason.DrainTimeout(limit));
        });
        return await work.Engine.Apply(plan, Happened, interrupts.Drain, stop.Token);

        void Happened(ApplyEvent happened)
        {
            journal.Write(EventJson.Line(JournalLines.Short(happened), terminal.Time.GetUtcNow()));
            work.Whereabouts.Tell(happened);
            progress.Tell(happened);
        }
    }

    IApplyProgress Progress() =>
        choice.Json ? new JsonProgress(terminal)
        : terminal.IsLive ? new LiveProgress(terminal, plan)
        : new LineProgress(terminal);

    (string Outcome, int ExitCode) Result(Report report, StopReason? reason) =>
        report switch
        {
            { Succeeded: true } => ("done", ExitCode.Done),
            _ when reason is not null => (reason.Outcome, reason.ExitCode),
            _ when interrupts.Drain.IsCancellationRequested
                    && report.Hosts.All(host => host.Error is null && host.In(ChangeState.InDoubt).Count == 0) => (
                "stopped",
                ExitCode.Stopped
            ),
            _ => ("failed", ExitCode.Failed),
        };

    void Stopped(StopReason reason, IReadOnlyList<Whereabout> where)
    {
        terminal.Fail($"{reason.Sentence} Where each host was:");
        terminal.Say(WhereText.Of(where, terminal.Time, terminal.Width));
    }

    void Next(Report report)
    {
        var open = report.Hosts.Where(host => !host.Succeeded).Select(host => host.Host).ToList();
        if (open.Count > 0)
            terminal.Say($"To resume: cfg {string.Join(' ', Again(open).Select(word => HostShell.Shell.Quote(word)))}");
    }

    void Name(Journal journal)
    {
        if (journal.Path is { } path)
            terminal.Say($"Journal: {path} (cfg history {History.RunFiles.IdOf(path)})", Ink.Dim);
    }

    IEnumerable<string> Again(List<string> open) =>
        [
            "apply",
            work.Recipe.Path,
            .. (work.Choice.Everywhere is null && open.Count <= 20 ? work.Choice with { On = string.Join(',', open) } : work.Choice).Words,
        ];
}
