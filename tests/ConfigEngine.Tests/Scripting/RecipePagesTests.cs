using System.Text;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Scripting;

/// <summary>
/// What the recipes of the house do on hosts that have nothing of it: a page for each, recipes/snapshots/NAME.txt. A block that asks
/// its host first has no page.
/// </summary>
public sealed class RecipePagesTests
{
    public static TheoryData<string> Recipes =>
        [
            .. System
                .IO.Directory.EnumerateFiles(Repository.At("recipes"), "*.csx")
                .Where(path => !path.EndsWith(".test.csx", StringComparison.Ordinal))
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory, MemberData(nameof(Recipes))]
    public void A_recipe_does_what_its_page_says(string name)
    {
        RecipeLoader loader = new(
            new()
            {
                CacheDirectory = null,
                Trusted = [Repository.At("")],
                Secrets = new() { Variable = name => $"a stand-in for {name}", DigestKey = () => new byte[32] },
            }
        );
        var catalog = loader.Load(Repository.At($"recipes/{name}.csx"), CancellationToken.None).Catalog;
        if (catalog.Blocks.All(block => block.Fixed is not null))
            Snapshot.VerifyFile(string.Join('\n', catalog.Blocks.Select(Page)), Repository.At($"recipes/snapshots/{name}.txt"));
    }

    [Fact]
    public void No_page_is_left_from_a_recipe_that_is_gone() =>
        Assert.All(
            System.IO.Directory.EnumerateFiles(Repository.At("recipes/snapshots"), "*.txt"),
            page => Assert.True(System.IO.File.Exists(Repository.At($"recipes/{Path.GetFileNameWithoutExtension(page)}.csx")), page)
        );

    static string Page(RecipeBlock block)
    {
        StringBuilder page = new($"{block.Target.Selector}\n");
        foreach (var resource in block.Fixed ?? [])
        {
            page.Append($"    {resource.Address}\n");
            foreach (var origin in Unknowns.Of(resource))
                page.Append($"        known after apply: the {origin}\n");
            if (Unknowns.Of(resource).Any())
                continue;
            foreach (var operation in resource.Compare(new(null))?.Operations ?? [])
                page.Append($"        {operation.Display.ReplaceLineEndings("\n        ")}\n");
            foreach (var handler in resource.Notifies)
                page.Append($"        then, once: {handler.Name}\n");
        }

        return page.ToString();
    }
}
