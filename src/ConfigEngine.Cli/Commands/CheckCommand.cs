using System.CommandLine;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg check</c>: checks a recipe without any host.</summary>
static class CheckCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new(
            "check",
            "Compile a recipe and check all that needs no host, and plan it on hosts that were recorded beside it. No host is contacted."
        );
        var recipe = Paths.Recipe();
        command.Add(recipe);
        var trust = Named.AddTo(command);
        command.SetAction((parsed, ct) => Check(parsed.GetValue(recipe), new() { Trusted = parsed.GetValue(trust) ?? [] }, terminal, ct));
        return command;
    }

    static async Task<int> Check(string? path, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        var recipe = Recipes.Load(path, choice, terminal, ct);
        recipe.CheckFiles();
        var hosts = Engine.Check(recipe.Catalog, recipe.Inventory);
        var blocks = recipe.Catalog.Blocks;
        var open = blocks.Where(block => block.Fixed is null).ToList();
        var recorded = open.Count == 0 ? null : await RecordedCheck.Of(recipe.Path, choice.Trusted, terminal, ct);
        foreach (var error in recorded?.Errors ?? [])
            terminal.Fail(error.Message);
        foreach (var (host, doubt) in recorded?.Doubts ?? [])
            terminal.Warn($"{host} as it was recorded: {ErrorText.Of(host, doubt)}");
        if (recorded?.Errors.Any() is true)
            return ExitCode.Usage;
        var policies = recipe.Catalog.Policies.Count;
        terminal.Out.WriteLine(
            $"{Printable.Line(recipe.Path)}: OK ({Counts.Of(blocks.Count, "block")}, {Counts.Of(hosts, "host")}"
                + $"{(policies == 0 ? "" : $", {(policies == 1 ? "1 policy" : $"{policies} policies")}")})"
        );
        foreach (var block in open)
            terminal.Out.WriteLine($"  {Printable.Line(block.Name)} {Said(block, recipe.Inventory, recorded)}");
        return ExitCode.Done;
    }

    /// <summary>How far a block was checked whose resources depend on the host.</summary>
    static string Said(RecipeBlock block, Inventory inventory, RecordedCheck? recorded)
    {
        const string Compiled = "was compiled only: its resources depend on the host, and cfg plan checks them";
        var meant = inventory.IsEmpty ? recorded?.Hosts ?? [] : inventory.Select(block.Target.Selector).Select(host => host.Name);
        if (recorded?.Of(meant) is not ({ Count: > 0 } planned, var rest))
            return Compiled;
        return $"was planned for {Listed(planned)} as {(planned.Count == 1 ? "it was" : "they were")} recorded"
            + (rest.Count == 0 ? "" : $", and only compiled for {Listed(rest)}");
    }

    static string Listed(IReadOnlyList<string> hosts)
    {
        const int Most = 5;
        return Printable.Line(Text.List(hosts, Most));
    }
}
