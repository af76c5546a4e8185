namespace ConfigEngine.Cli.Showing;

/// <summary>Blocks, the hosts of each, and the blocks that each waits for, as text for programs that draw graphs.</summary>
sealed record BlockGraph(
    IReadOnlyList<(int Number, string Name)> Blocks,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<(int Block, string Host)> Has,
    IReadOnlyList<(int Before, int After)> Order
)
{
    /// <summary>The graph of a recipe.</summary>
    public static BlockGraph Of(Catalog catalog, Inventory inventory)
    {
        var has = catalog
            .Blocks.SelectMany(block => inventory.Select(block.Target.Selector).Select(host => (block.Number, host.Name)))
            .ToList();
        return new(
            [.. catalog.Blocks.Select(block => (block.Number, block.Name))],
            [.. inventory.Hosts.Select(host => host.Name).Where(name => has.Exists(one => one.Name == name))],
            has,
            [.. catalog.Blocks.SelectMany(block => block.After.Select(before => (before.Number, block.Number)))]
        );
    }

    /// <summary>In the language of Graphviz: an arrow is an order, a line connects a block with its host.</summary>
    public string Dot() =>
        Text(
            "digraph recipe {",
            "  rankdir=LR;",
            Blocks.Select(block => $"  b{block.Number} [shape=box label={Quoted(block.Name)}];"),
            Hosts.Select((host, i) => $"  h{i} [shape=ellipse label={Quoted(host)}];"),
            Has.Select(one => $"  b{one.Block} -> h{IndexOf(one.Host)} [dir=none style=dashed];"),
            Order.Select(one => $"  b{one.Before} -> b{one.After};"),
            "}"
        );

    /// <summary>In the language of Mermaid.</summary>
    public string Mermaid() =>
        Text(
            "flowchart LR",
            "",
            Blocks.Select(block => $"  b{block.Number}[{Entities(block.Name)}]"),
            Hosts.Select((host, i) => $"  h{i}([{Entities(host)}])"),
            Has.Select(one => $"  b{one.Block} -.- h{IndexOf(one.Host)}"),
            Order.Select(one => $"  b{one.Before} --> b{one.After}"),
            ""
        );

    int IndexOf(string host) => Hosts.ToList().IndexOf(host);

    static string Text(
        string first,
        string second,
        IEnumerable<string> blocks,
        IEnumerable<string> hosts,
        IEnumerable<string> has,
        IEnumerable<string> order,
        string last
    ) =>
        string.Concat(
            new[] { first, second }
                .Concat(blocks)
                .Concat(hosts)
                .Concat(has)
                .Concat(order)
                .Append(last)
                .Where(line => line.Length > 0)
                .Select(line => $"{line}\n")
        );

    static string Quoted(string text) =>
        $"\"{Printable.Line(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Entities(string text) =>
        $"\"{Printable.Line(text).Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)}\"";
}
