using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>The choices for an apply on the command line.</summary>
/// <param name="Yes">Whether to apply without a question.</param>
/// <param name="Json">Whether to print events as JSON.</param>
/// <param name="View">How much of the plan is shown.</param>
/// <param name="DrainTimeout">How long running steps may take after the run is told to stop; no limit when null.</param>
/// <param name="Arguments">The command line, for the journal; it never contains passwords.</param>
sealed record ApplyChoice(bool Yes, bool Json, PlanTextOptions View, TimeSpan? DrainTimeout, IReadOnlyList<string> Arguments);

/// <summary>One apply, from the plan to the results.</summary>
sealed class ApplyRun(Terminal terminal, Interrupts interrupts, ApplyChoice choice)
{
    /// <summary>Plans a recipe, asks, and applies.</summary>
    public async Task<int> Fresh(string? path, RunChoice hosts, CancellationToken ct)
    {
        if (choice is { Json: true, Yes: false })
            throw new UsageException("apply --json asks no question: add --yes, or apply a plan that was saved with plan --out");
        await using var work = await RecipeRun.Load(path, hosts, Then.Apply, terminal, ct);
        var commit = RecipeCommit.Of(work.Recipe.Path, terminal, ct);
        var plan = await work.Plan(terminal, interrupts, ct);
        Show(plan);
        if (!plan.HasWork)
            return await Nothing(work, plan, commit);
        if (!choice.Yes && !await Agrees(plan, ct))
        {
            terminal.Say("Nothing was changed.");
            return ExitCode.Done;
        }

        return await Apply(work, plan, commit, ct);
    }

    /// <summary>Applies a saved plan, if the recipe and the hosts have not changed since.</summary>
    public async Task<int> Saved(SavedPlan saved, RunChoice hosts, CancellationToken ct)
    {
        var same = saved.SelectionOf(hosts);
        saved.CheckBuild();
        saved.CheckFiles();
        await using var work = await RecipeRun.Load(saved.Document.Recipe.Path, same, Then.Apply, terminal, ct);
        var commit = RecipeCommit.Of(work.Recipe.Path, terminal, ct);
        var plan = await work.Plan(terminal, interrupts, ct);
        var now = work.Document(plan);
        saved.CheckRecipe(now);
        if (saved.Differences(now) is { Count: > 0 } differences)
        {
            terminal.Fail($"{saved.Path} is out of date; nothing was changed.");
            terminal.Say(string.Join('\n', differences.Select(line => $"  {line}")));
            terminal.Say($"Plan again and review what it needs now: cfg plan {saved.Document.Recipe.Path} --out {saved.Path}");
            return ExitCode.Failed;
        }

        Show(plan);
        return plan.HasWork ? await Apply(work, plan, commit, ct) : await Nothing(work, plan, commit);
    }

    /// <summary>A run that has nothing to do. It is not in the history; with --json it has its first and its last line.</summary>
    async Task<int> Nothing(RecipeRun work, Plan plan, Task<string?> commit)
    {
        var code = plan.HasErrors ? ExitCode.Failed : ExitCode.Done;
        if (!choice.Json)
            return code;
        var now = terminal.Time.GetUtcNow();
        string[] lines =
        [
            EventJson.Line(JournalLines.Started(work, plan, await commit, choice, terminal.Time)),
            .. plan.Hosts.Select(host =>
                EventJson.Line(host.Error is { } error ? new HostFailed(host.Host, error) : new HostDone(host.Host), now)
            ),
            EventJson.Line(
                JournalLines.Ended(plan.HasErrors ? "failed" : "done", code, [], terminal.Time) with
                {
                    Totals = new(plan.Hosts.Count, 0, 0, 0, plan.Hosts.Count(host => host.Error is not null)),
                }
            ),
        ];
        terminal.PrintJson(terminal.Clean(string.Concat(lines.Select(line => line + "\n"))));
        return code;
    }

    void Show(Plan plan)
    {
        if (!choice.Json)
            terminal.Print(width => PlanText.Render(plan, choice.View with { Width = width, Ago = Ago.Until(terminal.Time) }));
        terminal.Out.Flush();
    }

    async Task<bool> Agrees(Plan plan, CancellationToken ct)
    {
        if (!terminal.InIsTerminal)
            throw new UsageException("not applied: there is no terminal to confirm on. Use --yes to skip the confirmation.");
        var but = plan.HasErrors ? " on the hosts that could be planned" : "";
        terminal.Error.Write($"\nApply these changes{but}? [y/N] ");
        var answer = await Task.Run(terminal.In.ReadLine, ct).WaitAsync(ct);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    async Task<int> Apply(RecipeRun work, Plan plan, Task<string?> commit, CancellationToken ct) =>
        await new PlanRun(
            work,
            plan,
            JournalLines.Started(work, plan, await commit, choice, terminal.Time),
            choice,
            terminal,
            interrupts
        ).Run(ct);
}
