using System.CommandLine;
using ConfigEngine.Cli.Inspecting;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg facts</c>: the facts of hosts.</summary>
static class FactsCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("facts", "Show the facts of hosts. Nothing is changed.");
        Argument<string[]> hosts = new("hosts")
        {
            Description = "Names, groups, globs [default: all of the inventory]",
            HelpName = "hosts",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> json = new("--json") { Description = "Print all facts as JSON" };
        command.Add(hosts);
        HostNames.Complete(hosts);
        var choice = RunOptions.AddTo(command, Planning.Hosts);
        command.Add(json);
        command.SetAction(
            (parsed, ct) =>
                FactsRun.Run(
                    parsed.GetValue(hosts) ?? [],
                    choice.Of(parsed, terminal),
                    parsed.GetValue(json) ? FactsRun.PrintJson : FactsRun.Print,
                    terminal,
                    ct
                )
        );
        return command;
    }
}
