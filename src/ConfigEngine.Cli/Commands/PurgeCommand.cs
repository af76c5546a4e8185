using System.CommandLine;
using ConfigEngine.Cli.Purging;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg purge</c>: removes what cfg left on hosts.</summary>
static class PurgeCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("purge", "Remove what cfg keeps on hosts: the lock, and the record of what is owed.");
        Argument<string[]> hosts = new("hosts") { Description = "Names, groups, globs [default: all of the inventory]", HelpName = "hosts", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> owed = new("--owed") { Description = "Also where a handler is still owed: it is forgotten" };
        command.Add(hosts);
        Names.Complete(hosts);
        var choice = RunOptions.AddTo(command, Planning.Hosts);
        command.Add(owed);
        command.SetAction((parsed, ct) => PurgeRun.Run(parsed.GetValue(hosts) ?? [], choice.Of(parsed), parsed.GetValue(owed), terminal, ct));
        return command;
    }
}
