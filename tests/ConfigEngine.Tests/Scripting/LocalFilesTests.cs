namespace ConfigEngine.Tests.Scripting;

public sealed class LocalFilesTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    string? ContentOf(string recipe) =>
        RecipeFolder.Resources(folder.Run(recipe)).OfType<ConfigEngine.Resources.File>().Single().Content.Text;

    [Fact]
    public void A_local_file_is_relative_to_the_script_that_says_it()
    {
        folder["files/motd"] = "recipe";
        folder["lib/files/motd"] = "library";
        folder["lib/a.csx"] = "Content Motd() => Local(\"files/motd\");";
        Assert.Equal("recipe", ContentOf("On(\"web\", new File(\"/x\") { Content = Local(\"files/motd\") });"));
        Assert.Equal("library", ContentOf("#load \"lib/a.csx\"\nOn(\"web\", new File(\"/x\") { Content = Motd() });"));
        Assert.Equal("library", ContentOf("On(\"web\", host => [new File(\"/x\") { Content = Local(\"lib/../lib/files/motd\") }]);"));
    }

    [Fact]
    public void A_local_file_is_found_from_a_directory_below_the_current_one()
    {
        using RecipeFolder below = new(below: Environment.CurrentDirectory);
        below["motd"] = "hi";
        var recipe = below.Run("On(\"web\", new File(\"/x\") { Content = Local(\"motd\") });");
        Assert.Equal($"{Path.GetFileName(below.Root)}/motd", Assert.Single(recipe.LocalFiles).Path);
    }

    [Fact]
    public void Files_that_were_read_are_known_with_their_digests()
    {
        folder["b"] = "two";
        folder["a"] = "one";
        var recipe = folder.Run(
            "On(\"web\", new File(\"/x\") { Content = Local(\"b\") });\nOn(\"web\", host => [new File(\"/y\") { Content = "
                + "Local(\"a\") }]);"
        );
        Assert.Equal(["b"], recipe.LocalFiles.Select(file => folder.Shown(file.Path)));
        RecipeFolder.Resources(recipe);
        Assert.Equal(["a", "b"], recipe.LocalFiles.Select(file => folder.Shown(file.Path)));
        Assert.Equal(((Content)"one").Digest, recipe.LocalFiles[0].Digest);
    }

    [Fact]
    public void A_file_is_read_once_so_that_every_host_gets_the_same()
    {
        folder["a"] = "one";
        var recipe = folder.Run("On(\"web\", host => [new File(\"/y\") { Content = Local(\"a\") }]);");
        var first = RecipeFolder.Resources(recipe);
        folder["a"] = "two";
        Assert.Equal(first, RecipeFolder.Resources(recipe));
    }

    [Theory]
    [InlineData("nothing", "site.csx(1,1): nothing does not exist")]
    [InlineData("directory", "site.csx(1,1): directory is a directory")]
    [InlineData("dangling", "site.csx(1,1): dangling is a symbolic link to nowhere, which does not exist")]
    [InlineData("", "site.csx(1,1): the path of a local file is empty")]
    public void What_cannot_be_read_is_an_error_with_the_recipes_line(string path, string error)
    {
        Directory.CreateDirectory(folder["directory"]);
        System.IO.File.CreateSymbolicLink(folder["dangling"], "nowhere");
        Assert.StartsWith(error, folder.ErrorOf($"On(\"web\", new File(\"/x\") {{ Content = Local(\"{path}\") }});"));
    }

    [Fact]
    public void A_link_to_a_file_is_the_file()
    {
        folder["real"] = "hi";
        System.IO.File.CreateSymbolicLink(folder["link"], "real");
        Assert.Equal("hi", ContentOf("On(\"web\", new File(\"/x\") { Content = Local(\"link\") });"));
    }
}
