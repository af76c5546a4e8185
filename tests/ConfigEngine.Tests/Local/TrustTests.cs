using ConfigEngine.Local;

namespace ConfigEngine.Tests.Local;

/// <summary>Whose files are trusted. That those of other users are not is tried with other users in the lab.</summary>
public sealed class TrustTests : IDisposable
{
    const UnixFileMode Usual = (UnixFileMode)0b111_101_101;
    const UnixFileMode Everybodys = (UnixFileMode)0b111_111_111;
    const UnixFileMode Groups = (UnixFileMode)0b111_111_101;

    readonly string root = System.IO.Directory.CreateTempSubdirectory("trust-").FullName;

    public void Dispose() => System.IO.Directory.Delete(root, recursive: true);

    [Fact]
    public void What_nobody_else_can_write_is_trusted() => Assert.Equal("x"u8.ToArray(), Trust.Own.Find(Make("a/b/file", Usual)).Read());

    [Fact]
    public void What_everybody_can_write_is_not()
    {
        System.IO.File.SetUnixFileMode(Make("a/file", Usual), Everybodys);
        Assert.Equal("everybody can write ROOT/a/file", WhyNot("a/file"));
    }

    [Fact]
    public void What_is_below_a_directory_that_everybody_can_write_is_not()
    {
        Make("a/b/c/file", Usual);
        System.IO.File.SetUnixFileMode(At("a"), Everybodys);
        Assert.Equal("everybody can write ROOT/a", WhyNot("a/b/c/file"));
        Assert.Equal("chmod o-w ROOT/a", Shown(Assert.Throws<UntrustedException>(() => Trust.Own.Find(At("a/b/c/file"))).Hint));
    }

    [Fact]
    public void In_a_sticky_directory_each_file_speaks_for_itself()
    {
        Make("a/file", Usual);
        System.IO.File.SetUnixFileMode(At("a"), Everybodys | UnixFileMode.StickyBit);
        Trust.Own.Find(At("a/file"));
    }

    [Theory]
    [InlineData("me:x:USER:GROUP:::", "mine:x:GROUP:", true)]
    [InlineData("me:x:USER:1:::", "mine:x:GROUP:me", true)]
    [InlineData("me:x:USER:GROUP:::\nother:x:54321:1:::", "mine:x:GROUP:other", false)]
    [InlineData("me:x:USER:GROUP:::\nother:x:54321:GROUP:::", "mine:x:GROUP:", false)]
    [InlineData("me:x:USER:1:::", "mine:x:GROUP:somebody", false)]
    [InlineData("me:x:USER:1:::", "mine:x:GROUP:", false)]
    [InlineData("me:x:USER:1:::", "", false)]
    public void A_group_may_write_where_there_is_nobody_else_in_it(string passwd, string group, bool isTrusted)
    {
        System.IO.File.SetUnixFileMode(Make("a/file", Usual), Groups);
        var number = FileStatus.Of(At("a/file"))?.Group;
        LocalAccounts accounts = new(Numbered(passwd), Numbered(group));
        Trust trust = new([0, Trust.ThisUser], accounts);
        if (isTrusted)
            trust.Find(At("a/file"));
        else
            Assert.Equal($"the group {(group.Length > 0 ? "mine" : number)} can write ROOT/a/file", WhyNot("a/file", trust));

        string Numbered(string text) =>
            text.Replace("USER", $"{Trust.ThisUser}", StringComparison.Ordinal).Replace("GROUP", $"{number}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_belongs_to_somebody_else_is_not_trusted()
    {
        Make("a/file", Usual);
        Trust other = new([54321], new LocalAccounts("root:x:0:0:::\nann:x:54321:1:::", ""));
        Assert.StartsWith("/ belongs to root, and cfg runs as ", WhyNot("a/file", other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open/file")]
    [InlineData("../open/file")]
    [InlineData("ROOT/link2")]
    public void A_link_is_what_it_leads_to(string target)
    {
        Make("open/file", Usual);
        System.IO.Directory.CreateDirectory(At("sub"));
        System.IO.File.CreateSymbolicLink(At("link2"), "sub/../open/file");
        System.IO.File.CreateSymbolicLink(
            At(target.StartsWith("..", StringComparison.Ordinal) ? "sub/link" : "link"),
            target.Replace("ROOT", root, StringComparison.Ordinal)
        );
        var link = target.StartsWith("..", StringComparison.Ordinal) ? "sub/link" : "link";
        Assert.Equal(At("open/file"), Trust.Own.Find(At(link)).Path);
        System.IO.File.SetUnixFileMode(At("open"), Everybodys);
        Assert.Equal("everybody can write ROOT/open", WhyNot(link));
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        System.IO.File.CreateSymbolicLink(At("a"), "b");
        System.IO.File.CreateSymbolicLink(At("b"), "a");
        Assert.Contains(
            "too many symbolic links",
            Assert.Throws<IOException>(() => Trust.Own.Find(At("a"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_in_a_directory_that_the_user_vouches_for_is_trusted_and_nothing_besides()
    {
        Make("a/b/file", Everybodys);
        Make("a/c/file", Everybodys);
        System.IO.File.SetUnixFileMode(At("a"), Everybodys);
        System.IO.File.CreateSymbolicLink(At("a/b/out"), "../c/file");
        var trust = Trust.ForRecipes([At("a/b")]);
        trust.Find(At("a/b/file"));
        Assert.Throws<UntrustedException>(() => trust.Find(At("a/c/file")));
        Assert.Throws<UntrustedException>(() => trust.Find(At("a/b/out")));
        Assert.Throws<DirectoryNotFoundException>(() => Trust.ForRecipes([At("nowhere")]));
    }

    [Fact]
    public void What_was_checked_is_what_is_opened()
    {
        var file = Trust.Own.Find(Make("a/file", Usual));
        System.IO.File.Move(At("a/file"), At("a/old"));
        Make("a/file", Usual);
        Assert.Contains("was replaced", Assert.Throws<IOException>(file.Read).Message, StringComparison.Ordinal);

        file = Trust.Own.Find(At("a/file"));
        System.IO.File.Delete(At("a/file"));
        System.IO.File.CreateSymbolicLink(At("a/file"), "old");
        Assert.Contains("was replaced", Assert.Throws<IOException>(file.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_cfgs_own_is_made_for_this_user_alone()
    {
        Trust.Own.MakeDirectory(At("new/state"));
        System.IO.File.SetUnixFileMode(At("new/state"), Usual);
        Trust.Own.MakeDirectory(At("new/state"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            System.IO.File.GetUnixFileMode(At("new/state"))
        );
        System.IO.File.SetUnixFileMode(At("new"), Everybodys);
        Assert.Throws<UntrustedException>(() => Trust.Own.MakeDirectory(At("new/state")));
        Assert.Throws<UntrustedException>(() => Trust.Own.MakeDirectory(At("new/other/state")));
        Assert.False(System.IO.Directory.Exists(At("new/other")));
    }

    string Make(string path, UnixFileMode mode)
    {
        var full = At(path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full) ?? root, Usual);
        System.IO.File.WriteAllText(full, "x");
        System.IO.File.SetUnixFileMode(full, mode);
        return full;
    }

    string At(string path) => Path.Combine(root, path);

    string WhyNot(string path, Trust? trust = null) =>
        Shown(Assert.Throws<UntrustedException>(() => (trust ?? Trust.Own).Find(At(path))).Why);

    string Shown(string text) => text.Replace(root, "ROOT", StringComparison.Ordinal);
}
