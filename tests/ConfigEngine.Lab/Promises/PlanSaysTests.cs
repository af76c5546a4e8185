using ConfigEngine.Resources;
using Command = ConfigEngine.Resources.Command;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What is so on a host and makes a change other than it looks: its plan says it, or refuses.</summary>
[Collection("lab")]
public sealed class PlanSaysTests(Lab lab)
{
    [LabFact]
    public async Task A_mount_says_what_it_hides_and_which_directories_it_makes()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir /srv/data /srv/empty && echo data >/srv/data/file");
        Mount Scratch(string path) => new(path) { Device = "tmpfs", Type = "tmpfs" };
        Mount[] mounts = [Scratch("/srv/data"), Scratch("/srv/empty"), Scratch("/srv/a/b/c"), Scratch("/srv/a/x/y"), Scratch("/srv/one")];

        var applied = await host.Apply(mounts);

        Nothing.In(applied.Error);
        Assert.Equal(
            [
                "hides what is in the directory /srv/data while it is mounted",
                "also makes the directories above it: /srv/a, /srv/a/b",
                "also makes the directories above it: /srv/a/x",
            ],
            applied.Plan.Changes.SelectMany(change => change.Notes)
        );
        Assert.True((await host.Plan(mounts)).IsEmpty);
        Nothing.In(await host.Sh("ls -A /srv/data"));
    }

    [LabFact]
    public async Task A_unit_that_may_not_be_started_or_stopped_by_hand_is_refused_and_what_starts_it_again_is_named()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            cd /etc/systemd/system
            printf '[Unit]\nRefuseManualStart=yes\n[Service]\nExecStart=/bin/sleep infinity\n' >shy.service
            printf '[Unit]\nRefuseManualStop=yes\n[Service]\nExecStart=/bin/sleep infinity\n' >sticky.service
            printf '[Service]\nExecStart=/bin/sleep infinity\n' >app.service
            printf '[Socket]\nListenStream=/run/app.sock\n' >app.socket
            systemctl daemon-reload && systemctl start sticky.service app.socket app.service
            """
        );

        Assert.Contains(
            "refuses to do so when asked (RefuseManualStart=yes)",
            await host.ErrorOf(new SystemdUnit("shy.service") { Running = true }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "refuses to do so when asked (RefuseManualStop=yes)",
            await host.ErrorOf(new SystemdUnit("sticky.service") { Running = false }),
            StringComparison.Ordinal
        );
        await host.Plan(new SystemdUnit("shy.service") { Running = false }, new SystemdUnit("sticky.service") { Running = true });

        SystemdUnit service = new("app.service") { Running = false },
            socket = new("app.socket") { Running = false };
        Assert.Equal(
            ["app.socket starts it again when used: stop that as well"],
            (await host.Plan(service)).Changes.SelectMany(change => change.Notes)
        );
        Nothing.In((await host.Apply(socket, service)).Error);
        Assert.True((await host.Plan(socket, service)).IsEmpty);
    }

    [LabFact]
    public async Task A_key_that_sshd_would_not_take_is_named_and_one_that_it_takes_is_not()
    {
        const string key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";
        await using var host = await lab.StartHostAsync();
        await host.Sh("chmod 0775 /home/plain");
        AuthorizedKey open = new("plain", key),
            own = new("deploy", key);

        var applied = await host.Apply(open, own);

        Nothing.In(applied.Error);
        Assert.Equal(
            ["authorized-key"],
            applied.Plan.Changes.Where(change => change.Notes.Any(note => note.Contains("StrictModes"))).Select(change => change.Kind)
        );
        Assert.True((await host.Plan(open, own)).IsEmpty);
    }

    [LabFact]
    public async Task Files_that_even_root_cannot_write_stand_in_the_way_of_accounts_names_and_repositories()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mount --bind /etc /etc && mount -o remount,bind,ro /etc");
        Resource[] all =
        [
            new User("app"),
            new UserGroup("deployers"),
            new Hostname("other"),
            new AptRepository("cases")
            {
                Uris = ["file:/srv/cases"],
                Suites = ["./"],
                Unsigned = true,
            },
        ];

        var plan = await Rig.Plan(lab.SshConfig, host.Name, all);

        Assert.Equal(all.Select(resource => resource.Address), plan.Hosts[0].Obstacles.Select(entry => entry.Resource.Address));
        Assert.All(plan.Hosts[0].Obstacles, entry => Assert.Contains("read-only file system", entry.Obstacle?.Message));
        await host.Plan(new User("plain"), new UserGroup("plain"));
    }

    [LabFact]
    public async Task A_file_after_which_something_did_not_come_to_be_is_told_to_be_made()
    {
        await using var host = await lab.StartHostAsync();
        File file = new("/srv/file")
        {
            Content = "x\n",
            Until = $"test -e /srv/up",
            Retries = 0,
        };

        var failed = await host.Apply(file);

        Assert.Contains("The change itself was made, so the next plan does not have it", failed.Error, StringComparison.Ordinal);
        Assert.True((await host.Plan(file)).IsEmpty);
    }

    [LabFact]
    public async Task More_lines_than_were_shown_are_not_taken_out()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'old 1\nkept\n' >/srv/file");
        Command more = new($"echo 'old 2' >>/srv/file") { Touches = ["/srv/file"] };
        NoLine none = new("/srv/file") { Matching = "^old" };
        NoLine fromNothing = new("/srv/new") { Matching = "^old" };

        var stopped = await host.Apply(more, none);
        Assert.Contains("would do more than the plan showed", stopped.Error, StringComparison.Ordinal);
        Assert.Equal("old 1 kept old 2", await host.Sh("echo $(cat /srv/file)"));

        // Where the plan could show no line, and said that it looks again, they are what was meant.
        var made = await host.Apply(new Command($"echo 'old 3' >/srv/new") { Touches = ["/srv/new"] }, fromNothing, none);
        Nothing.In(made.Error);
        Assert.Equal("kept", await host.Sh("echo $(cat /srv/file /srv/new)"));
    }
}
