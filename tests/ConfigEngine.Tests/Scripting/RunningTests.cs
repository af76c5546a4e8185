using ConfigEngine.Scripting;

namespace ConfigEngine.Tests.Scripting;

public sealed class RunningTests : IDisposable
{
    readonly RecipeFolder folder = new();
    readonly RecipeFolder hasty = new() { Limit = TimeSpan.FromSeconds(1) };

    public void Dispose()
    {
        folder.Dispose();
        hasty.Dispose();
    }

    [Fact]
    public void What_a_recipe_throws_is_an_error_with_its_line() =>
        Assert.Equal(
            "site.csx(2,1): no such site (InvalidOperationException)",
            folder.ErrorOf("On(\"web\");\nthrow new InvalidOperationException(\"no such site\");")
        );

    [Fact]
    public void What_a_library_throws_is_an_error_with_the_librarys_line()
    {
        folder["lib/a.csx"] = "int A()\n{\n    throw new Exception(\"broken\");\n}";
        Assert.Equal("lib/a.csx(3,5): broken (Exception)", folder.ErrorOf("#load \"lib/a.csx\"\nA();"));
    }

    [Fact]
    public void What_a_lambda_throws_later_is_an_error_with_its_line()
    {
        var recipe = folder.Run(
            """
            On("web", host =>
            [
                new Package("a"),
            ]);
            On("web", new Package("b")); On("web", host => [new Package(int.Parse(host.Name).ToString())]);
            """
        );
        var thrown = Assert.Throws<FormatException>(() => RecipeFolder.Resources(recipe));
        Assert.StartsWith("site.csx(5,48): ", folder.Shown(RecipeTrace.Explain(thrown, null)));
    }

    [Fact]
    public void What_the_language_throws_is_a_sentence() =>
        Assert.Equal(
            "site.csx(1,56): \"rwx\" is not a file mode: write three or four octal digits, for example \"0644\".",
            folder.ErrorOf("On(\"web\", new File(\"/etc/motd\") { Content = \"\", Mode = \"rwx\" });")
        );

    [Fact]
    public void What_a_static_class_throws_is_the_cause_itself() =>
        Assert.StartsWith(
            "site.csx(1,22): ",
            folder.ErrorOf("static class Ports { public static int Http = int.Parse(\"http\"); }\nvar port = Ports.Http;")
        );

    [Fact]
    public void What_is_thrown_after_an_await_has_its_line() =>
        Assert.Equal(
            "site.csx(2,1): late (Exception)",
            folder.ErrorOf("await System.Threading.Tasks.Task.Delay(1);\nthrow new Exception(\"late\");")
        );

    [Fact]
    public void What_the_engine_refuses_is_an_error_with_the_recipes_line() =>
        Assert.StartsWith(
            "site.csx(1,1): the host \"a\" is declared twice",
            folder.ErrorOf("Hosts(new Host(\"a\"), new Host(\"a\") { Port = 23 });")
        );

    [Theory]
    [InlineData("On(\"web\");\nwhile (true) { }", "site.csx(2,1): the recipe was still running after 1 s")]
    [InlineData(
        "void Wait() =>\n    System.Threading.Thread.Sleep(-1);\nWait();",
        "site.csx(2,5): the recipe was still running after 1 s"
    )]
    [InlineData(
        "On(\"web\");\nawait System.Threading.Tasks.Task.Delay(-1);",
        "site.csx(1): the recipe was still running after 1 s; the last that it declared was On(\"web\") at site.csx(1,1)"
    )]
    public void A_recipe_that_does_not_end_is_stopped(string recipe, string error) => Assert.StartsWith(error, hasty.ErrorOf(recipe));

    [Fact]
    public void A_recipe_that_will_not_be_stopped_is_left_behind() =>
        Assert.Contains(
            "the recipe was still running after 1 s",
            hasty.ErrorOf(
                "while (true) { try { System.Threading.Thread.Sleep(100); } catch (Exception) { } if (Environment.TickCount64 "
                    + "< 0) break; }"
            )
        );

