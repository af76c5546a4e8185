using System.CommandLine;
using ConfigEngine.Cli.Applying;
using ConfigEngine.Cli.Showing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg apply</c>: plans, shows the plan, asks, and makes exactly those changes.</summary>
static class ApplyCommand
{
    public static Command Make(Terminal terminal, Interrupts interrupts)
    {
        Command command = new("apply", "Plan, confirm, apply exactly that plan, and verify.");
        Argument<string?> recipe = new("recipe")
        {
            Description = "The recipe, or a plan that plan --out saved [default: the nearest infra.csx]",
            HelpName = "recipe|plan",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> yes = new("--yes", "-y") { Description = "Apply without asking" };
        Option<bool> json = new("--json") { Description = "Print events as lines of JSON; needs --yes or a saved plan" };
        var drainTimeout = Durations.Option(
            "--drain-timeout",
            "On Ctrl-C or SIGTERM, wait at most this long for running steps [default: until they end]"
        );
        var waitForLock = Durations.Option(
            "--wait-lock",
            "Wait at most this long for a host that another run is changing [default: not at all]"
        );
        command.Add(recipe);
        Paths.Complete(recipe, "*.csx", "*.json");
        var choice = RunOptions.AddTo(command, Planning.Resources);
        foreach (var option in (Option[])[drainTimeout, waitForLock, yes, json])
            command.Add(option);
        var view = ViewOptions.AddToApply(command);

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
                        view.Of(parsed),
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
