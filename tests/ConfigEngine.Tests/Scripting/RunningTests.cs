using System.Diagnostics;

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
    public void What_a_recipe_throws_is_an_error_with_its_line() => Assert.Equal(
        "site.csx(2,1): no such site (InvalidOperationException)",
        folder.ErrorOf("On(\"web\");\nthrow new InvalidOperationException(\"no such site\");"));

    [Fact]
    public void What_a_library_throws_is_an_error_with_the_librarys_line()
    {
        folder["lib/a.csx"] = "int A()\n{\n    throw new Exception(\"broken\");\n}";
        Assert.Equal("lib/a.csx(3,5): broken (Exception)", folder.ErrorOf("#load \"lib/a.csx\"\nA();"));
    }

    [Fact]
    public void What_a_lambda_throws_later_is_an_error_with_its_line()
    {
        var recipe = folder.Run("""
            On("web", host =>
            [
                new Package("a"),
            ]);
            On("web", new Package("b")); On("web", host => [new Package(int.Parse(host.Name).ToString())]);
            """);
        var thrown = Assert.Throws<FormatException>(() => RecipeFolder.Resources(recipe));
        Assert.StartsWith("site.csx(5,48): ", folder.Shown(RecipeTrace.Explain(thrown, null)));
    }

    [Fact]
    public void What_the_language_throws_is_a_sentence() => Assert.Equal(
        "site.csx(1,1): \"rwx\" is not a file mode: write three or four octal digits, for example \"0644\".",
        folder.ErrorOf("On(\"web\", new File(\"/etc/motd\") { Content = \"\", Mode = \"rwx\" });"));

    [Fact]
    public void What_a_static_class_throws_is_the_cause_itself() => Assert.StartsWith(
        "site.csx(1,22): ",
        folder.ErrorOf("static class Ports { public static int Http = int.Parse(\"http\"); }\nvar port = Ports.Http;")
            );

    [Fact]
    public void What_is_thrown_after_an_await_has_its_line() => Assert.Equal(
        "site.csx(2,1): late (Exception)",
        folder.ErrorOf("await System.Threading.Tasks.Task.Delay(1);\nthrow new Exception(\"late\");"));

    [Fact]
    public void What_the_engine_refuses_is_an_error_with_the_recipes_line() => Assert.StartsWith(
        "site.csx(1,1): the host \"a\" is declared twice",
        folder.ErrorOf("Hosts(new Host(\"a\"), new Host(\"a\") { Port = 23 });"));

    [Theory]
    [InlineData("On(\"web\");\nwhile (true) { }", "site.csx(2,1): the recipe was still running after 1 s")]
    [InlineData("void Wait() =>\n    System.Threading.Thread.Sleep(-1);\nWait();", "site.csx(2,5): the recipe was still running after 1 s")]
    [InlineData("On(\"web\");\nawait System.Threading.Tasks.Task.Delay(-1);", "site.csx(1): the recipe was still running after 1 s; the last that it declared was On(\"web\") at site.csx(1,1)")]
    public void A_recipe_that_does_not_end_is_stopped(string recipe, string error)
    {
        var watch = Stopwatch.StartNew();
        Assert.StartsWith(error, hasty.ErrorOf(recipe));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"it took {watch.Elapsed}");
    }

    [Fact]
    public void A_recipe_that_will_not_be_stopped_is_left_behind() => Assert.Contains(
        "the recipe was still running after 1 s",
        hasty.ErrorOf("while (true) { try { System.Threading.Thread.Sleep(100); } catch (Exception) { } if (Environment.TickCount64 < 0) break; }"));

    [Fact]
    public void A_recipe_can_be_cancelled()
    {
        folder["site.csx"] = "System.Threading.Thread.Sleep(-1);";
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => folder.Loader.Load(folder["site.csx"], stop.Token));
    }
}
