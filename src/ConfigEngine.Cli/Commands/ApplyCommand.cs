using System.CommandLine;
using ConfigEngine.Cli.Applying;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg apply</c>: plans, shows the plan, asks, and makes exactly those changes.</summary>
static class ApplyCommand
{
    public static Command Make(Terminal terminal, Interrupts interrupts)
    {
        Command command = new("apply", "Plan, show the plan, ask, make just those changes, and verify them.");
        Argument<string?> recipe = new("recipe")
        {
            Description = "The recipe, or a plan that plan --out saved [default: the nearest infra.csx]",
            HelpName = "recipe|plan",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask" };
        Option<bool> json = new("--json") { Description = "Print what happens as lines of JSON; needs --yes or a saved plan" };
        Option<bool> verbose = new("--verbose", "-v") { Description = "Show operations, whole new files and long lines as well" };
        var drainTimeout = Durations.Option(
            "--drain-timeout",
            "When told to stop, wait for what has begun no longer than this [default: until it is done]"
        );
        var waitForLock = Durations.Option(
            "--wait-lock",
            "Wait this long for a host that somebody else is changing [default: not at all]"
        );
        command.Add(recipe);
        Paths.Complete(recipe, "*.csx", "*.json");
        var choice = RunOptions.AddTo(command, Planning.Resources);
        foreach (var option in (Option[])[drainTimeout, waitForLock, yes, json, verbose])
            command.Add(option);

        command.SetAction(
            async (parsed, ct) =>
            {
                var path = parsed.GetValue(recipe);
                var hosts = choice.Of(parsed, terminal, path) with { WaitForLock = parsed.GetValue(waitForLock) };
                ApplyRun run = new(
                    terminal,
                    interrupts,
                    new(
                        parsed.GetValue(yes),
                        parsed.GetValue(json),
                        parsed.GetValue(verbose),
                        parsed.GetValue(drainTimeout),
                        [.. parsed.Tokens.Select(token => token.Value)]
                    )
                );
                return path is not null && SavedPlan.Read(path, hosts.Trusted) is { } saved
                    ? await run.Saved(saved, hosts, ct)
                    : await run.Fresh(path, hosts, ct);
            }
        );
        return command;
    }
}
