using System.CommandLine;
using ConfigEngine.Cli.Running;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg exec</c>: runs one command unchanged on several hosts.</summary>
static class ExecCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new(
            "exec",
            "Run a command on hosts at once: no plan, no lock, no record. Exits with 1 if it fails on any host."
        );
        Argument<string[]> words = new("hosts> <command")
        {
            Description = "The hosts (names, groups, globs, !exclusions; none with --host or --local), then the command for sh",
            HelpName = "hosts> <command",
            Arity = ArgumentArity.OneOrMore,
        };
        var timeout = Durations.Option("--timeout", "Give up on a host after this long [default: 10m]");
        Option<bool> json = new("--json") { Description = "Print exit codes and output as JSON" };
        command.Add(words);
        HostNames.Complete(words);
        var choice = RunOptions.AddTo(command, Planning.Hosts);
        command.Add(timeout);
        command.Add(json);
        command.SetAction(
            (parsed, ct) =>
                ExecRun.Run(
                    parsed.GetRequiredValue(words),
                    choice.Of(parsed, terminal),
                    parsed.GetValue(timeout) ?? TimeSpan.FromMinutes(10),
                    parsed.GetValue(json) ? ExecRun.PrintJson : ExecRun.Print,
                    terminal,
                    ct
                )
        );
        return command;
    }
}
