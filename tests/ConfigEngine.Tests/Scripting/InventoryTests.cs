namespace ConfigEngine.Tests.Scripting;

public sealed class InventoryTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_nearest_infra_says_who_there_is()
    {
        folder["infra.csx"] = "Hosts(new Host(\"far\"));";
        folder["a/infra.csx"] = "Group(\"web\", new Host(\"near\"));\nOn(\"all\", new Package(\"ignored\"));";
        folder["a/b/c/site.csx"] = "On(\"web\", new Package(\"a\"));";
        var recipe = folder.Load("a/b/c/site.csx");
        Assert.Equal(["near"], Names(recipe.Inventory));
        Assert.Equal(["package a"], RecipeFolder.Resources(recipe).Select(resource => resource.Address));
        Assert.Equal(["a/b/c/site.csx", "a/infra.csx"], recipe.Files.Select(folder.Shown));
    }

    [Fact]
    public void A_recipes_own_hosts_come_before_any_infra()
    {
        folder["infra.csx"] = "this is not even C#";
        Assert.Equal(["own"], Names(folder.Run("Hosts(new Host(\"own\"));").Inventory));
    }

    [Fact]
    public void Without_infra_there_is_nobody() => Assert.True(folder.Run("On(\"web\");").Inventory.IsEmpty);

    [Fact]
    public void An_infra_is_a_recipe_too()
    {
        folder["infra.csx"] = "On(new Host(\"a\"), new Package(\"b\"));";
        var recipe = folder.Load("infra.csx");
        Assert.Equal(["a"], Names(recipe.Inventory));
        Assert.Equal(["infra.csx"], recipe.Files.Select(folder.Shown));
    }

    [Fact]
    public void An_infra_without_hosts_takes_those_of_the_one_above()
    {
        folder["infra.csx"] = "Hosts(new Host(\"above\"));";
        folder["db/infra.csx"] = "On(\"above\", new Package(\"b\"));";
        Assert.Equal(["above"], Names(folder.Load("db/infra.csx").Inventory));
    }

    [Fact]
    public void An_error_in_infra_has_its_place()
    {
        folder["infra.csx"] = "Hosts(\n  new Hots(\"a\"));";
        Assert.StartsWith("infra.csx(2,7): CS0246", folder.ErrorOf("On(\"web\");"));
    }

    [Fact]
    public void The_digest_covers_the_infra()
    {
        folder["infra.csx"] = "Hosts(new Host(\"a\"));";
        var before = folder.Run("On(\"a\");").Digest;
        folder["infra.csx"] = "Hosts(new Host(\"b\"));";
        Assert.NotEqual(before, folder.Load().Digest);
    }

    [Fact]
    public void A_recipe_can_be_loaded_without_any_inventory()
    {
        folder["infra.csx"] = "this is not even C#";
        folder["site.csx"] = "On(\"web\", new Package(\"a\"));";
        Assert.True(folder.Loader.LoadAlone(folder["site.csx"], CancellationToken.None).Inventory.IsEmpty);
    }

    [Fact]
    public void The_inventory_of_a_directory_is_that_of_the_nearest_infra()
    {
        folder["infra.csx"] = "Hosts(new Host(\"a\"));";
        folder["deep/site.csx"] = "";
        Assert.Equal(["a"], Names(folder.Loader.LoadInventory(folder["deep"], CancellationToken.None).Inventory));
        Assert.Equal(["a"], Names(folder.Loader.LoadInventory(folder["infra.csx"], CancellationToken.None).Inventory));
        Assert.Equal(["a"], Names(folder.Loader.LoadInventory(folder["deep/site.csx"], CancellationToken.None).Inventory));
    }

    [Fact]
    public void A_directory_without_infra_is_an_error_that_says_what_to_write()
    {
        var error = Assert.Throws<RecipeException>(() => folder.Loader.LoadInventory(folder.Root, CancellationToken.None));
        Assert.Contains("there is no infra.csx in", error.Message, StringComparison.Ordinal);
        Assert.Contains("hint: declare the hosts: Hosts(", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_infra_that_anyone_could_have_put_above_is_refused()
    {
        folder["shared/infra.csx"] = "Hosts(new Host(\"trap\"));";
        folder["shared/mine/site.csx"] = "";
        System.IO.File.SetUnixFileMode(folder["shared"], (UnixFileMode)0b111_111_111);
        Assert.Equal(
            $"""
            shared/infra.csx is not trusted: everybody can write shared
              hint: chmod o-w shared, or trust the files there: --trust shared
            """,
            folder.ErrorOfLoading("shared/infra.csx")
        );
        Assert.StartsWith(
            "shared/mine/site.csx is not trusted: everybody can write shared\n",
            folder.ErrorOfLoading("shared/mine/site.csx"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_infra_of_ones_own_in_a_directory_for_everybody_is_used()
    {
        folder["shared/infra.csx"] = "Hosts(new Host(\"mine\"));";
        folder["shared/mine/site.csx"] = "";
        System.IO.File.SetUnixFileMode(folder["shared"], (UnixFileMode)0b001_111_111_111);
        Assert.Equal(["mine"], Names(folder.Load("shared/mine/site.csx").Inventory));
    }

    static IEnumerable<string> Names(Inventory inventory) => inventory.Hosts.Select(host => host.Name);
}
