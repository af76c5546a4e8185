namespace ConfigEngine.Tests.Scripting;

/// <summary>What a recipe may do, and its user should know of.</summary>
public sealed class WarningTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("DateTime.Now", "DateTime.Now is different at every run, so what is made from it changes every time: write a fixed value")]
    [InlineData("DateTimeOffset.UtcNow", "DateTimeOffset.UtcNow is different at every run")]
    [InlineData("System.DateTime.Today", "DateTime.Today is different at every run")]
    [InlineData(
        "Guid.NewGuid()",
        "Guid.NewGuid is different at every run, so what is made from it changes every time: make one with uuidgen(1)"
    )]
    [InlineData("new Random().Next()", "new Random() is different at every run")]
    [InlineData("Random.Shared.Next()", "Random.Shared is different at every run")]
    [InlineData("Environment.TickCount64", "Environment.TickCount64 is different at every run")]
    [InlineData("System.IO.Path.GetRandomFileName()", "Path.GetRandomFileName is different at every run")]
    [InlineData(
        "System.Security.Cryptography.RandomNumberGenerator.GetInt32(9)",
        "RandomNumberGenerator.GetInt32 is different at every run"
    )]
    public void What_is_different_at_every_run_is_told_also_from_the_cache(string value, string warning)
    {
        folder["infra.csx"] = "Hosts(new Host(\"web1\"));";
        folder["site.csx"] = $"On(\"web1\",\n    new File(\"/x\") {{ Content = $\"{{{value}}}\" }});";
        Assert.StartsWith($"site.csx:2: CFG1001: {warning}", folder.Shown(Assert.Single(folder.Load().Warnings)));
        Assert.StartsWith($"site.csx:2: CFG1001: {warning}", folder.Shown(Assert.Single(folder.Load().Warnings)));
    }

    [Theory]
    [InlineData("new Random(7).Next()")]
    [InlineData("DateTime.UnixEpoch")]
    [InlineData("Guid.Parse(\"7c9e6679-7425-40de-944b-e07fc1f90ae7\")")]
    [InlineData("new Mine(1).Now")]
    public void What_is_the_same_at_every_run_is_no_such_thing(string value) =>
        Assert.Empty(folder.Run($"record Mine(int Now);\nOn(\"web\", new File(\"/x\") {{ Content = $\"{{{value}}}\" }});").Warnings);

    [Fact]
    public void What_is_only_printed_declares_nothing() =>
        Assert.Empty(folder.Run("Console.Error.WriteLine($\"{DateTime.Now}\");\nOn(\"web\");").Warnings);

    [Fact]
    public void A_function_of_a_library_is_told_with_its_own_line()
    {
        folder["lib.csx"] = "\nstring Today() => $\"{DateTime.Today}\";";
        var recipe = folder.Run("#load \"lib.csx\"\nOn(\"web\", new File(\"/x\") { Content = Today() });");
        Assert.StartsWith("lib.csx:2: CFG1001: DateTime.Today", folder.Shown(Assert.Single(recipe.Warnings)));
    }

    [Theory]
    [InlineData("\"server {name};\"")]
    [InlineData("\"\"\"server {name};\"\"\"")]
    [InlineData("@\"server {name};\"")]
    [InlineData("\"server {name.Length};\"")]
    public void A_text_with_a_variable_and_without_its_dollar_is_told(string text) =>
        Assert.StartsWith(
            $"site.csx:2: CFG1002: {{name{(text.Contains('.') ? ".Length" : "")}}} stays as it is written, because this text has no $",
            folder.Shown(Assert.Single(folder.Run($"var name = \"web\";\nOn(\"web\", new File(\"/x\") {{ Content = {text} }});").Warnings))
        );

    [Fact]
    public void A_variable_of_a_lambda_is_found_too() =>
        Assert.Contains(
            "CFG1002: {host.Name} stays",
            Assert.Single(folder.Run("On(\"web\", host => [new File(\"/x\") { Content = \"I am {host.Name}\\n\" }]);").Warnings),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("$\"server {name};\"")]
    [InlineData("\"server {other};\"")]
    [InlineData("\"server {{name}};\"")]
    [InlineData("\"server ${name};\"")]
    [InlineData("\"server {Local};\"")]
    [InlineData("\"server {name};\".Replace(\"{name}\", name)")]
    public void Braces_that_mean_something_else_are_no_such_thing(string text) =>
        Assert.Empty(
            folder.Run($"var name = \"web\";\nOn(\"web\", new File(\"/x\") {{ Content = {text} }}, new Package(name));").Warnings
        );

    [Fact]
    public void A_warning_is_silenced_where_the_recipe_is_right()
    {
        var recipe = folder.Run(
            """
            var name = "web";
            #pragma warning disable CFG1001, CFG1002 // the time of the build, and a template of another tool
            On("web", new File("/x") { Content = $"{DateTime.Now}" }, new File("/y") { Content = "{name}!" });
            #pragma warning restore CFG1001
            On("web", new File("/z") { Content = $"{DateTime.Now}" }, new File("/a") { Content = "{name}!" });
            """
        );
        Assert.StartsWith("site.csx:5: CFG1001: DateTime.Now", folder.Shown(Assert.Single(recipe.Warnings)));
    }

    [Fact]
    public void Text_of_a_recipe_that_was_edited_on_Windows_has_no_CR_in_it()
    {
        folder["lib.csx"] = "string Script() => @\"a\r\nb\r\n\";\r\n";
        var recipe = folder.Run(
            "#load \"lib.csx\"\r\nOn(\"web\", new File(\"/x\") { Content = \"\"\"\r\n    #!/bin/sh\r\n    echo\r\n    \"\"\" },\r\n"
                + "    new File(\"/y\") { Content = Script() },\r\n    new File(\"/z\") { Content = \"a\\r\\n\" });\r\n"
        );
        Assert.Equal(
            ["#!/bin/sh\necho", "a\nb\n", "a\r\n"],
            RecipeFolder.Resources(recipe).OfType<ConfigEngine.Resources.File>().Select(file => file.Content.Text)
        );
        Assert.Equal(["file /x at site.csx(2,11)", "file /y at site.csx(6,5)", "file /z at site.csx(7,5)"], folder.Declared(recipe));
        Assert.Equal(
            "site.csx, lib.csx: the lines end with CR LF, as on Windows; text in a recipe is written with LF all the same. To save them "
                + "with LF: sed -i 's/\\r$//' site.csx lib.csx",
            folder.Shown(Assert.Single(recipe.Warnings))
        );
        Assert.Single(folder.Load().Warnings);
    }

    [Fact]
    public void An_error_in_a_recipe_that_was_edited_on_Windows_has_its_line() =>
        Assert.StartsWith("site.csx(3,9): CS0029", folder.ErrorOf("// one\r\n// two\r\nint x = \"a\";\r\n"));

    [Fact]
    public void A_recipe_that_declares_nothing_is_told() =>
        Assert.Equal(
            ["site.csx declares nothing: it has no On(\"host\", …), and no Hosts(…) or Group(…)"],
            folder.Run("var x = 1;").Warnings.Select(folder.Shown)
        );
}
