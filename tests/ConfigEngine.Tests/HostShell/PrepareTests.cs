namespace ConfigEngine.Tests.HostShell;

/// <summary>
/// A file that was prepared and then renamed is the file that its step would have written: with the same content, owner, mode and
/// attributes. Through real shells, on this machine.
/// </summary>
public sealed class PrepareTests : IDisposable
{
    readonly string place = System.IO.Directory.CreateTempSubdirectory("cfg-prepare-").FullName;

    public void Dispose() => System.IO.Directory.Delete(place, recursive: true);

    /// <summary>What there is before, in both directories: in the one files are prepared, in the other they are written.</summary>
    const string Before = """
        for in in prepared written; do
          mkdir -p $in/kept $in/deep/er $in/open $in/group $in/alias
          cd $in || exit
          echo old >kept/old; chmod 0640 kept/old
          echo old >kept/program; chmod 4755 kept/program
          : >kept/empty; chmod 0600 kept/empty
          echo old >kept/two; ln kept/two kept/names
          mkdir kept/directory
          chmod 777 open; chmod 2755 group; ln -s ../deep alias/link
          cd .. || exit
        done
        """;

    static readonly (string Path, string Owner, string Group, string Mode, string Content)[] Files =
    [
        ("kept/new", "", "", "", "hello\n"),
        ("kept/no-line-end", "", "", "0400", "a 'quoted' $word \\n `x` \"y\"\t%s"),
        ("kept/nothing", "", "", "", ""),
        ("kept/letters", "", "", "0755", "grüße\n"),
        ("kept/old", "", "", "", "new\n"),
        ("kept/program", "", "", "", "new\n"),
        ("kept/empty", "", "", "0644", "new\n"),
        ("kept/two", "", "", "", "new\n"),
        ("deep/er/file", "", "", "2644", "deep\n"),
        ("open/file", "", "", "", "others can write here\n"),
        ("group/file", "", "", "", "in its group\n"),
        ("alias/link/er/linked", "", "", "", "over a link\n"),
    ];

    /// <summary>Left to their steps: others can write there, the directory has a group of its own, there is a link on the way.</summary>
    static readonly string[] Left = ["open/file", "group/file", "alias/link/er/linked"];

    [ToolFact("dash", "busybox")]
    public void What_is_prepared_is_what_its_step_would_write()
    {
        foreach (var shell in SmallShells.All)
        {
            Run(["sh"], $"cd {place} && rm -rf prepared written records\n{Before}\nmkdir records");
            var said = Run(
                shell,
                $"""
                {Start}
                {Noted("prepared")}
                cfg_prepare_all .cfg.test~
                echo "ready$cfg_ready"
                {Each((file, number) => $"cfg_move {number} {At("prepared", file.Path)} || echo left {Shell.Quote(file.Path)}")}
                cfg_unprepare
                {Each((file, number) => $"printf %s {Shell.Quote(file.Content)} | cfg_write {At("written", file.Path)} {Words(file)} ''")}
                """
            );

            Assert.Equal(
                Left.Select(path => $"left {path}"),
                said.Split('\n').Where(line => line.StartsWith("left", StringComparison.Ordinal))
            );
            var paths = string.Join(' ', Files.Select(file => file.Path).Except(Left).Append("kept/names").Select(Shell.Quote));
            string Shown(string directory) =>
                Run(
                    ["sh"],
                    $"cd {place}/{directory} || exit\nfor it in {paths}; do stat -c '%n %F %a %u %g %s %h' $it; sha256sum $it; done"
                );
            Assert.Equal(Shown("written"), Shown("prepared"));
            Assert.Contains("regular file 4755", Shown("prepared"), StringComparison.Ordinal);
            Assert.Equal(
                "",
                Run(["sh"], $"cd {place} && ls -A records && ls -dA prepared/.cfg* prepared/*/.cfg* prepared/*/*/.cfg* 2>/dev/null")
            );
        }
    }

