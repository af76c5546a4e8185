namespace ConfigEngine.Tests.Scripting;

public sealed class SecretsTests : IDisposable
{
    readonly RecipeFolder folder = new()
    {
        Secrets = new()
        {
            Variable = name =>
                name is "DB_PASSWORD" ? "hunter2"
                : name is "EMPTY" ? ""
                : null,
            Ask = question => $"typed for {question}",
            Limit = TimeSpan.FromSeconds(1),
        },
    };

    public void Dispose() => folder.Dispose();

    /// <summary>The content of the one file of a recipe, after its secrets were read.</summary>
    string ContentWith(string secret)
    {
        var recipe = folder.Run(
            $$"""
            var password = {{secret}};
            On("web", new File("/x") { Content = $"PASSWORD={password}\n" });
            """
        );
        recipe.ReadSecrets([]);
        return RecipeFolder.Resources(recipe).OfType<ConfigEngine.Resources.File>().Single().Content.Text ?? "";
    }

    string ErrorOf(string secret)
    {
        var error = Assert.Throws<RecipeException>(() => ContentWith(secret)).Message;
        return folder.Shown(error);
    }

    [Theory]
    [InlineData("Secrets.Environment(\"DB_PASSWORD\")", "hunter2")]
    [InlineData("Secrets.File(\"secrets/db.pass\")", "from a\nfile")]
    [InlineData("Secrets.Command(\"printf\", \"%s\\n\", \"it's $HOME\")", "it's $HOME")]
    [InlineData("Secrets.Prompt(\"database password\")", "typed for database password")]
    public void Come_from_many_places(string secret, string value)
    {
        folder["secrets/db.pass"] = "from a\nfile\n";
        Assert.Equal($"PASSWORD={value}\n", ContentWith(secret));
    }

    [Theory]
    [InlineData(
        "Secrets.Environment(\"MISSING\")",
        "site.csx(1,16): the secret of environment MISSING cannot be read: the environment has no MISSING\n  hint: set it for cfg "
            + "alone: MISSING=… cfg plan"
    )]
    [InlineData("Secrets.Environment(\"EMPTY\")", "site.csx(1,16): the secret of environment EMPTY cannot be read: it is empty")]
    [InlineData("Secrets.File(\"nowhere\")", "site.csx(1,16): the secret of file nowhere cannot be read: nowhere does not exist")]
    [InlineData(
        "Secrets.Command(\"no-such-command\")",
        "site.csx(1,16): the secret of command no-such-command cannot be read: no-such-command cannot be started here"
    )]
    [InlineData(
        "Secrets.Command(\"sh\", \"-c\", \"echo hunter2; echo it is locked >&2; exit 3\")",
        "cannot be read: sh ended with exit code 3:\n  it is locked"
    )]
    [InlineData(
        "Secrets.Command(\"sh\", \"-c\", \"echo 'hunter'2; echo no hunter2 >&2; exit 3\")",
        "cannot be read: sh ended with exit code 3:\n  no (secret)"
    )]
    [InlineData(
        "Secrets.Command(\"sleep\", \"60\")",
        "site.csx(1,16): the secret of command sleep 60 cannot be read: sleep was still running after 1 s"
    )]
    [InlineData("Secrets.Command(\"true\")", "site.csx(1,16): the secret of command true cannot be read: it is empty")]
    [InlineData("Secrets.Command(\"printf\", \"\\\\377\")", "cannot be read: it is not UTF-8 text")]
    public void That_cannot_be_read_are_errors_with_the_line_that_declares_them(string secret, string error) =>
        Assert.Contains(error, ErrorOf(secret));

    [Fact]
    public void Without_a_terminal_nobody_is_asked()
    {
        using RecipeFolder nobody = new();
        var recipe = nobody.Run("Secrets.Prompt(\"database password\");");
        Assert.StartsWith(
            "site.csx(1,1): the secret of prompt \"database password\" cannot be read: there is no terminal to ask on",
            nobody.Shown(Assert.Throws<RecipeException>(() => recipe.ReadSecrets([])))
        );
    }

