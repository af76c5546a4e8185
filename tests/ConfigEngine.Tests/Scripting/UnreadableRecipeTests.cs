using System.Runtime.InteropServices;

namespace ConfigEngine.Tests.Scripting;

public sealed class UnreadableRecipeTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("stie.csx", "stie.csx does not exist\n  hint: did you mean site.csx?")]
    [InlineData("site", "site does not exist\n  hint: did you mean site.csx?")]
    [InlineData("other.csx", "other.csx does not exist\n  hint: there are: db.csx, site.csx")]
    [InlineData("none/site.csx", "none/site.csx does not exist\n  hint: there is no directory none either")]
    public void A_missing_recipe_is_an_error_that_names_those_there_are(string name, string error)
    {
        folder["site.csx"] = "";
        folder["db.csx"] = "";
        Assert.Equal(error, folder.ErrorOfLoading(name));
    }

    [Fact]
    public void A_directory_is_an_error_that_names_its_recipes()
    {
        folder["recipes/site.csx"] = "";
        Assert.Equal("recipes is a directory\n  hint: there is: recipes/site.csx", folder.ErrorOfLoading("recipes"));
    }

    [Fact]
    public void Another_kind_of_file_is_an_error()
    {
        folder["site.yml"] = "- hosts: all";
        Assert.Equal(
            "site.yml is not a recipe\n  hint: a recipe is a C# script whose name ends in .csx",
            folder.ErrorOfLoading("site.yml")
        );
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_an_error_with_its_line()
    {
        System.IO.File.WriteAllBytes(folder["site.csx"], [.. "// one\n// "u8, 0xE9, .. "t\u00E9\n"u8]);
        Assert.Equal("site.csx(2): this line is not UTF-8 text\n  hint: save the file as UTF-8", folder.ErrorOfLoading());
    }

    [Fact]
    public void UTF_16_is_an_error_that_says_so()
    {
        System.IO.File.WriteAllText(folder["site.csx"], "On(\"web\");", System.Text.Encoding.Unicode);
        Assert.StartsWith("site.csx is UTF-16, not UTF-8", folder.ErrorOfLoading());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        folder["site.csx"] = "";
        System.IO.File.SetUnixFileMode(folder["site.csx"], UnixFileMode.None);
        Assert.Equal("site.csx cannot be read: permission denied", AsOneWhoMayNot(() => folder.ErrorOfLoading()));
    }

    [Fact]
    public void A_device_is_an_error_and_nothing_waits_for_it()
    {
        System.IO.File.CreateSymbolicLink(folder["site.csx"], "/dev/zero");
        Assert.Equal("site.csx is not a regular file", folder.ErrorOfLoading());
    }

    [Fact]
    public void A_file_of_the_kernel_is_an_error_and_not_an_empty_recipe()
    {
        System.IO.File.CreateSymbolicLink(folder["site.csx"], "/proc/self/mem");
        Assert.StartsWith("site.csx cannot be read: ", folder.ErrorOfLoading());
    }

    /// <summary>root reads everything: where that runs the tests, this thread looks at files as nobody meanwhile (setfsuid(2)).</summary>
    string AsOneWhoMayNot(Func<string> look)
    {
        if (!Environment.IsPrivilegedProcess)
            return look();
        System.IO.File.SetUnixFileMode(
            folder.Root,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherExecute
        );
        _ = SetFileUser(65534);
        try
        {
            return look();
        }
        finally
        {
            Assert.Equal(65534, SetFileUser(0));
        }
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetFileUser(int user);
}
