namespace ConfigEngine.Tests.Scripting;

public sealed class SourceLineTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_resource_knows_its_line_and_column() =>
        Assert.Equal(
            [
                "package a at site.csx(1,23)",
                "package b at site.csx(1,41)",
                "file /x at site.csx(5,5)",
                "package c at site.csx(12,13)",
                "package d at site.csx(13,12)",
            ],
            folder
                .Declared(
                    folder.Run(
                        """
                        /* first */ On("web", new Package("a"), new ConfigEngine.Resources.Package("b") { Deadline = null, });
                        On("web", host =>
                        [
                            // a comment
                            new File("/x")
                            {
                                Content = $"{host.Name}", // and another
                                Notifies = [],
                                // and a third
                            },
                        ]);
                        Package c = new("c");
                        On("web", [new Package("d") with { Deadline = TimeSpan.FromSeconds(1) }]); var e = On("web", c);
                        """
                    )
                )
                .Order(StringComparer.Ordinal)
                .OrderBy(line =>
                    line.Contains(" c ", StringComparison.Ordinal) ? 1
                    : line.Contains(" d ", StringComparison.Ordinal) ? 2
                    : line.StartsWith("file", StringComparison.Ordinal) ? 0
                    : -1
                )
        );

    [Fact]
    public void Every_block_knows_its_line_and_column()
    {
        var recipe = folder.Run(
            """
            On("a"); On("b"); var c =
              On("c", host => []);
            foreach (var name in new[] { "d", "e" }) On(name);
            On("f").After = [c];
            """
        );
        Assert.Equal(
            ["a site.csx(1,1)", "b site.csx(1,10)", "c site.csx(2,3)", "d site.csx(3,42)", "e site.csx(3,42)", "f site.csx(4,1)"],
            recipe.Catalog.Blocks.Select(block => folder.Shown($"{block.Target.Selector} {block.Source}"))
        );
    }

    [Theory]
    [InlineData("""On("web", new Package("a") { Source = new SourceLine("elsewhere", 7) });""")]
    [InlineData("""On("web", new Package("a") with { Source = null });""")]
    [InlineData("""On("web", new SystemdUnit("a.service") { Source = "a" });""")]
    public void A_source_is_not_for_recipes_to_set(string recipe)
    {
        var error = folder.ErrorOf(recipe);
        Assert.Contains("CS0200: 'Resource.Source' cannot be set", error, StringComparison.Ordinal);
        Assert.Contains("hint: cfg notes there where the resource is declared: leave it out", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_the_recipe_may_have_the_name_of_a_resource()
    {
        var recipe = folder.Run(
            """
            record Package(string Name, string Source);
            var mine = new Package("a", "b");
            On("web", new ConfigEngine.Resources.Package(mine.Name));
            """
        );
        Assert.Single(RecipeFolder.Resources(recipe));
    }

    [Fact]
    public void A_function_of_the_recipe_may_be_called_On() =>
        Assert.Equal(
            ["package x at site.csx(2,11)"],
            folder.Declared(
                folder.Run(
                    """
                    class Switch { public string On(string what) => what; public string Use() => On("x"); }
                    On("web", new Package(new Switch().Use()));
                    """
                )
            )
        );

    [Fact]
    public void Strings_may_hold_what_looks_like_a_resource()
    {
        var recipe = folder.Run(
            """"
            var text = $"new File(\"/x\") {{ }} {new Package("in a hole").Name}";
            On("web", new File("/x") { Content = """
                On("web", new File("/y") { Content = "" });
                """ });
            """"
        );
        Assert.Equal(["file /x at site.csx(2,11)"], folder.Declared(recipe));
    }

    [Theory]
    [InlineData("int zero = 0;\nOn(\"web\", new Package(\"a\")); var x = 1 / zero;", "site.csx(2,38)")]
    [InlineData(
        "On(\"web\", new Package(\"a\"),\n    new Package(string.Concat(Enumerable.Range(1, int.Parse(\"x\")))));",
        "site.csx(2,5)"
    )]
    [InlineData("On(\"web\",\n    new File(\"/x\")\n    {\n        Content = Local(\"none\"),\n    });", "site.csx(4,19)")]
    [InlineData(
        "On(\"web\",\n    new Package(\"a\"),\n    Recipe(\"x\"));\nRecipe Recipe(string n) => new(n, new Package(n.Substring(9)));",
        "site.csx(4,28)"
    )]
    [InlineData(
        "Package Make(string n) =>\n    new(n);\nvar none = new List<string>();\nOn(\"web\",\n    Make(\"a\"),\n    Make(none[0]));",
        "site.csx(6,5)"
    )]
    [InlineData(
        "Recipe Two() =>\n    new(\"two\", new Package(\"a\"), Three());\nRecipe Three() => throw new Exception();\nOn(\"web\", Two());",
        "site.csx(3,19)"
    )]
    public void Errors_while_running_have_the_place_as_it_was_written(string recipe, string place) =>
        Assert.StartsWith(place + ": ", folder.ErrorOf(recipe));

    [Theory]
    [InlineData(
        "On(\"web\", host =>\n[\n    new Package(\"a\"),\n    new Package(int.Parse(host.Name).ToString()),\n]);",
        "site.csx(4,5)"
    )]
    [InlineData("On(\"web\", host =>\n[\n    new File(\"/x\")\n    {\n        Content = Local(\"none\"),\n    },\n]);", "site.csx(5,19)")]
    [InlineData(
        "On(\"web\", host =>\n[\n    .. Names().Select(name => new Package(name)),\n]);\nList<string> Names() => throw new Exception();",
        "site.csx(5,25)"
    )]
    [InlineData(
        "On(\"web\", host =>\n[\n    host.Name is \"web1\"\n        ? new Package(host.Var<string>(\"a\"))\n        : null,\n]);",
        "site.csx(4,11)"
    )]
    public void Errors_in_a_lambda_have_their_own_line(string recipe, string place)
    {
        var loaded = folder.Run(recipe);
        var thrown = Assert.ThrowsAny<Exception>(() => RecipeFolder.Resources(loaded));
        Assert.StartsWith($"{place}: ", folder.Shown(RecipeTrace.Explain(thrown, null, "web1")));
    }

    [Fact]
    public void A_variable_that_a_resource_declares_is_there_after_it() =>
        Assert.Equal(
            ["package a at site.csx(3,5)", "package 7 at site.csx(4,5)"],
            folder.Declared(
                folder.Run(
                    """
                    using System.Net.Http;
                    On("web",
                        new Package(int.TryParse("7", out var seven) ? "a" : "b"),
                        new Package($"{seven}"));
                    """
                )
            )
        );
}
