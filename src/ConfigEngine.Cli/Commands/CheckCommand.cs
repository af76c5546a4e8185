using System.CommandLine;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg check</c>: checks a recipe without any host.</summary>
static class CheckCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("check", "Compile a recipe and check all that needs no host. No host is contacted.");
        var recipe = Paths.Recipe();
        command.Add(recipe);
        var trust = Named.AddTo(command);
        command.SetAction(
            (parsed, ct) => Task.FromResult(Check(parsed.GetValue(recipe), new() { Trusted = parsed.GetValue(trust) ?? [] }, terminal, ct))
        );
        return command;
    }

    static int Check(string? path, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        var recipe = Recipes.Load(path, choice, terminal, ct);
        recipe.CheckFiles();
        var hosts = Engine.Check(recipe.Catalog, recipe.Inventory);
        var blocks = recipe.Catalog.Blocks;
        var policies = recipe.Catalog.Policies.Count;
        terminal.Out.WriteLine(
            $"{Printable.Line(recipe.Path)}: OK ({Counts.Of(blocks.Count, "block")}, {Counts.Of(hosts, "host")}"
                + $"{(policies == 0 ? "" : $", {(policies == 1 ? "1 policy" : $"{policies} policies")}")})"
        );
        foreach (var block in blocks.Where(block => block.Fixed is null))
            terminal.Out.WriteLine($"  {block.Name} was compiled only: its resources depend on the host, and cfg plan checks them");
        return ExitCode.Done;
    }
}
