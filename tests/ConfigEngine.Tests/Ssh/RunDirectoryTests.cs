using ConfigEngine.Ssh;

namespace ConfigEngine.Tests;

/// <summary>The directory for sockets and questions, in places of all kinds.</summary>
public sealed class RunDirectoryTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("run-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void It_is_this_users_alone_and_goes()
    {
        var made = RunDirectory.Make([root]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made.Path));
        Assert.NotEqual(made.NewSocket(), made.NewSocket());
        File.WriteAllText(made.NewSocket(), "");
        made.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ROOT/none")]
    [InlineData("ROOT/file")]
    [InlineData("ROOT/open")]
    [InlineData("ROOT/${HOME}")]
    [InlineData("ROOT/two\nlines")]
    [InlineData("relative")]
    [InlineData("ROOT/a-name-that-is-much-too-long-for-the-path-of-a-socket-in-the-file-system-because-it-has-ninety-letters")]
    public void Where_a_place_will_not_do_the_next_one_is_taken(string place)
    {
        var full = place.Replace("ROOT", root, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(root, "file"), "");
        Directory.CreateDirectory(Path.Combine(root, "open"));
        File.SetUnixFileMode(Path.Combine(root, "open"), (UnixFileMode)0b111_111_111);
        if (!place.EndsWith("none", StringComparison.Ordinal) && Path.IsPathRooted(full) && !File.Exists(full))
            Directory.CreateDirectory(full);
        Directory.CreateDirectory(Path.Combine(root, "good one"));

        using var made = RunDirectory.Make([full, Path.Combine(root, "good one")]);

        Assert.Equal(Path.Combine(root, "good one"), Path.GetDirectoryName(made.Path));
    }

    [Fact]
    public void Where_no_place_will_do_each_is_told_with_its_reason()
    {
        var full = Path.Combine(root, new string('x', 80));
        Directory.CreateDirectory(full);
        var error = Assert.Throws<HostUnreachableException>(() => RunDirectory.Make([full, "/proc/none"]));
        Assert.Contains("there is no directory for the sockets of ssh's connections", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{full}: its path is too long for a socket, by ", error.Message, StringComparison.Ordinal);
        Assert.Contains("/proc/none: /proc/none does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_run_removes_what_no_process_holds_and_nothing_of_one_that_lives()
    {
        using var living = RunDirectory.Make([root]);
        var dead = Directory.CreateDirectory($"{living.Path[..^8]}deadrun1").FullName;
        File.WriteAllText(Path.Combine(dead, "lock"), "");
        File.WriteAllText(Path.Combine(dead, "1"), "");
        var begun = Directory.CreateDirectory($"{living.Path[..^8]}deadrun2").FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(root, "configengine-else")).FullName;
        var link = Path.Combine(root, Path.GetFileName(living.Path)[..^8] + "deadlink");
        Directory.CreateSymbolicLink(link, foreign);

        using var next = RunDirectory.Make([root]);

        Assert.Equal(new HashSet<string>([foreign, link, living.Path, next.Path]), [.. Directory.GetFileSystemEntries(root)]);
        Assert.True(File.Exists(Path.Combine(living.Path, "lock")));
        Assert.False(Directory.Exists(dead) || Directory.Exists(begun));
    }

    [Fact]
    public async Task Many_that_begin_at_once_leave_each_other_alone()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => RunDirectory.Make([root]))));
        Assert.All(made, each => Assert.True(File.Exists(Path.Combine(each.Path, "lock"))));
        Assert.Equal(30, Directory.GetDirectories(root).Length);
        foreach (var each in made)
            each.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(root));
    }
}
