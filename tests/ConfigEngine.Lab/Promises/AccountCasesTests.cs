using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Users and groups in the states that administrators meet: what the plan says of them is so, on one host.</summary>
[Collection("lab")]
public sealed class AccountCasesTests(Lab lab)
{
    [LabFact]
    public async Task Case_15_numbers_that_are_taken_are_refused_with_whose_they_are()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("useradd -u 4445 first; groupadd -g 4545 ours");

        Assert.Contains(
            "the number 4445 belongs to first",
            await host.ErrorOf(new User("second") { Uid = 4445 }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the number 4545 belongs to ours",
            await host.ErrorOf(new UserGroup("theirs") { Gid = 4545 }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the number 4545 belongs to ours",
            await host.ErrorOf(new UserGroup("first") { Gid = 4545 }),
            StringComparison.Ordinal
        );
        Nothing.In(await host.Sh("getent passwd second; getent group theirs; true"));

        // A number that an earlier line makes free is not taken, and the two are made in one go.
        var moved = await host.Apply(
            new User("first") { Uid = 4446 },
            new User("second") { Uid = 4445, Groups = ["crew"] },
            new UserGroup("ours") { Gid = 4546 },
            new UserGroup("theirs") { Gid = 4545 }
        );
        Assert.Contains("the group crew does not exist", moved.Error, StringComparison.Ordinal);
        moved = await host.Apply(
            new UserGroup("crew") { Gid = 4600 },
            new User("first") { Uid = 4446 },
            new User("second") { Uid = 4445, Groups = ["crew"] },
            new UserGroup("ours") { Gid = 4546 },
            new UserGroup("theirs") { Gid = 4545 }
        );
        Nothing.In(moved.Error);
        Assert.Equal(
            "4446 4445 4546 4545",
            await host.Sh("echo $(id -u first) $(id -u second) $(getent group ours theirs | cut -d: -f3)")
        );
    }

    [LabFact]
    public async Task The_home_that_a_user_gets_is_in_the_plan()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "sed -i 's|^#* *HOME=.*|HOME=/srv|' /etc/default/useradd; grep -q ^HOME= /etc/default/useradd || echo HOME=/srv "
                + ">>/etc/default/useradd"
        );

        var applied = await host.Apply(
            new User("ann") { Comment = "Ann" },
            new User("daemon1") { System = true, Shell = "/usr/sbin/nologin" }
        );
        Nothing.In(applied.Error);
        Assert.Equal(
            ["/home/ann", "/home/daemon1"],
            applied.Plan.Changes.Select(change => change.Attributes.Single(attribute => attribute.Name is "home").After)
        );
        Assert.Equal("/home/ann /home/daemon1", await host.Sh("echo $(getent passwd ann daemon1 | cut -d: -f6)"));
        Assert.Equal("/home/ann", await host.Sh("ls -d /home/ann /home/daemon1 2>/dev/null || true"));
    }

    [LabFact]
    public async Task The_primary_group_may_be_named_among_the_further_ones()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("groupadd web; groupadd -g 4800 numbered; useradd -m ann");
        IDeclaration[] users =
        [
            new User("ann") { Group = "web", Groups = ["web", "users"] },
            new User("bob") { Groups = ["bob", "web"] },
            new User("eve") { Group = "numbered", GroupsExactly = ["numbered", "users"] },
        ];

        Nothing.In((await host.Apply(users)).Error);
        Assert.Equal("web users\nbob web\nnumbered users", await host.Sh("id -Gn ann; id -Gn bob; id -Gn eve"));
        Assert.Empty((await Rig.Plan(lab.SshConfig, host.Name, users)).Changes);
    }

    [LabFact]
    public async Task A_user_with_processes_and_a_primary_group_are_not_planned_to_go()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            groupadd team; useradd -m -g team app
            printf '[Service]\nUser=app\nExecStart=/bin/sleep infinity\n' >/etc/systemd/system/app.service
            systemctl daemon-reload; systemctl start app
            """
        );
        SystemdUnit stopped = new("app.service") { Running = false };

        Assert.Matches(@"no-user app: its process \d+ \(sleep\) runs", await host.ErrorOf(new NoUser("app")));
        Assert.Matches(@"user app: its process \d+ \(sleep\) runs", await host.ErrorOf(new User("app") { Home = "/srv/app" }));
        Assert.Matches(@"user app: its process \d+ \(sleep\) runs", await host.ErrorOf(new User("app") { Uid = 4700 }));
        Assert.Contains(
            "no-user-group team: it is the primary group of app",
            await host.ErrorOf(new NoUserGroup("team")),
            StringComparison.Ordinal
        );

        // What its processes do not keep it from is planned as before, and what stops them may come earlier in the recipe.
        Nothing.In((await host.Apply(new User("app") { Shell = "/bin/sh", Comment = "runs" })).Error);
        Nothing.In((await host.Apply(stopped, new User("app") { Uid = 4700, Home = "/srv/app" })).Error);
        Assert.Equal("4700 /srv/app", await host.Sh("systemctl start app; echo $(id -u app) $(getent passwd app | cut -d: -f6)"));
        Nothing.In((await host.Apply(stopped, new NoUser("app"), new NoUserGroup("team"))).Error);
        Nothing.In(await host.Sh("getent passwd app; getent group team; true"));
    }
}
