using System.CommandLine;
using ConfigEngine.Cli.History;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg history</c>: what was applied, where, when, and with what result.</summary>
static class HistoryCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("history", "Show the runs made from this machine, newest first, or one run in full. No host is contacted.");
        Argument<string?> run = new("run")
        {
            Description =
                "A run: its id, the beginning of it, \"last\", its place in the list (1 is the newest), "
                + "or its journal's path [default: all]",
            HelpName = "run",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limit = Numbers.Option("--limit", "How many runs [default: 20]");
        Option<string?> host = new("--host")
        {
            Description = "Only runs on this host, or what one run did there; * and ? are wildcards",
            HelpName = "name",
        };
        Option<bool> json = new("--json") { Description = "Print it as JSON" };
        Option<bool> verbose = new("--verbose", "-v") { Description = "Also show operations, whole new files and long lines" };
        command.Add(run);
        run.CompletionSources.Add(_ => HistoryRun.Ids(terminal));
        HostNames.Complete(host);
        foreach (var option in (Option[])[limit, host, json, verbose])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(limit) is { Tokens.Count: > 0 } && result.GetResult(run) is { Tokens.Count: > 0 })
                result.AddError("--limit is for the list of runs, and not for one run");
        });

        command.SetAction(parsed =>
        {
            HistoryRun history = new(
                terminal,
                new(parsed.GetValue(host), parsed.GetValue(json), new() { Verbose = parsed.GetValue(verbose) })
            );
            return parsed.GetValue(run) is { } name ? history.One(name) : history.All(parsed.GetValue(limit) ?? 20);
        });
        return command;
    }
}
