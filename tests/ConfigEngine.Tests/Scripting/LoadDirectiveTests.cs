namespace ConfigEngine.Tests.Scripting;

public sealed class LoadDirectiveTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_is_relative_to_the_file_that_says_it()
    {
        folder["lib/web/nginx.csx"] = "#load \"../shared/names.csx\"\nRecipe Nginx() => new(Name(), new Package(Name()));";
        folder["lib/shared/names.csx"] = "// names\nstring Name() => \"nginx\";";
        var recipe = folder.Run(
            "/* a site */\n#load \"lib/web/nginx.csx\"\n#load \"lib/shared/names.csx\" // again\nOn(\"web\", Nginx());"
        );
        Assert.Equal(["package nginx at lib/web/nginx.csx(2,31)"], folder.Declared(recipe));
        Assert.Equal(["site.csx", "lib/web/nginx.csx", "lib/shared/names.csx"], recipe.Files.Select(folder.Shown));
    }

    [Fact]
    public void A_missing_file_is_an_error_at_the_directive()
    {
        folder["lib/nginx.csx"] = "";
        Assert.Equal(
            "site.csx(2,7): lib/ngnix.csx does not exist\n  hint: did you mean lib/nginx.csx?",
            folder.ErrorOf("\n#load \"lib/ngnix.csx\"")
        );
    }

    [Fact]
    public void Files_that_load_each_other_are_an_error_that_names_them()
    {
        folder["a.csx"] = "#load \"b.csx\"";
        folder["b.csx"] = "\n #load \"a.csx\"";
        Assert.StartsWith("b.csx(2,8): scripts load each other: a.csx → b.csx → a.csx", folder.ErrorOf("#load \"a.csx\""));
        Assert.StartsWith(
            "own.csx(1,7): scripts load each other: own.csx → own.csx",
            (folder["own.csx"] = "#load \"own.csx\"") is null ? "" : folder.ErrorOfLoading("own.csx")
        );
    }

    [Theory]
    [InlineData("int x = 1;\n  On(\"web\", new Package(\"a\"));", "lib.csx(2,3): On(…) in a file that another one loads")]
    [InlineData("var web = Group(\"web\");", "lib.csx(1,11): Group(…) in a file that another one loads")]
    [InlineData("if (true) { Hosts(new Host(\"a\")); }", "lib.csx(1,13): Hosts(…) in a file that another one loads")]
    public void A_loaded_file_declares_nothing(string library, string error)
    {
        folder["lib.csx"] = library;
        Assert.StartsWith(error, folder.ErrorOf("#load \"lib.csx\""));
    }

    [Fact]
    public void A_function_of_a_loaded_file_may_declare()
    {
        folder["lib.csx"] = "void Both(string name) { On(name, new Package(\"a\")); }";
        Assert.Equal(["package a at lib.csx(1,35)"], folder.Declared(folder.Run("#load \"lib.csx\"\nBoth(\"web\");")));
    }

    [Fact]
    public void Errors_in_a_loaded_file_have_its_place()
    {
        folder["lib.csx"] = "int A() => 1;\nint B() => \"x\";";
        Assert.StartsWith("lib.csx(2,12): CS0029: ", folder.ErrorOf("#load \"lib.csx\"\nOn(\"web\", new Package(\"a\"));"));
    }

    [Fact]
    public void A_condition_does_not_hide_what_is_loaded() =>
        Assert.StartsWith(
            "site.csx(2,7): nothing.csx does not exist",
            folder.ErrorOf("#if NEVER\n#load \"nothing.csx\"\n#endif\nOn(\"web\");")
        );

    [Fact]
    public void A_directive_in_a_comment_or_after_the_first_token_is_none()
    {
        folder.Run("/*\n#load \"nothing.csx\"\n*/\nvar text = \"\"\"\n#load \"nothing.csx\"\n\"\"\";");
        Assert.StartsWith("site.csx(2,2): CS8098", folder.ErrorOf("var x = 1;\n#load \"a.csx\""));
    }

    [Fact]
    public void A_library_of_the_users_own_can_be_referenced()
    {
        System.IO.File.Copy(typeof(FactAttribute).Assembly.Location, folder["own.dll"]);
        var recipe = folder.Run("#r \"own.dll\"\nOn(\"web\", host => [new Package(new Xunit.FactAttribute { Skip = \"why\" }.Skip)]);");
        Assert.Equal(["package why"], RecipeFolder.Resources(recipe).Select(resource => resource.Address));
        Assert.Contains("own.dll", recipe.Files.Select(folder.Shown));
    }

    [Theory]
    [InlineData(
        "#r \"nuget: Newtonsoft.Json, 13.0.1\"",
        "site.csx(1,4): #r \"nuget: Newtonsoft.Json, 13.0.1\": a recipe takes no packages"
    )]
    [InlineData("#r \"lib/none.dll\"", "site.csx(1,4): lib/none.dll does not exist")]
    [InlineData("#r \"Systen.Xml\"", "site.csx(1,4): #r \"Systen.Xml\": there is no such part of .NET")]
    [InlineData("#r \"\"", "site.csx(1,4): #r names no file")]
    public void What_cannot_be_referenced_is_an_error_at_the_directive(string recipe, string error) =>
        Assert.StartsWith(error, folder.ErrorOf(recipe));

    [Fact]
    public void Parts_of_NET_can_be_referenced_by_name() =>
        folder.Run("#r \"System.Xml.XDocument\"\nvar x = new System.Xml.Linq.XElement(\"a\");");
}
