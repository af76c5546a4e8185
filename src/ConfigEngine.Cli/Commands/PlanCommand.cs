using System.CommandLine;
using ConfigEngine.Cli.Reports;
using ConfigEngine.Cli.Showing;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg plan</c>: shows what would change on every host, without changing anything.</summary>
static class PlanCommand
{
    public static Command Make(Terminal terminal, Interrupts interrupts)
    {
        Command command = new("plan", "Show what would change, attribute by attribute. Nothing is changed.");
        var recipe = Paths.Recipe();
        Option<string?> file = new("--out")
        {
            Description = "Also save the plan; cfg apply <file> applies exactly that, or refuses",
            HelpName = "file",
        };
        Option<bool> exitCode = new("--exit-code") { Description = "Exit with 2 if there are changes, 0 if there are none" };
        Option<bool> json = new("--json") { Description = "Print the plan as JSON (cfg schema plan describes it)" };
        Option<string?> html = new("--html") { Description = "Also write the plan as one HTML file, for a browser", HelpName = "file" };
        Option<string?> markdown = new("--markdown")
        {
            Description = "Also write the plan as Markdown, for a comment on a pull request",
            HelpName = "file",
        };
        Option<string?> recorded = new("--recorded")
        {
            Description = "Plan from the recordings in this directory, without any host (cfg record makes them)",
            HelpName = "directory",
        };
        Option<string?> state = new("--state")
        {
            Description =
                "With --recorded: the hosts in another state: a recorded one (cfg record --as), or else predicted: "
                + $"{PredictedState.Names}",
            HelpName = "state",
        };
        command.Add(recipe);
        Paths.Complete(recorded);
        foreach (var path in (Option[])[file, html, markdown])
            Paths.Complete(path);
        var choice = RunOptions.AddTo(command, Planning.Resources);
        foreach (var option in (Option[])[recorded, state, file, exitCode, json, html, markdown])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(file) is not null && result.GetResult(recorded) is not null)
                result.AddError(
                    "--out and --recorded cannot be used together: a plan from recordings is of no host, and cannot be applied"
                );
            if (result.GetResult(state) is not null && result.GetResult(recorded) is null)
                result.AddError("--state needs --recorded");
        });
        var view = ViewOptions.AddTo(command);
        Option<bool> debug = new(RecipeDebugging.Option) { Description = "Wait for a debugger before the recipe runs" };
        command.Add(debug);

        command.SetAction(
            async (parsed, ct) =>
            {
                var script = parsed.GetValue(recipe);
                using var saving = NewFile.Of(parsed, file);
                using var page = NewFile.Of(parsed, html);
                using var comment = NewFile.Of(parsed, markdown);
                await using var work = await RecipeRun.Load(
                    script,
                    choice.Of(parsed, terminal, script) with
                    {
                        DebugRecipe = parsed.GetValue(debug),
                        Recorded = parsed.GetValue(recorded),
                        RecordedState = parsed.GetValue(state) is RecordingFolder.Fresh ? null : parsed.GetValue(state),
                    },
                    Then.Nothing,
                    terminal,
                    ct
                );
                var plan = await work.Plan(terminal, interrupts, ct);
                if (parsed.GetValue(json))
                    terminal.PrintJson(PlanJson.Write(work.Document(plan)));
                else
                    await view.Print(
                        parsed,
                        terminal,
                        width => PlanText.Render(plan, view.Of(parsed) with { Width = width, Ago = Ago.Until(terminal.Time) }),
                        ct
                    );
                Report(page, terminal, () => PlanHtml.Write(ReportOf(view.Of(parsed))));
                Report(comment, terminal, () => PlanMarkdown.Write(ReportOf, view.Of(parsed)));
                if (saving is not null)
                    Save(saving, work, plan, terminal);
                return plan.HasErrors ? ExitCode.Failed
                    : parsed.GetValue(exitCode) && !plan.IsEmpty ? ExitCode.Changes
                    : ExitCode.Done;

                PlanReport ReportOf(PlanTextOptions options) => PlanReport.Of(plan, work.Recipe.Path, terminal.Redaction, options);
            }
        );
        return command;
    }

    static void Report(NewFile? file, Terminal terminal, Func<string> text)
    {
        if (file is null)
            return;
        file.Write(text());
        terminal.Say($"Written to {file.Path}.", Ink.Dim);
    }

    static void Save(NewFile file, RecipeRun work, Plan plan, Terminal terminal)
    {
        terminal.Out.Flush();
        if (plan.HasErrors)
        {
            terminal.Warn($"{file.Path} was not written: a plan with hosts that could not be planned cannot be applied.");
            return;
        }

        file.Write(PlanJson.Write(work.Document(plan)));
        terminal.Say($"Saved to {file.Path}. To apply exactly this plan: cfg apply {file.Path}", Ink.Dim);
    }
}
