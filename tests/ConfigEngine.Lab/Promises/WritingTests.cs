using System.Globalization;
using System.Text;
using ConfigEngine.Resources;
using Xunit.Abstractions;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// What root writes in a directory that somebody else can write stays away from everything of root's, whatever its owner does
/// meanwhile. <c>CFG_RACES</c> says how often each change is made; 100 times when it is not set, which is more than a thousand writes.
/// </summary>
[Collection("lab")]
public sealed class WritingTests(Lab lab, ITestOutputHelper output)
{
    static readonly int Races = Environment.GetEnvironmentVariable("CFG_RACES") is { Length: > 0 } races
        ? int.Parse(races, CultureInfo.InvariantCulture)
        : 100;

    const string Place = "/srv/theirs/sub";

    /// <summary>
    /// Their owner: in the place of whatever appears there come links to root's files and directories, and a file of root's that lies
    /// there. The directory itself goes and comes back, too.
    /// </summary>
    const string Racer = """
        my ($turn, %wanted) = (0, map { $_ => 1 } @ARGV);
        while (1) {
            for my $place ('/srv/theirs/sub', '/srv/theirs/sub/tree', '/srv/theirs/sub/mounted', '/home/plain/.ssh') {
                chdir $place or next;
                opendir my $list, '.' or next;
                my @names = grep { /^\.cfg/ or $wanted{$_} } readdir $list;
                closedir $list;
                for my $name (@names) {
                    next if -l $name and $name =~ /^\.cfg/;
                    my $what = $turn++ % ($name =~ /^\.cfg/ ? 5 : 499);
                    if ($what < 4) {
                        rename $name, "/srv/theirs/away/$$." . $turn % 100 or next;
                        symlink $what % 2 ? '/srv/roots' : "/srv/roots/$name", $name;
                    } elsif ($what == 4 && $place eq '/srv/theirs/sub') {
                        rename $name, "/srv/theirs/away/$$.name" or next;
                        rename 'mine', $name;
                        select undef, undef, undef, 0.002;
                        rename $name, 'mine';
                    }
                }
            }
            if ($turn % 5 == 0) {
                chdir '/srv/theirs';
                rename 'sub', 'sub.away' and symlink '/srv/roots', 'sub' or next;
                select undef, undef, undef, 0.002;
                unlink 'sub';
                rename 'sub.away', 'sub';
            }
            $turn++;
            select undef, undef, undef, 0.001;
        }
        """;

    /// <summary>What is there before each change, made as the user whose directory it is.</summary>
    const string Theirs = """
        cd /srv/theirs/sub && [ ! -L ../sub ] || exit
        for name in old own lines removed dir tree link new made mounted; do [ ! -L $name ] || rm -f $name; done
        [ ! -L /home/plain/.ssh/authorized_keys ] || rm -f /home/plain/.ssh/authorized_keys
        rm -rf made mounted old.bak
        echo before >old; echo content >own; echo line >lines
        mkdir -p dir removed/below tree/kept; touch removed/below/file; echo kept >tree/kept/file; echo before >tree/changed; touch tree/extra; mkdir -p tree/gone/below
        rm -rf tree/new; chmod 755 dir tree/kept; chmod 644 own tree/kept/file; echo none >/home/plain/.ssh/authorized_keys
        """;

