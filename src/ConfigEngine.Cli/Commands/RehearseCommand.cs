using System.CommandLine;
using ConfigEngine.Cli.Rehearsing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg rehearse</c>: applies a recipe to throwaway containers, and compares what was planned with what was done.</summary>
static class RehearseCommand
{
    public static Command Make(Terminal terminal, Interrupts interrupts)
    {
        Command command = new(
            "rehearse",
            "Apply a recipe to throwaway containers of the hosts' distributions, and compare what was planned with what was done. No host "
                + "is changed. Exits with 2 if something came out otherwise, 1 if something failed."
        );
        Argument<string?> recipe = new("recipe")
        {
            Description = "The recipe, or a plan that plan --out saved [default: the nearest infra.csx]",
            HelpName = "recipe|plan",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> system = new("--system")
        {
            Description = "The distribution of all hosts: debian:bookworm, ubuntu:noble [default: as recorded, or as each host says]",
            HelpName = "distribution:release",
        };
        var root = Repeated.Option(
            "--root",
            "[host=]directory",
            "A directory with the root file system to begin with, for all hosts or for one; it is only read"
        );
        Option<string?> mirror = new("--mirror") { Description = "Where debootstrap installs distributions from", HelpName = "url" };
        Option<bool> reinstall = new("--reinstall") { Description = "Install the distributions again, with today's packages" };
        Option<bool> offline = new("--offline") { Description = "Let containers reach each other only" };
        var mount = Repeated.Option(
            "--mount",
            "directory[:path]",
            "A directory of this machine that containers can read, and where they see it [default: at the same path]"
        );
        var prepare = Repeated.Option(
            "--prepare",
            "command",
            "A command that is run as root in each container first: what hosts have and the recipe does not say"
        );
        var alias = Repeated.Option("--alias", "host=name", "Another name by which containers find a host");
        Option<bool> realSecrets = new("--real-secrets")
        {
            Description = "Give containers the real secrets [default: stand-ins, of recordings/stand-ins.json or made up]",
        };
        Option<bool> json = new("--json") { Description = "Print the result as JSON (cfg schema rehearsal describes it)" };
        command.Add(recipe);
        Paths.Complete(recipe, "*.csx", "*.json");
        foreach (var option in (Option[])[system, root, mirror, reinstall, offline, mount, prepare, alias, realSecrets])
            command.Add(option);
        foreach (var option in (Option[])[root, mount])
            Paths.Complete(option);
        var choice = RunOptions.AddTo(command, Planning.Resources);
        command.Add(json);
        command.SetAction(
            async (parsed, ct) =>
            {
                var path = parsed.GetValue(recipe);
                var run = choice.Of(parsed, terminal, path);
                var saved = path is null ? null : SavedPlan.Read(path, run.Trusted);
                saved?.CheckBuild();
                saved?.CheckFiles();
                RehearsalChoice chosen = new(saved?.SelectionOf(run) ?? run)
                {
                    Recipe = saved?.Document.Recipe.Path ?? path,
                    Plan = saved,
                    System = parsed.GetValue(system) is { } name ? BaseName.Parse(name) : null,
                    Roots = Directories.Roots(parsed.GetValue(root) ?? []),
                    Mirror = parsed.GetValue(mirror),
                    Installing = parsed.GetValue(reinstall) ? Installing.Again : Installing.Once,
                    Outside = parsed.GetValue(offline) ? Outside.Closed : Outside.Open,
                    Prepare = parsed.GetValue(prepare) ?? [],
                    Aliases = [.. (parsed.GetValue(alias) ?? []).Select(Alias)],
                    Secrets = parsed.GetValue(realSecrets) ? SecretValues.Real : SecretValues.StandIns,
                    Mounts = Directories.Mounts(parsed.GetValue(mount) ?? []),
                };
                var rehearsal = await new RehearsalRun(chosen, terminal, interrupts).Run(ct);
                if (parsed.GetValue(json))
                    terminal.PrintJson(RehearsalDocument.Write(rehearsal, terminal.Redaction));
                else
                    terminal.Print(width => RehearsalText.Of(rehearsal, width));
                return rehearsal.Failed ? ExitCode.Failed
                    : rehearsal.IsAsPlanned ? ExitCode.Done
                    : ExitCode.Changes;
            }
        );
        return command;
    }

    static (string Host, string Name) Alias(string text) =>
        text.Split('=') is [{ Length: > 0 } host, { Length: > 0 } name]
            ? (host, name)
            : throw new UsageException($"--alias {text}: write a host and its name, for example web1=www.example.com");
}
