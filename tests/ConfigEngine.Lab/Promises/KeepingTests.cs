using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What a file that takes the place of another one keeps of it, or is said not to.</summary>
[Collection("lab")]
public sealed class KeepingTests(Lab lab)
{
    /// <summary>An access control list, for setxattr(2).</summary>
    const string Acl = """pack("L (SSL)*", 2, 1,6,0xffffffff, 2,4,2003, 4,4,0xffffffff, 0x10,4,0xffffffff, 0x20,0,0xffffffff)""";

    const string SetXattr = "188";
    const string GetXattr = "191";

    /// <summary>
    /// What a file is besides its content, owner and mode: one that takes its place keeps it, or the plan says that it does not.
    /// </summary>
    [LabFact]
    public async Task Other_names_attributes_and_access_control_lists_are_kept_or_said()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            $$"""
            cd /srv
            for f in linked line kept moded; do echo old >$f; done; ln linked other; ln line third; ln line fourth; chmod 640 kept moded
            for f in kept moded; do
              perl -e 'my ($f, $n, $v) = ($ARGV[0], "user.note", "mine"); syscall({{SetXattr}}, $f, $n, $v, length $v, 0) == 0 or die "user.note: $!"' $f
              perl -e 'my ($f, $n, $v) = ($ARGV[0], "system.posix_acl_access", {{Acl}}); syscall({{SetXattr}}, $f, $n, $v, length $v, 0) == 0 or die "acl: $!"' $f
            done
            ls -l kept | grep -q '^-rw-r-----+'
            """
        );

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/linked") { Content = "new\n" },
            new Line("/srv/line", "more"),
            new Line("/srv/line", "and more"),
            new File("/srv/kept") { Content = "new\n", Mode = "0640" },
            new File("/srv/moded") { Content = "new\n", Mode = "0600" }
        );

        Nothing.In(applied.Error);
        Assert.Equal(
            [
                "it has 1 other name (hard links), which will still be the old file",
                "it has 2 other names (hard links), which will still be the old file",
            ],
            applied.Plan.Changes.SelectMany(change => change.Notes)
        );
        Assert.Equal(
            ["Discards the access control list of /srv/moded (acl(5)), because it gets another mode"],
            applied.Plan.Changes.SelectMany(change => change.Effects).Select(effect => $"{effect.Kind} {effect.What} {effect.Detail}")
        );
        Assert.Equal("old old new", await host.Sh("cd /srv; echo $(cat other third linked)"));
        Assert.Equal(
            "mine mine",
            await host.Sh(
                $$"""cd /srv; for f in kept moded; do perl -e 'my ($f, $n, $v) = ($ARGV[0], "user.note", "x" x 4); syscall({{GetXattr}}, $f, $n, $v, 4); print "$v\n"' $f; done | xargs"""
            )
        );
        Assert.Equal("-rw-r-----+ -rw-------", await host.Sh("ls -l /srv/kept /srv/moded | cut -d ' ' -f 1 | xargs"));
        await host.Sh("runuser -u plain -- cat /srv/kept");
        Assert.Empty(
            (
                await Rig.Plan(
                    lab.SshConfig,
                    host.Name,
                    new File("/srv/kept") { Content = "new\n", Mode = "0640" },
                    new File("/srv/moded") { Content = "new\n", Mode = "0600" }
                )
            ).Changes
        );
    }

    /// <summary>The same of the files of a tree.</summary>
    [LabFact]
    public async Task Other_names_attributes_and_access_control_lists_of_a_trees_files_are_kept_or_said()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            $$"""
            mkdir -p /srv/tree/sub && cd /srv/tree && for f in linked sub/kept; do echo old >$f; done; ln linked ../other; chmod 640 sub/kept
            perl -e 'my ($f, $n, $v) = ("sub/kept", "user.note", "mine"); syscall({{SetXattr}}, $f, $n, $v, length $v, 0) == 0 or die "user.note: $!"'
            perl -e 'my ($f, $n, $v) = ("sub/kept", "system.posix_acl_access", {{Acl}}); syscall({{SetXattr}}, $f, $n, $v, length $v, 0) == 0 or die "acl: $!"'
            """
        );
        Tree tree = new("/srv/tree") { From = [new("linked", "new\n", Executable: false), new("sub/kept", "new\n", Executable: false)] };

        var applied = await host.Apply(tree);

        Nothing.In(applied.Error);
        Assert.Equal(
            ["linked has other names (hard links), which will still be the old file"],
            applied.Plan.Changes.SelectMany(change => change.Notes)
        );
        Assert.Equal("old new new", await host.Sh("cd /srv; echo $(cat other tree/linked tree/sub/kept)"));
        Assert.Equal(
            "mine",
            await host.Sh(
                $$"""perl -e 'my ($f, $n, $v) = ("/srv/tree/sub/kept", "user.note", "x" x 4); syscall({{GetXattr}}, $f, $n, $v, 4); print $v'"""
            )
        );
        Assert.Equal("-rw-r-----+", await host.Sh("ls -l /srv/tree/sub/kept | cut -d ' ' -f 1"));
        Assert.True((await host.Plan(tree)).IsEmpty);
    }
}
