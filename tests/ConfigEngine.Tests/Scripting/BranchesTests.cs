using ConfigEngine.Scripting;

namespace ConfigEngine.Tests.Scripting;

/// <summary>A run of a recipe notes which of its branches it took, and is the same run as without that.</summary>
public sealed class BranchesTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    LoadedRecipe Load(string recipe)
    {
        folder["site.csx"] = recipe;
        return new RecipeLoader(new() { CacheDirectory = folder.Cache, SeesBranches = true }).Load(
            folder["site.csx"],
            CancellationToken.None
        );
    }

    /// <summary>The branches that were not taken, after the lambdas ran for one host.</summary>
    IReadOnlyList<string> Unseen(string recipe)
    {
        var loaded = Load(recipe);
        RecipeFolder.Resources(loaded);
        Assert.NotNull(loaded.Branches);
        return
        [
            .. loaded
                .Branches.All.Where(one => !one.IsTaken)
                .Select(one => one.Branch)
                .OrderBy(branch => branch.Line)
                .ThenBy(branch => branch.Column)
                .Select(branch => $"{branch.Line},{branch.Column} {branch.Way}: {branch.Code}"),
        ];
    }

    [Theory]
    [InlineData("var a = 1; if (a > 0) a++; else a--;", "1,16 False: a > 0")]
    [InlineData("var a = 1; if (a > 1)\n    a++;", "1,16 True: a > 1")]
    [InlineData("var a = 1; var b = a > 1 ? new Package(\"x\") : null;", "1,20 True: a > 1")]
    [InlineData("var a = 1; Package[] b = a > 0 ? [new(\"x\")] : [];", "1,26 False: a > 0")]
    [InlineData("var a = 1; long b = a > 0 ? 1 : 2L;", "1,21 False: a > 0")]
    [InlineData("var a = 1; var b = a > 0 && a < 2;", "1,20 False: a > 0", "1,29 False: a < 2")]
    [InlineData("var a = 1; var b = (a > 0 || a < 2);", "1,21 False: a > 0", "1,30 True: a < 2", "1,30 False: a < 2")]
    [InlineData("string? a = \"\"; var b = a ?? \"b\";", "1,25 Null: a")]
    [InlineData("string? a = null; var b = a ?? \"b\";", "1,27 NotNull: a")]
    [InlineData("int? a = null; int b = a ?? 1;", "1,24 NotNull: a")]
    [InlineData("var a = 1; var b = a switch { 1 => \"one\", > 1 when a < 9 => \"more\", _ => null };", "1,43 Arm: > 1", "1,69 Arm: _")]
    [InlineData(
        "var a = 1; switch (a) { case 1: a++; break; case 2: case 3: a--; break; default: break; }",
        "1,45 Arm: case 2:",
        "1,73 Arm: default:"
    )]
    [InlineData("foreach (var a in new int[0]) On(\"web\");", "1,1 Loop: foreach (… in new int[0])")]
    [InlineData("for (var i = 0; i < 0; i++) { }", "1,1 Loop: for (…; i < 0; …)")]
    [InlineData("var a = 1; while (a > 1) a--;", "1,12 Loop: while (a > 1)")]
    [InlineData("Recipe A() => new(\"a\"); Recipe B() { return new(\"b\"); } var c = B();", "1,1 Function: A")]
    [InlineData("Func<int, int> a = x => x + 1; Action<int> b = x => Console.WriteLine(x);", "1,20 Lambda: x => …", "1,48 Lambda: x => …")]
    [InlineData("Func<string, string> a = x => x.Trim(); Func<string?> b = () => null; a(\"\");", "1,59 Lambda: () => …")]
    [InlineData("try { } catch (FormatException) { }", "1,9 Catch: catch (FormatException)")]
    [InlineData("On(\"web\", When(1 > 2, new Package(\"a\")), When(2 > 1, new Package(\"b\")));", "1,16 True: 1 > 2", "1,47 False: 2 > 1")]
    [InlineData(
        "var key = new SshKey(\"a\"); On(\"web\", key, When(key.PublicKey.Select(text => text.Length > 1), new Package(\"a\")));",
        "1,48 True: key.PublicKey.Select(text => text.Length > 1)",
        "1,48 False: key.PublicKey.Select(text => text.Length > 1)",
        "1,69 Lambda: text => …"
    )]
    [InlineData(
        "var a = 1; var b = $\"{(a > 0 ? \"x\" : \"y\")} {(a > 1 ? $\"{a}\" : \"\")}\"; var c = a > 2 ? 1 : 2;",
        "1,24 False: a > 0",
        "1,46 True: a > 1",
        "1,78 True: a > 2"
    )]
    [InlineData(
        "var a = 1; var b = $$\"\"\"\n    {{{string.Concat(new[] { a }.Select(one => one + 1))}}}\n    {{(a > 1 ? 1 : 2)}}\n    \"\"\";",
        "3,8 True: a > 1"
    )]
    [InlineData(
        "record Size(int Cores) { public bool IsLarge => Cores > 4 && Cores < 64; public int Half() => Cores / 2; }",
        "1,49 True: Cores > 4",
        "1,49 False: Cores > 4",
        "1,62 True: Cores < 64",
        "1,62 False: Cores < 64",
        "1,74 Function: Half"
    )]
    [InlineData("#!/usr/bin/env cfg\nvar a = 1; if (a > 1) { }", "2,16 True: a > 1")]
    [InlineData("const bool Yes = true; const int One = Yes ? 1 : 2; void F(bool a = Yes && true) { } F();")]
    public void Every_way_that_was_not_gone_is_known_with_its_place(string recipe, params string[] unseen) =>
        Assert.Equal(unseen, Unseen(recipe));

    [Fact]
    public void Variables_of_conditions_are_assigned_where_they_were()
    {
        var unseen = Unseen(
            """
            object? found = "a";
            if (found is not string text)
                throw new InvalidOperationException();
            var length = found is string { Length: > 0 } more && more.Length == 1 ? text.Length : 0;
            if (!int.TryParse("1", out var number) || number < 0)
                number = length;
            while (found is string last && last.Length > 3)
                found = last[1..];
            On("web", new Package($"p{number}") { As = found is Package { As: { } own } ? own : null });
            """
        );

        Assert.DoesNotContain(
            unseen,
            line => line.StartsWith("2,", StringComparison.Ordinal) && !line.Contains("True", StringComparison.Ordinal)
        );
        Assert.Contains("9,44 True: found is Package { As: { } own }", unseen);
    }

    [Fact]
    public void What_leads_to_an_error_is_known_as_that()
    {
        var branches = Load(
            """
            string? a = "a";
            var b = a ?? throw new InvalidOperationException();
            if (b.Length > 1) { throw new InvalidOperationException(); }
            var c = b switch { "a" => 1, _ => throw new InvalidOperationException() };
            """
        ).Branches;

        Assert.Equal(
            ["2 Null", "3 True", "4 Arm"],
            branches?.All.Where(one => one.Branch.IsError).Select(one => $"{one.Branch.Line} {one.Branch.Way}")
        );
    }

    [Fact]
    public void What_other_ones_say_is_not_said_again()
    {
        var branches = Load("bool a = false, b = false; if (a && b) { foreach (var c in \"x\") { if (c == 'x') { } } }").Branches;

        var never = branches?.All.Where(one => !one.IsTaken).Select(one => one.Branch).ToList() ?? [];
        Assert.Equal(
            ["True: a && b"],
            never.Where(branch => !never.Any(branch.IsSaidBy)).Select(branch => $"{branch.Way}: {branch.Code}")
        );
    }

    [Fact]
    public void Resources_and_blocks_know_the_same_places()
    {
        const string Recipe = """
            Recipe Web(string? name) => new("web", name is null ? null : new Package(name),
                new File("/a") { Content = $"{(name is null ? 1 : 2)}", Mode = "0600" }, new Package("z"));
            On("web", host => [host.Name is "x" or "y" ? new Package("b") : new Package("c")]); On("web", Web("nginx"));
            On("web", host => [When(host.Name == "web1", new Package("a"))]);
            foreach (var name in new[] { "d", "e" }) On(name, new Package(name));
            """;

        var tapped = folder.Declared(Load(Recipe));

        Assert.Equal(folder.Declared(folder.Run(Recipe)), tapped);
        Assert.Contains("package z at site.csx(2,78)", tapped);
        Assert.Contains("package c at site.csx(3,65)", tapped);
    }

    [Theory]
    [InlineData("int a = 1;\nif (a > 0 && a < 2) throw new InvalidOperationException(\"here\");", "site.csx(2,21): here")]
    [InlineData("var a = 1; var b = $\"{(a > 0 ? 1 : 2)}\"; throw new InvalidOperationException(\"here\");", "site.csx(1,42): here")]
    [InlineData("int F(int x) => x > 0 ? throw new InvalidOperationException(\"here\") : 1;\nF(2);", "site.csx(1,17): here")]
    [InlineData("foreach (var a in new[] { 1 })\n    throw new InvalidOperationException(\"here\");", "site.csx(2,5): here")]
    public void An_error_has_the_place_that_it_has_without(string recipe, string expected)
    {
        var error = folder.Shown(Assert.Throws<RecipeException>(() => Load(recipe)));

        Assert.Equal(folder.ErrorOf(recipe), error);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_a_file_that_is_loaded_has_its_place_there()
    {
        folder["lib/web.csx"] = "Recipe Web() => new(\"web\");\nRecipe Other() => new(\"other\");\n";

        var never = Load("#load \"lib/web.csx\"\nOn(\"web\", Web());").Branches?.All.Single(one => !one.IsTaken).Branch;

        Assert.Equal(("lib/web.csx", 2, "Other"), (folder.Shown(never?.File ?? ""), never?.Line, never?.Code));
    }

    [Fact]
    public void A_recipe_that_is_compiled_for_that_is_not_kept()
    {
        Load("On(\"web\");");
        var kept = System.IO.File.ReadAllBytes(Assert.Single(System.IO.Directory.GetFiles(folder.Cache, "*.recipe")));

        Assert.DoesNotContain(Taps.Type, System.Text.Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
        Assert.Null(folder.Load().Branches);
    }

    [Fact]
    public void A_recipe_whose_code_does_not_allow_it_runs_as_it_always_does()
    {
        var loaded = Load(
            """
            if (new Maybe(true))
                On("web", new Package("a"));
            record struct Maybe(bool Is)
            {
                public static bool operator true(Maybe it) => it.Is;
                public static bool operator false(Maybe it) => !it.Is;
            }
            """
        );

        Assert.Null(loaded.Branches);
        Assert.Single(RecipeFolder.Resources(loaded));
    }
}
