using System.CommandLine;
using System.CommandLine.Completions;

namespace ConfigEngine.Cli;

/// <summary>Completes the names of hosts and groups, from the inventory of the current directory.</summary>
static class HostNames
{
    public static void Complete(Argument argument) => argument.CompletionSources.Add(Known);

    public static void Complete(Option option) => option.CompletionSources.Add(Known);

    static IEnumerable<CompletionItem> Known(CompletionContext context)
    {
        try
        {
            var inventory = Recipes.Inventory(null, [], default);
            return
            [
                .. inventory
                    .Hosts.Select(host => host.Name)
                    .Concat(inventory.Groups.Select(group => group.Name))
                    .Append(Inventory.All)
                    .Select(name => new CompletionItem(name)),
            ];
        }
        catch (CfgException)
        {
            // cfg check reports an inventory that does not compile, not the Tab key.
            return [];
        }
    }
}
