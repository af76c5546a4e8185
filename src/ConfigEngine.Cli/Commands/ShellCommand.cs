using System.CommandLine;
using ConfigEngine.Cli.Running;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg shell</c>: a shell on a host, reached in the same way as for plans.</summary>
static class ShellCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new(
            "shell",
            "Open a shell on a host: ssh with the settings of the inventory and of cfg, as the user that changes are made as."
        );
        Argument<string?> host = new("host")
        {
            Description = "A host of the inventory; left out with --host and --local",
            HelpName = "host",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> print = new("--print") { Description = "Print the command line, and run nothing" };
        command.Add(host);
        Names.Complete(host);
        var choice = RunOptions.AddTo(command, Planning.Hosts);
        command.Add(print);
        command.SetAction(
            (parsed, ct) =>
                parsed.GetValue(print)
                    ? ShellRun.Print(parsed.GetValue(host), choice.Of(parsed, terminal), terminal, ct)
                    : ShellRun.Open(parsed.GetValue(host), choice.Of(parsed, terminal), terminal, ct)
        );
        return command;
    }
}
