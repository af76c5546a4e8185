using System.CommandLine;
using ConfigEngine.Cli.History;
using ConfigEngine.Cli.Showing;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg show</c>: a saved plan, or a run of the history.</summary>
static class ShowCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("show", "Show a plan that plan --out saved, or a run of the history. No host is contacted.");
        Argument<string> what = new("plan|run")
        {
            Description =
                "The plan's file, or a run: its id, the beginning of it, \"last\", or its place in cfg history (1 is the newest)",
        };
        Option<bool> json = new("--json") { Description = "Print it as JSON" };
        command.Add(what);
        Paths.Complete(what, "*.json");
        what.CompletionSources.Add(_ => HistoryRun.Ids(terminal));
        command.Add(json);
        var view = ViewOptions.AddToShow(command);
        var trust = Named.AddTo(command);
        command.SetAction(
            async (parsed, ct) =>
            {
                var name = parsed.GetRequiredValue(what);
                if (SavedPlan.Read(name, parsed.GetValue(trust) ?? []) is not { } saved)
                {
                    HistoryRun history = new(terminal, new(null, parsed.GetValue(json), view.Of(parsed)));
                    return history.One(name);
                }

                if (parsed.GetValue(json))
                    terminal.PrintJson(PlanJson.Write(saved.Document));
                else
                    await view.Print(
                        parsed,
                        terminal,
                        width => SavedPlanText.Of(saved.Document, view.Of(parsed) with { Width = width }),
                        ct
                    );
                return ExitCode.Done;
            }
        );
        return command;
    }
}