    [Fact]
    public void Are_not_read_while_a_recipe_is_only_checked()
    {
        var recipe = folder.Run(
            """
            var password = Secrets.Environment("MISSING");
            Hosts(new Host("web1") { Password = password });
            On("web1", new File("/x") { Content = $"{password}" }, new Block("/y", "z") { Content = password }, new Command($"cat") { Input = password });
            """
        );
        Engine.Check(recipe.Catalog, recipe.Inventory);
    }

    [Fact]
    public void Of_hosts_that_are_not_in_the_run_are_not_read()
    {
        var recipe = folder.Run(
            """
            Hosts(
                new Host("web1") { Password = Secrets.Environment("DB_PASSWORD") },
                new Host("web2") { Become = Become.Sudo with { Password = Secrets.Environment("MISSING") } });
            """
        );
        recipe.ReadSecrets([recipe.Inventory.Hosts[0]]);
        Assert.Throws<RecipeException>(() => recipe.ReadSecrets(recipe.Inventory.Hosts));
    }

    [Fact]
    public void Of_a_block_for_one_host_are_read_while_it_is_planned()
    {
        var recipe = folder.Run("""On("web", host => [new File("/x") { Content = $"{Secrets.Environment("DB_PASSWORD")}" }]);""");
        recipe.ReadSecrets([]);
        Assert.Equal("hunter2", RecipeFolder.Resources(recipe).OfType<ConfigEngine.Resources.File>().Single().Content.Text);
    }

    [Theory]
    [InlineData("string text = $\"{password}\";", "site.csx(2,17): {password} is a secret, and this string becomes text")]
    [InlineData(
        "On(\"web\", new File(\"/x\") { Content = \"\", Owner = $\"{password}\" });",
        "site.csx(2,52): {password} is a secret, and this string becomes text"
    )]
    [InlineData("On(\"web\", host => [new Line(\"/x\", $\"a {password}\")]);", "site.csx(2,39): {password} is a secret")]
    [InlineData("Console.WriteLine($\"{password}\");", "site.csx(2,21): {password} is a secret")]
    [InlineData("var text = \"a\" + password;", "site.csx(2,12): a secret cannot ")]
    [InlineData(
        "On(\"web\", new Command($\"mysql -p{password}\"));",
        "site.csx(2,33): a secret cannot be part of a command, which every user "
            + "of the host can see in the list of processes; give it to the command's standard input"
    )]
    [InlineData("string text = password;", "site.csx(2,15): CS0029: ")]
    [InlineData(
        "var text = string.Concat(\"a\", (object)password);",
        "site.csx(2,12): the secret of environment DB_PASSWORD cannot become text"
    )]
    [InlineData("On(\"web\", new File(\"/x\") { Content = true ? $\"{password}\" : \"\" });", "site.csx(2,47): {password} is a secret")]
    public void Never_become_text(string use, string error) =>
        Assert.StartsWith(error, folder.ErrorOf($"var password = Secrets.Environment(\"DB_PASSWORD\");\n{use}"));

    [Theory]
    [InlineData("$\"a {password}\" + $\" b\"")]
    [InlineData("$\"\"\"\n    a {password} b\n    \"\"\"")]
    [InlineData("$\"a {password} {(true ? \"b\" : \"c\")}\"")]
    public void Are_content_however_it_is_written(string content)
    {
        var recipe = folder.Run(
            $"var password = Secrets.Environment(\"DB_PASSWORD\");\nOn(\"web\", new File(\"/x\") {{ Content = {content} }});"
        );
        Assert.Equal("a hunter2 b", RecipeFolder.Resources(recipe).OfType<ConfigEngine.Resources.File>().Single().Content.Text);
    }
}
