namespace ConfigEngine.Tests.Scripting;

public sealed class RecipeLoaderTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Runs_a_recipe_into_a_catalog()
    {
        var recipe = folder.Run(
            """
            On("web", new Package("nginx"), new File("/etc/motd") { Content = "hi\n", Mode = "0644" });
            On("db", host => [new Package($"postgresql-{host.Name}")]);
            """
        );
        Assert.Equal(
            ["package nginx", "file /etc/motd", "package postgresql-web1"],
            RecipeFolder.Resources(recipe).Select(resource => resource.Address)
        );
        Assert.Equal(["web", "db"], recipe.Catalog.Blocks.Select(block => block.Target.Selector));
    }

    [Fact]
    public void An_empty_recipe_is_fine()
    {
        var recipe = folder.Run("");
        Assert.Empty(recipe.Catalog.Blocks);
        Assert.True(recipe.Inventory.IsEmpty);
    }

    [Theory]
    [InlineData("// nothing\n")]
    [InlineData("#!/usr/bin/env cfg\n")]
    [InlineData("\uFEFF/* nothing\n */ On(\"web\");")]
    public void A_recipe_of_comments_is_fine(string recipe) => folder.Run(recipe);

    [Fact]
    public void Recipes_have_the_usual_parts_of_the_base_library() =>
        folder.Run(
            """
            using System.Text.RegularExpressions;
            using System.Text.Json;
            using System.Net;

            Dictionary<string, int> ports = new() { ["http"] = 80 };
            var names = Enumerable.Range(1, 3).Select(i => $"web{i}").ToList();
            Console.Error.Write(Regex.Replace("", "a", "b"));
            var json = JsonSerializer.Serialize(ports) + IPAddress.Parse("203.0.113.1") + new Uri("http://example.com") + await System.Threading.Tasks.Task.FromResult(1);
            """
        );

    [Fact]
    public void Recipes_have_the_unusual_parts_of_the_base_library_too() =>
        folder.Run(
            """
            var element = new System.Xml.Linq.XElement("a", System.Security.Cryptography.SHA256.HashData([1, 2]));
            var n = System.Numerics.BigInteger.Parse("1") + System.Diagnostics.Process.GetCurrentProcess().Id;
            """
        );

    [Fact]
    public void File_is_the_resource()
    {
        var recipe = folder.Run("""On("all", new File("/x") { Content = System.IO.Path.GetFileName("/a/b") });""");
        Assert.IsType<ConfigEngine.Resources.File>(RecipeFolder.Resources(recipe)[0]);
    }

    [Fact]
    public void A_recipe_may_define_resources_of_its_own()
    {
        var recipe = folder.Run(
            """
            sealed record Nothing(string Name) : Resource<Nothing.State>
            {
                public override string Key => Name;
                public sealed record State();
                protected override State Desired => new();
                protected override Probe<State> Probe => new($"true", _ => new());
                protected override IEnumerable<Operation> Converge(Diff<State> diff) => [];
            }
            On("web", new Nothing("x"));
            """
        );
        Assert.Equal(["nothing x at site.csx(9,11)"], folder.Declared(recipe));
    }

    [Fact]
    public void The_digest_is_that_of_the_scripts_wherever_they_lie()
    {
        folder["lib/a.csx"] = "int A() => 1;";
        var first = folder.Run("#load \"lib/a.csx\"\nOn(\"web\");");
        folder["copy/lib/a.csx"] = "int A() => 1;";
        folder["copy/site.csx"] = "#load \"lib/a.csx\"\nOn(\"web\");";
        Assert.Equal(first.Digest, folder.Load("copy/site.csx").Digest);
        folder["copy/lib/a.csx"] = "int A() => 2;";
        Assert.NotEqual(first.Digest, folder.Load("copy/site.csx").Digest);
        Assert.Equal(["site.csx", "lib/a.csx"], first.Files.Select(folder.Shown));
    }

    [Fact]
    public void Paths_are_shown_relative_to_the_current_directory_when_below_it()
    {
        using RecipeFolder below = new(below: Environment.CurrentDirectory);
        below["lib/a.csx"] = "Recipe A() => new(\"a\", new Package(\"a\"));";
        var recipe = below.Run("#load \"lib/a.csx\"\nOn(\"web\", A());");
        var name = Path.GetFileName(below.Root);
        Assert.Equal($"{name}/site.csx", recipe.Path);
        Assert.Equal($"{name}/lib/a.csx(1,24)", RecipeFolder.Resources(recipe)[0].Source?.ToString());
    }

    [Fact]
    public void A_loaded_recipe_is_collected_when_nothing_uses_it()
    {
        var assembly = LoadAndForget();
        // The thread that ran it may take a moment to be gone.
        for (var i = 0; i < 100 && assembly.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
        }

        Assert.False(assembly.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    WeakReference LoadAndForget()
    {
        folder.Run(
            """
            sealed record Mine(string Name) : Resource<Mine.State>
            {
                public override string Key => Name;
                public sealed record State();
                protected override State Desired => new();
                protected override Probe<State> Probe => new($"true", _ => new());
                protected override IEnumerable<Operation> Converge(Diff<State> diff) => [];
            }
            On("web", new Mine("x"));
            """
        );
        return new(RecipeFolder.Resources(folder.Load())[0].GetType().Assembly);
    }
}
