using System.Diagnostics;
using System.Net.Sockets;
using ConfigEngine.Local;
using ConfigEngine.Scripting;

namespace ConfigEngine.Tests.Scripting;

public sealed class LocalDirectoriesTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    IReadOnlyList<LocalEntry> List(string path = "tree") =>
        new LocalFiles(ScriptPaths.For(folder["site.csx"]), new(Trust.ForRecipes([]))).List(path, folder["site.csx"]);

    string ErrorOf(string path = "tree") => folder.Shown(Assert.Throws<RecipeException>(() => List(path)));

    [Fact]
    public void A_directory_is_listed_with_all_below_it_sorted()
    {
        folder["tree/b/c"] = "three";
        folder["tree/b.d"] = "four";
        folder["tree/B"] = "two";
        folder["tree/.a"] = "one";
        Directory.CreateDirectory(folder["tree/empty"]);
        Assert.Equal(
            [".a one", "B two", "b /", "b.d four", "b/c three", "empty /"],
            List().Select(entry => $"{entry.Path} {entry.Content?.Text ?? "/"}")
        );
    }

    [Fact]
    public void What_its_owner_may_execute_is_executable()
    {
        folder["tree/run"] = "#!/bin/sh\n";
        folder["tree/text"] = "";
        System.IO.File.SetUnixFileMode(folder["tree/run"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        System.IO.File.SetUnixFileMode(folder["tree/text"], UnixFileMode.UserRead | UnixFileMode.OtherExecute);
        Assert.Equal(["run"], List().Where(entry => entry.Executable).Select(entry => entry.Path));
    }

    [Fact]
    public void Links_are_what_they_lead_to()
    {
        folder["elsewhere/a"] = "one";
        Directory.CreateDirectory(folder["tree"]);
        Directory.CreateSymbolicLink(folder["tree/directory"], "../elsewhere");
        System.IO.File.CreateSymbolicLink(folder["tree/file"], "../elsewhere/a");
        Directory.CreateSymbolicLink(folder["link"], "tree");
        Assert.Equal(["directory", "directory/a", "file"], List("link").Select(entry => entry.Path));
    }

    [Theory]
    [InlineData("..", "tree")]
    [InlineData(".", "tree/a")]
    [InlineData("../..", "")]
    public void A_link_to_a_directory_that_contains_it_is_an_error(string target, string shown)
    {
        folder["tree/a/b"] = "";
        Directory.CreateSymbolicLink(folder["tree/a/up"], target);
        Assert.Equal($"tree/a/up is a symbolic link to {(shown.Length == 0 ? folder.Root : shown)}, which contains it", ErrorOf());
    }

    [Fact]
    public void Links_that_lead_nowhere_are_an_error()
    {
        Directory.CreateDirectory(folder["tree"]);
        System.IO.File.CreateSymbolicLink(folder["tree/a"], "b");
        Assert.Equal("tree/a is a symbolic link to b, which does not exist", ErrorOf());
        System.IO.File.CreateSymbolicLink(folder["tree/b"], "a");
        Assert.StartsWith("tree/", ErrorOf());
    }

    [Theory]
    [InlineData("none", "the directory none does not exist")]
    [InlineData("file", "the directory file is a file")]
    [InlineData("", "the path of a local file is empty")]
    public void What_is_no_directory_is_an_error(string path, string error)
    {
        folder["file"] = "";
        Assert.Equal(error, ErrorOf(path));
    }

    [Fact]
    public void A_FIFO_is_an_error_and_nothing_waits_for_it()
    {
        Directory.CreateDirectory(folder["tree"]);
        using var mkfifo = Process.Start("mkfifo", [folder["tree/fifo"]]);
        mkfifo.WaitForExit();
        Assert.Equal("tree/fifo is not a regular file", ErrorOf());
    }

    [Fact]
    public void A_socket_is_an_error()
    {
        Directory.CreateDirectory(folder["tree"]);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["tree/socket"]));
        Assert.StartsWith("tree/socket ", ErrorOf());
    }
}
