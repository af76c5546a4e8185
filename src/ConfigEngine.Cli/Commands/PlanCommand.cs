using System.CommandLine;
using ConfigEngine.Cli.Showing;
using ConfigEngine.Rendering;

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
        command.Add(recipe);
        Paths.Complete(file);
        var choice = RunOptions.AddTo(command, Planning.Resources);
        foreach (var option in (Option[])[file, exitCode, json])
            command.Add(option);
        var view = ViewOptions.AddTo(command);

        command.SetAction(
            async (parsed, ct) =>
            {
                var script = parsed.GetValue(recipe);
                using var saving = parsed.GetValue(file) is { } path ? NewFile.Prepare(path) : null;
                await using var work = await RecipeRun.Load(script, choice.Of(parsed, terminal, script), Then.Nothing, terminal, ct);
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
                if (saving is not null)
                    Save(saving, work, plan, terminal);
                return plan.HasErrors ? ExitCode.Failed
                    : parsed.GetValue(exitCode) && !plan.IsEmpty ? ExitCode.Changes
                    : ExitCode.Done;
            }
        );
        return command;
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
