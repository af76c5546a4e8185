using System.CommandLine;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg record</c>: keeps what hosts answer, for plans and tests without them.</summary>
static class RecordCommand
{
    public static Command Make(Terminal terminal, Interrupts interrupts)
    {
        Command command = new(
            "record",
            "Keep what hosts answer to a recipe, for plans and tests without them (plan --recorded, test). Nothing is changed."
        );
        Argument<string[]> hosts = new("hosts")
        {
            Description = "Names, groups, globs of the recipe's inventory; none with --host or --local",
            HelpName = "hosts",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var recipes = Repeated.Option("--for", "recipe", "The recipe whose questions are asked [default: the nearest infra.csx]");
        Option<string> to = new("--output", "-o")
        {
            Description = $"The file, or the directory of HOST.json files [default: {RecordingFolder.Name}, beside the recipe]",
            HelpName = "file|directory",
        };
        Option<string?> state = new("--as")
        {
            Description = "The state that the hosts are in, such as converged: the file is HOST.STATE.json",
            HelpName = "state",
        };
        Option<bool> based = new("--based")
        {
            Description = "With --as: keep only what HOST.json does not say already, and name it as the base",
        };
        Option<bool> refresh = new("--refresh") { Description = "Take new answers where the file has others, and show what moved" };
        command.Add(hosts);
        HostNames.Complete(hosts);
        foreach (var option in (Option[])[recipes, to, state, based, refresh])
            command.Add(option);
        Paths.Complete(recipes);
        Paths.Complete(to);
        var choice = RunOptions.AddTo(command, Planning.Hosts);
        command.SetAction(
            (parsed, ct) =>
            {
                var of = parsed.GetValue(recipes) is { Length: > 0 } named ? named : [Recipes.Nearest() ?? throw NoRecipe()];
                var selectors = parsed.GetValue(hosts) ?? [];
                var run = choice.Of(parsed, terminal, of[0]);
                if (selectors.Length == 0 == (run.Everywhere is null))
                    throw new UsageException("name the hosts to record (all means every host), or use --host or --local");
                if (parsed.GetValue(based) && parsed.GetValue(state) is null)
                    throw new UsageException("--based is for a state: add --as");
                var output = parsed.GetValue(to) ?? Path.Combine(Path.GetDirectoryName(of[0]) ?? "", RecordingFolder.Name);
                return new RecordRun(
                    new(of, output, parsed.GetValue(state), parsed.GetValue(refresh)) { IsBased = parsed.GetValue(based) },
                    run with
                    {
                        On = selectors.Length == 0 ? null : string.Join(',', selectors),
                    },
                    terminal,
                    interrupts
                ).Run(ct);
            }
        );
        return command;
    }

    static UsageException NoRecipe() =>
        new("there is no infra.csx here or above; name the recipe: cfg record web1 --for recipes/site.csx");
}