    static IReadOnlyList<IDeclaration> Recipe =>
        [
            new File($"{Place}/new")
            {
                Content = "new\n",
                Owner = "plain",
                Mode = "0644",
            },
            new File($"{Place}/old")
            {
                Content = "after\n",
                Owner = "plain",
                Backup = $"{Place}/old.bak",
            },
            new File($"{Place}/own")
            {
                Content = "content\n",
                Owner = "root",
                Group = "plain",
                Mode = "0640",
            },
            new Directory($"{Place}/made") { Owner = "plain", Mode = "0750" },
            new Directory($"{Place}/dir")
            {
                Owner = "plain",
                Group = "root",
                Mode = "2770",
            },
            new Symlink($"{Place}/link") { Target = "old", Owner = "plain" },
            new Line($"{Place}/lines", "another line"),
            new NoPath($"{Place}/removed"),
            new Tree($"{Place}/tree")
            {
                From =
                [
                    new("changed", "after\n", Executable: false),
                    new("new/deep/file", "new\n", Executable: true),
                    new("kept/file", "kept\n", Executable: false),
                ],
                Owner = "plain",
                FileMode = "0600",
                DirectoryMode = "0711",
                Purge = true,
            },
            new Mount($"{Place}/mounted/point")
            {
                Device = "tmpfs",
                Type = "tmpfs",
                Options = ["size=64k"],
            },
            new AuthorizedKey("plain", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFrbDkLEuuh3Wn0kVnHv1xPZ8wN5gf7Ezc0yGb1vkBPd race"),
        ];

    [LabFact]
    public async Task Whoever_owns_a_directory_gets_nothing_of_roots_by_what_root_writes_in_it()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile("/srv/racer.pl", Racer);
        await host.WriteFile("/srv/theirs.sh", Theirs);
        await host.Sh(
            $"""
            chmod 644 /srv/racer.pl /srv/theirs.sh
            mkdir -p /srv/roots {Place} /srv/theirs/away && chown -R plain: /srv/theirs
            cd /srv/roots && for name in secret new old own lines authorized_keys changed file link; do echo "root's" >$name; chmod 600 $name; done
            mkdir -p dir made removed tree mounted/point point && echo "root's" >removed/file && chmod 600 removed/file
            cd {Place} && echo "root's" >mine && chmod 600 mine && chown root: mine
            runuser -u plain -- sh /srv/theirs.sh
            """
        );
        var plan = await Rig.Plan(lab.SshConfig, host.Name, Recipe);
        var operations = plan
            .Changes.SelectMany(change => change.Operations, (change, operation) => (change.Address, Operation: operation))
            .ToList();
        Assert.Equal(Recipe.Count, plan.Changes.Count());

        StringBuilder script = new(
            $$"""
            {{Library.Text}}
            attempt() {
                # As a step runs it: in a condition, set -e would not count.
                ( trap 'exit 143' TERM; set -e; eval "$2" ) >/dev/null 2>/tmp/error
                code=$?
                if [ $code = 0 ]; then eval "done$1=\$((done$1 + 1))"; else eval "error$1=\$(head -n 1 /tmp/error)"; fi
            }
            mounts() { cut -d ' ' -f 5 /proc/self/mountinfo | grep -e "^$1" || :; }
            state() { mounts /srv/roots; mounts /run/cfg; find /srv/roots -exec stat -c '%n %F %U %G %a %s' {} + | sort; find /srv/roots -type f -exec sha256sum {} + | sort; }
            before=$(state)
            runuser -u plain -- perl /srv/racer.pl new old own made dir link lines removed changed mounted point authorized_keys & racer=$!
            trap 'kill $racer 2>/dev/null' EXIT
            round=0
            while [ $round -lt {{Races}} ]; do
                round=$((round + 1))
                runuser -u plain -- sh /srv/theirs.sh 2>/dev/null
                # What was mounted in the round before: by another name, if they have moved it.
                while mounts /srv/theirs | grep -q .; do mounts /srv/theirs | tac | while read -r point; do cfg_unmount "$point" 2>/dev/null; done; done
                [ -e {{Place}}/mine ] || (echo "root's" | cfg_write {{Place}}/mine root root 0600 '') 2>/dev/null

            """
        );
        for (var i = 0; i < operations.Count; i++)
        {
            var input = operations[i].Operation.Input is { Bytes: { } bytes }
                ? $"printf %s {Shell.Quote(Convert.ToBase64String(bytes.Span))} | base64 -d"
                : "printf ''";
            script.Append(
                CultureInfo.InvariantCulture,
                $"{input} >/tmp/input; attempt {i} {Shell.Quote(operations[i].Operation.Script.Text)} </tmp/input\n"
            );
        }

        script.Append("done\nkill $racer; wait $racer 2>/dev/null\nafter=$(state)\n");
        for (var i = 0; i < operations.Count; i++)
            script.Append(CultureInfo.InvariantCulture, $"echo \"${{done{i}:-0}} $error{i}\"\n");
        script.Append(
            "grep -rlxsZ \"root's\" /srv/theirs /home/plain | xargs -0 -r stat -c '%U %a %n' | grep -v '^root 600' | sed "
                + "'s/^/of root: /'\n"
        );
        script.Append(
            "[ \"$before\" = \"$after\" ] || { echo 'of root:'; printf '%s\\n' \"$before\" >/tmp/before; printf '%s\\n' \"$after\" | "
                + "diff /tmp/before - | head -n 40; }\n"
        );
        await host.WriteFile("/root/race.sh", script.ToString());

        var lines = (await host.Run("sh /root/race.sh", deadline: TimeSpan.FromMinutes(15)))
            .Succeeded("the race")
            .Stdout.TrimEnd('\n')
            .Split('\n');

        // Somebody who is in the way makes changes fail. That some of each kind were made shows that the rest was a race.
        foreach (var (done, (address, operation)) in lines.Zip(operations))
            output.WriteLine(
                $"{done.Split(' ')[0]} of {Races}: {address}: {operation.Display.Split('\n')[0]}; last error:{done[done.IndexOf(' ')..]}"
            );
        Assert.DoesNotContain(lines, line => line.StartsWith("of root:", StringComparison.Ordinal));
        Assert.All(
            lines.Zip(operations),
            pair =>
                Assert.True(
                    int.TryParse(pair.First.Split(' ')[0], out var done) && done > 0,
                    $"{pair.Second.Address}: {pair.Second.Operation.Display}: never done"
                )
        );
    }

