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
            "Open a shell on a host: ssh with the settings of the inventory and of cfg, as the user who makes changes there."
        );
        Argument<string?> host = new("host")
        {
            Description = "A host of the inventory; none with --host or --local",
            HelpName = "host",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> print = new("--print") { Description = "Print the command line instead of running it" };
        command.Add(host);
        HostNames.Complete(host);
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