    /// <summary>Nothing is prepared that its step would refuse, and nothing that was there is lost.</summary>
    [ToolFact("dash", "busybox")]
    public void What_cannot_be_prepared_is_left_to_its_step()
    {
        foreach (var shell in SmallShells.All)
        {
            Run(["sh"], $"cd {place} && rm -rf prepared written records\n{Before}\nmkdir records; ln -s old prepared/kept/link");
            var said = Run(
                shell,
                $"""
                {Start}
                cfg_file 1 {At("prepared", "kept/directory")} '' '' '' plain x
                cfg_file 2 {At("prepared", "kept/link")} '' '' '' plain x
                cfg_file 3 {At("prepared", "none/file")} '' '' '' plain x
                cfg_file 4 {At("prepared", "kept/nobody")} no-such-user '' '' plain x
                cfg_file 5 {At("prepared", "kept/fine")} '' '' '' plain x
                cfg_prepare_all .cfg.test~
                echo "ready$cfg_ready"
                cfg_unprepare
                """
            );

            Assert.Equal("ready 5\n", said);
            Assert.Equal(
                "directory\nempty\nlink\nnames\nold\nprogram\ntwo\n",
                Run(["sh"], $"ls -A {place}/prepared/kept && ls -A {place}/records")
            );
        }
    }

    /// <summary>One file after the other needs less room than all at once.</summary>
    [ToolFact("dash")]
    public void Where_one_has_no_room_none_is_prepared()
    {
        Run(["sh"], $"cd {place} || exit\n{Before}\nmkdir records");

        var said = Run(
            ["dash"],
            $"""
            {Start}
            cfg_content() {"{"} [ "$1" != 2 ]; {"}"}
            cfg_file 1 {At("prepared", "kept/one")} '' '' '' plain x
            cfg_file 2 {At("prepared", "kept/two")} '' '' '' plain x
            cfg_prepare_all .cfg.test~
            echo "ready$cfg_ready"
            ls -A prepared/kept
            """
        );

        Assert.Equal("ready\ndirectory\nempty\nnames\nold\nprogram\ntwo\n", said);
    }

    /// <summary>A run that was ended leaves a note, so the next one removes what it prepared, and nothing else.</summary>
    [ToolFact("dash")]
    public void What_an_ended_run_prepared_is_removed_by_the_next()
    {
        Run(["sh"], $"cd {place} || exit\n{Before}\nmkdir records");
        Run(["dash"], $"{Start}\ncfg_file 1 {At("prepared", "kept/one")} '' '' '' plain x\ncfg_prepare_all .cfg.test~\nkill -9 $$");
        Assert.Equal("one\n", Run(["sh"], $"ls {place}/prepared/kept/.cfg.test~"));

        Run(["dash"], $"{Start}\ncfg_unprepare");

        Assert.Equal("directory\nempty\nnames\nold\nprogram\ntwo\n", Run(["sh"], $"ls -A {place}/prepared/kept && ls -A {place}/records"));
    }

    string Start => $"{Library.Text}\ncd {place} || exit\ncfg_kept={place}/records";

    string Noted(string directory) =>
        Each(
            (file, number) =>
                $"cfg_file {number} {At(directory, file.Path)} {Words(file)} "
                + (
                    file.Content.All(char.IsAscii)
                        ? $"plain {Shell.Quote(file.Content)}"
                        : $"base64 {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(file.Content))}"
                )
        );

    static string Each(Func<(string Path, string Owner, string Group, string Mode, string Content), int, string> line) =>
        string.Join('\n', Files.Select(line));

    static string Words((string Path, string Owner, string Group, string Mode, string Content) file) =>
        $"{Shell.Quote(file.Owner)} {Shell.Quote(file.Group)} {Shell.Quote(file.Mode)}";

    string At(string directory, string path) => Shell.Quote($"{place}/{directory}/{path}");

    static string Run(IReadOnlyList<string> shell, string script) => SmallShells.Run(shell, script).Text;
}
