using System.CommandLine;
using ConfigEngine.Cli.Showing;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg graph</c>: a recipe's blocks, their hosts and their order, for a program that draws graphs.</summary>
static class GraphCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new("graph", "Print a recipe's blocks, their hosts and their order as a graph. No host is contacted.");
        var recipe = Paths.Recipe();
        Option<string> format = new("--format")
        {
            Description = "dot (Graphviz: cfg graph | dot -Tsvg) or mermaid (Markdown)",
            HelpName = "dot|mermaid",
            DefaultValueFactory = _ => "dot",
        };
        format.AcceptOnlyFromAmong("dot", "mermaid");
        command.Add(recipe);
        command.Add(format);
        var trust = Named.AddTo(command);
        command.SetAction(
            (parsed, ct) =>
            {
                var loaded = Recipes.Load(parsed.GetValue(recipe), new() { Trusted = parsed.GetValue(trust) ?? [] }, terminal, ct);
                var graph = BlockGraph.Of(loaded.Catalog, loaded.Inventory);
                terminal.Out.Write(parsed.GetValue(format) is "mermaid" ? graph.Mermaid() : graph.Dot());
                return Task.FromResult(ExitCode.Done);
            }
        );
        return command;
    }
}