    [Fact]
    public void A_recipe_can_be_cancelled()
    {
        folder["site.csx"] = "System.Threading.Thread.Sleep(-1);";
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => folder.Loader.Load(folder["site.csx"], stop.Token));
    }

    [Theory]
    [InlineData("On(\"web\", host =>\n{\n    while (true) { }\n});", "site.csx(3,")]
    [InlineData("On(\"web\", host =>\n{\n    System.Threading.Thread.Sleep(-1);\n    return [];\n});", "site.csx(3,")]
    public void A_block_that_does_not_end_for_a_host_is_stopped(string recipe, string error)
    {
        var catalog = hasty.Run(recipe).Catalog;
        var thrown = Assert.Throws<RecipeException>(() =>
            catalog.ResourcesOf(catalog.Blocks[0], RecipeFolder.View, CancellationToken.None)
        );
        Assert.StartsWith(error, hasty.Shown(thrown));
        Assert.Contains("the resources for a host were still being made after 1 s", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_does_not_end_is_stopped()
    {
        var catalog = hasty.Run("Forbid(\"x\", seen =>\n{\n    while (true) { }\n}, because: \"y\");").Catalog;
        HostPlan plan = new("web1", [new(1, [new Entry(new ConfigEngine.Resources.Package("a"))], [])]);
        var thrown = Assert.Throws<RecipeException>(() => PolicyCheck.Of(plan, RecipeFolder.View, catalog, CancellationToken.None));
        Assert.StartsWith("site.csx(3,", hasty.Shown(thrown));
        Assert.Contains("the answers of the policies were still being made after 1 s", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_that_does_not_end_can_be_cancelled()
    {
        var catalog = folder.Run("On(\"web\", host => { while (true) { } });").Catalog;
        using CancellationTokenSource stop = new();
        var running = Task.Run(() => catalog.ResourcesOf(catalog.Blocks[0], RecipeFolder.View, stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public void What_a_recipe_prints_goes_beside_its_results_with_its_place()
    {
        List<string> said = [];
        folder["site.csx"] = """
            Console.WriteLine("one");
            Console.Write("two ");
            Console.Error.WriteLine("and a half");
            On("web", host =>
            {
                Console.WriteLine($"for {host.Name}\nand more");
                return [new Package("a")];
            });
            Console.Write("no line end");
            """;
        var catalog = new RecipeLoader(new() { CacheDirectory = null, Says = said.Add })
            .Load(folder["site.csx"], CancellationToken.None)
            .Catalog;
        Assert.Single(catalog.ResourcesOf(catalog.Blocks[0], RecipeFolder.View, CancellationToken.None) ?? []);

        Assert.Equal(
            [
                "site.csx(1,1): one",
                "site.csx(2,1): two and a half",
                "site.csx(9,1): no line end",
                "site.csx(6,5): for web1",
                "site.csx(6,5): and more",
            ],
            said.Select(folder.Shown)
        );
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "site.csx(1,1): Environment.Exit would end cfg itself")]
    [InlineData("using static System.Environment;\nFailFast(\"x\");", "site.csx(2,1): Environment.FailFast would end cfg itself")]
    [InlineData("Action<int> end = Environment.Exit;", "site.csx(1,19): Environment.Exit would end cfg itself")]
    [InlineData("On(\"web\", host => { Environment.Exit(1); return []; });", "site.csx(1,21): Environment.Exit would end cfg itself")]
    [InlineData("new System.Threading.Thread(() => { }).Start();", "site.csx(1,22): Thread would go on when the recipe has ended")]
    [InlineData("using System.Threading;\nThreadPool.QueueUserWorkItem(_ => { });", "site.csx(2,1): ThreadPool")]
    public void What_would_end_or_outlive_the_recipe_is_refused(string recipe, string error) =>
        Assert.StartsWith(error, folder.ErrorOf(recipe));

    [Fact]
    public void Names_of_its_own_are_no_such_thing() =>
        folder.Run(
            "static class My { public static void Exit(int code) { } }\nrecord Timer(int Seconds);\nMy.Exit(1);\nvar timer = new Timer(1);"
        );

    [Fact]
    public void What_is_null_in_a_list_is_skipped()
    {
        var recipe = folder.Run(
            """
            Recipe Site(bool isPublic) => new("site", new Package("a"), isPublic ? new Package("b") : null);
            On("web", new Package("c"), null, Site(false));
            On("web", host => [new Package("d"), host.Name is "x" ? new Package("e") : null, Site(true), When(false, new Package("f")), When(true, new Package("g"))]);
            """
        );
        Assert.Equal(
            ["package c", "package a", "package d", "package a", "package b", "package g"],
            RecipeFolder.Resources(recipe).Select(resource => resource.Address)
        );
    }
}
