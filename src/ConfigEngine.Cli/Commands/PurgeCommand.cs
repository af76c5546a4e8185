using System.CommandLine;
using System.CommandLine.Parsing;
using ConfigEngine.Cli.Purging;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg purge</c>: removes what cfg left on hosts.</summary>
static class PurgeCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("purge", "Remove what cfg keeps on hosts: the lock, and the record of pending handlers.");
        Argument<string[]> hosts = new("hosts")
        {
            Description = "Names, groups, globs [default: all of the inventory]",
            HelpName = "hosts",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> owed = new("--owed")
        {
            Description = "Forget this pending handler, and leave all else; without a name: also discard every pending handler",
            HelpName = "name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(hosts);
        HostNames.Complete(hosts);
        var choice = RunOptions.AddTo(command, Planning.Hosts);
        command.Add(owed);
        command.SetAction(
            (parsed, ct) =>
                PurgeRun.Run(
                    parsed.GetValue(hosts) ?? [],
                    choice.Of(parsed, terminal),
                    OwedOf(parsed.GetResult(owed), parsed.GetValue(owed)),
                    terminal,
                    ct
                )
        );
        return command;
    }

    static PurgeOwed OwedOf(OptionResult? given, string? name) =>
        given is null ? PurgeOwed.Keep
        : name is null ? PurgeOwed.All
        : PurgeOwed.One(name);
}
