using System.CommandLine;
using ConfigEngine.Cli.Comparing;
using ConfigEngine.Cli.Showing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg diff</c>: what a change of the recipes means for the hosts.</summary>
static class DiffCommand
{
    public static Command Make(Terminal terminal, Interrupts interrupts)
    {
        Command command = new(
            "diff",
            "Compare what two git revisions plan, on recorded hosts. Exits with 2 if plans differ, 1 if some could not be compared."
        );
        Argument<string?> revisions = new("revisions")
        {
            Description = "main..HEAD, main...HEAD (HEAD with where it left main), or main (with the working tree) [default: HEAD]",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "revisions",
        };
        Argument<string?> path = new("path")
        {
            Description = "A recipe, or a directory with recipes and recordings [default: here]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> live = new("--live")
        {
            Description = "Plan the hosts themselves instead of recordings, reading only; for one recipe [default: the nearest infra.csx]",
        };
        Option<bool> json = new("--json") { Description = "Print the comparison as JSON (cfg schema diff describes it)" };
        Option<string?> markdown = new("--markdown")
        {
            Description = "Also write it as Markdown, for a comment on a pull request",
            HelpName = "file",
        };
        command.Add(revisions);
        command.Add(path);
        Paths.Complete(path, "*.csx", "*/");
        Paths.Complete(markdown);
        command.Add(live);
        var choice = RunOptions.AddTo(command, Planning.Resources);
        foreach (var option in (Option[])[json, markdown])
            command.Add(option);
        var noPager = ViewOptions.AddToDiff(command);
        command.SetAction(
            async (parsed, ct) =>
            {
                using var comment = NewFile.Of(parsed, markdown);
                var run = choice.Of(parsed, terminal, parsed.GetValue(path));
                var fleet = parsed.GetValue(live) ? Fleet.Live : Fleet.Recorded;
                if (fleet is Fleet.Recorded && run.Everywhere is not null)
                    throw new UsageException(
                        $"{(run.Local ? "--local" : "--host")} needs --live: recordings are of the recipe's own hosts"
                    );
                CompareChoice chosen = new(Revisions.Parse(parsed.GetValue(revisions) ?? "HEAD"), parsed.GetValue(path), run)
                {
                    Fleet = fleet,
                };
                var compared = await new CompareRun(chosen, terminal, interrupts).Run(ct);
                if (parsed.GetValue(json))
                    terminal.PrintJson(ComparisonDocument.Write(compared));
                else
                    await noPager.Print(parsed, terminal, width => ComparisonText.Of(compared, width), ct);
                comment?.Write(ComparisonMarkdown.Write(compared));
                return compared.HasProblems ? ExitCode.Failed
                    : compared.Differs ? ExitCode.Changes
                    : ExitCode.Done;
            }
        );
        return command;
    }
}