    [LabFact]
    public async Task Root_checks_nothing_out_where_others_can_put_something_else_in_its_place()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            apt-get -q update >/dev/null && apt-get install -qy --no-install-recommends git >/dev/null
            git init -q /srv/repository && cd /srv/repository && git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m one
            mkdir -p /srv/theirs/sub /srv/root && chown -R plain: /srv/theirs && chmod 0775 /srv/root && chgrp plain /srv/root
            git config --system --add safe.directory '*'
            """
        );

        foreach (var path in (string[])["/srv/theirs/app", "/srv/theirs/sub/app", "/srv/theirs/sub", "/srv/root/app", "/tmp/app"])
        {
            var refused = await Rig.Apply(lab.SshConfig, host.Name, new GitCheckout(path) { Repository = "/srv/repository" });
            Assert.Contains("others than root can exchange what is in ", refused.Error, StringComparison.Ordinal);
            Assert.Empty(refused.Done);
        }

        var theirs = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new GitCheckout("/srv/theirs/app") { Repository = "/srv/repository", As = "plain" },
            new GitCheckout("/srv/app") { Repository = "/srv/repository" }
        );
        Nothing.In(theirs.Error);
        Assert.Equal("plain root", await host.Sh("echo $(stat -c %U /srv/theirs/app/.git /srv/app/.git)"));
        Nothing.In(await host.Sh("ls -A /srv/theirs/sub /srv/root | grep -v : || :"));
    }

    [LabFact]
    public async Task A_change_of_owner_keeps_the_bits_that_it_would_take_away_and_a_link_of_roots_is_followed()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            cd /srv && echo content >program && chmod 4755 program && echo content >theirs && chmod 2755 theirs
            mkdir real && ln -s real link && mkdir -m 1777 open && runuser -u plain -- sh -c 'mkdir open/dir; ln -s /srv/real open/link'
            """
        );

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/program") { Content = "content\n", Owner = "plain" },
            new File("/srv/theirs") { Content = "other\n", Group = "plain" },
            new File("/srv/link/file") { Content = "1\n" },
            new File("/srv/open/dir/file") { Content = "2\n" }
        );

        Nothing.In(applied.Error);
        Assert.Equal("4755 plain root", await host.Sh("stat -c '%a %U %G' /srv/program"));
        Assert.Equal("2755 root plain", await host.Sh("stat -c '%a %U %G' /srv/theirs"));
        Assert.Equal("1 2", await host.Sh("echo $(cat /srv/real/file /srv/open/dir/file)"));

        var refused = await Rig.Apply(lab.SshConfig, host.Name, new File("/srv/open/link/other") { Content = "3\n" });
        Assert.Contains(
            "/srv/open/link is a link that somebody else can change, so it is not followed",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("file", await host.Sh("ls /srv/real"));
        Nothing.In(await host.Sh("find /srv -name '.cfg*'"));
    }

    [LabFact]
    public async Task A_probe_that_fails_when_it_is_applied_is_no_answer_and_nothing_is_done()
    {
        await using var host = await lab.StartHostAsync();

        var applied = await Rig.Apply(lab.SshConfig, new Host(host.Name), [new Thing("/srv/thing")], _ => host.Sh("touch /srv/broken"));

        Assert.Contains("thing /srv/thing: its probe ended with exit code 3: it is broken", applied.Error, StringComparison.Ordinal);
        Assert.Empty(applied.Done);
        Assert.Equal("broken", await host.Sh("ls /srv | grep -v apt"));
    }

    /// <summary>Nothing is printed where it is not there, and nothing either where it cannot be told.</summary>
    sealed record Thing(string Path) : Resource<Thing.State>
    {
        public override string Key => Path;

        internal sealed record State(string? Text);

        protected override State Desired => new("made");

        protected override Probe<State> Probe =>
            new(
                $"[ ! -e /srv/broken ] || {{ echo 'it is broken' >&2; exit 3; }}\n[ ! -e {Path} ] || cat {Path}",
                output => output.Text is "" ? null : new(output.Text.TrimEnd())
            );

        protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"echo made >{Path}")];
    }
}
