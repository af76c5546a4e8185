using System.Globalization;
using Xunit.Abstractions;

namespace ConfigEngine.Lab;

/// <summary>
/// What root looks at in a directory that somebody else can write: nothing that only root may read is shown, whatever its owner puts in
/// the place of what is looked at meanwhile.
/// </summary>
[Collection("lab")]
public sealed class ProbingTests(Lab lab, ITestOutputHelper output)
{
    const int Looks = 300;

    /// <summary>Their owner: files and directories become links to root's, and are themselves again.</summary>
    const string Racer = """
        my @places = (
            ['/srv/theirs', 'file', '/srv/roots/file'], ['/srv/theirs', 'sub', '/srv/roots'],
            ['/srv/theirs/tree', 'file', '/srv/roots/file'], ['/srv/theirs/tree', 'sub', '/srv/roots'],
            ['/home/plain', '.ssh', '/srv/roots'], ['/home/plain/.ssh', 'authorized_keys', '/srv/roots/file'],
        );
        while (1) {
            for my $place (@places) {
                my ($at, $name, $to) = @$place;
                chdir $at or next;
                rename $name, "$name.away" or next;
                symlink $to, $name;
                select undef, undef, undef, rand 0.002;
                unlink $name;
                rename "$name.away", $name;
                select undef, undef, undef, rand 0.002;
            }
        }
        """;

    static readonly string[] Questions =
    [
        "cfg_path /srv/theirs/file - 4096 root root",
        "cfg_path /srv/theirs/sub/file - 4096 root root",
        "cfg_tree /srv/theirs/tree root root - - '' file sub sub/file",
        "cfg_keys plain -",
    ];

    [LabFact]
    public async Task Nothing_that_only_root_may_read_is_shown_whatever_is_exchanged_meanwhile()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile("/srv/racer.pl", Racer);
        await host.Sh(
            """
            chmod 644 /srv/racer.pl
            mkdir -m 755 /srv/roots
            for name in file authorized_keys; do echo 'of root alone' >/srv/roots/$name; chmod 600 /srv/roots/$name; done
            mkdir -p /srv/theirs/sub /srv/theirs/tree/sub /home/plain/.ssh
            for at in /srv/theirs /srv/theirs/sub /srv/theirs/tree /srv/theirs/tree/sub; do echo theirs >$at/file; done
            echo theirs >/home/plain/.ssh/authorized_keys
            chown -R plain: /srv/theirs /home/plain
            """
        );
        await host.WriteFile(
            "/root/looks.sh",
            $$"""
            {{Library.Text}}
            cfg_mounted=$(cat /proc/self/mountinfo)
            runuser -u plain -- perl /srv/racer.pl & racer=$!
            trap 'kill $racer; wait $racer 2>/dev/null' EXIT
            ask() {
                look=0 shown=0 refused=0
                while [ $look -lt {{Looks}} ]; do
                    look=$((look + 1))
                    ( eval "$1" ) >/tmp/answer 2>/tmp/error || refused=$((refused + 1))
                    ! grep -aqx theirs /tmp/answer || shown=$((shown + 1))
                    ! grep -aqF 'of root alone' /tmp/answer /tmp/error || echo "of root: $1"
                done
                echo "$shown $refused $1"
            }
            {{string.Join('\n', Questions.Select(question => $"ask {Shell.Quote(question)}"))}}
            """
        );

        var lines = (await host.Run("sh /root/looks.sh", deadline: TimeSpan.FromMinutes(15)))
            .Succeeded("the looks")
            .Stdout.TrimEnd('\n')
            .Split('\n');

        Assert.DoesNotContain(lines, line => line.StartsWith("of root", StringComparison.Ordinal));
        Assert.Equal(Questions.Length, lines.Length);
        foreach (var line in lines)
            output.WriteLine($"shown, refused of {Looks}: {line}");

        // That it was shown what it is, and not always, shows that the rest was a race.
        Assert.All(lines, line => Assert.True(int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture) is > 0 and < Looks, line));
    }

    /// <summary>Many programs put a new file in the place of an old one, and no plan should fail for that.</summary>
    [LabFact]
    public async Task A_file_that_is_replaced_again_and_again_is_looked_at_all_the_same()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir -p /srv/log /root/.ssh; echo 0 >/srv/log/file");
        await host.WriteFile(
            "/root/looks.sh",
            $$"""
            {{Library.Text}}
            cfg_mounted=$(cat /proc/self/mountinfo)
            (while :; do
                echo 1 >/srv/log/new; mv /srv/log/new /srv/log/file
                cp -p /root/.ssh/authorized_keys /root/.ssh/new; mv /root/.ssh/new /root/.ssh/authorized_keys
            done) & replacer=$!
            trap 'kill $replacer' EXIT
            for look in $(seq {{Looks}}); do
                cfg_path /srv/log/file - 4096 root root >/tmp/path || exit
                cfg_keys root - >/tmp/keys || exit
                cfg_digest_at /srv/log/file sha256sum >/tmp/digest || exit
                [ "$(wc -l </tmp/path)" = 3 ] && [ "$(sed -n 4p /tmp/keys)" != '' ] || { cat /tmp/path /tmp/keys; exit 1; }
            done
            """
        );

        (await host.Run("sh /root/looks.sh", deadline: TimeSpan.FromMinutes(15))).Succeeded("the looks");
    }

    /// <summary>A link that was there before is followed only if nobody else could have put it there, as it is for writing.</summary>
    [LabFact]
    public async Task A_link_that_somebody_else_can_change_is_not_followed_and_one_of_roots_is()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            mkdir -p /srv/roots /srv/theirs && echo 'of root alone' >/srv/roots/file && chmod 600 /srv/roots/file
            ln -s /srv/roots /srv/link && ln -s /srv/roots /srv/theirs/link && chown -hR plain: /srv/theirs
            """
        );

        Assert.Contains(
            "/srv/theirs/link is a link that somebody else can change, so it is not followed",
            await host.ErrorOf(new Resources.File("/srv/theirs/link/file") { Content = "new\n" }),
            StringComparison.Ordinal
        );
        Assert.Single((await host.Plan(new Resources.File("/srv/link/file") { Content = "new\n" })).Changes);
    }
}
