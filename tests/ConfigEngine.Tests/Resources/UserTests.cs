using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class UserTests : ISamples
{
    const string Deploy = """
        missing
        passwd=deploy:x:1001:1001:deployments:/home/deploy:/bin/sh
        primary=deploy
        groups=deploy adm sudo

        """;

    const string Hash = "$6$salt$hash";

    static Secret Password(string hash = Hash) => SecretTests.Known(hash, "HASH");

    const string InGroups = "missing\npasswd=ann:x:1001:1001::/home/ann:/bin/sh\nprimary=ann\ngroups=ann adm docker\n";

    [Fact]
    public void Makes_a_user_with_a_home_and_a_group() =>
        Plan(
            new User("deploy")
            {
                Groups = ["sudo"],
                Shell = "/bin/bash",
                Comment = "it's a test",
            },
            "missing\nabsent\n"
        );

    [Fact]
    public void Makes_a_system_user_without_a_home() =>
        Plan(
            new User("app")
            {
                System = true,
                Group = "app",
                Home = "/var/lib/app",
                Shell = "/usr/sbin/nologin",
            },
            "missing\nabsent\n"
        );

    [Fact]
    public void Makes_a_user_with_a_password() => Plan(new User("deploy") { PasswordHash = Password() }, "missing\nabsent\n");

    [Fact]
    public void Makes_a_user_whose_password_is_locked() =>
        Plan(new User("deploy") { PasswordHash = Password(), Locked = true }, "missing\nabsent\n");

    [Fact]
    public void Changes_each_attribute() =>
        Plan(
            new User("deploy")
            {
                Uid = 2000,
                Group = "web",
                Groups = ["docker"],
                Home = "/srv/deploy",
                Shell = "/bin/bash",
                Comment = "new",
            },
            Deploy
        );

    [Fact]
    public void Takes_the_primary_group_for_no_further_one() =>
        Plan(new User("deploy") { Group = "web", Groups = ["web", "docker"] }, Deploy);

    [Fact]
    public void Adds_groups_and_keeps_others() => Plan(new User("deploy") { Groups = ["docker", "adm"] }, Deploy);

    [Fact]
    public void Takes_out_of_other_groups_where_they_are_said_exactly() => Plan(new User("deploy") { GroupsExactly = ["adm"] }, Deploy);

    [Fact]
    public void Takes_out_of_all_groups() => Plan(new User("deploy") { GroupsExactly = [] }, Deploy);

    [Fact]
    public void Wants_nothing_of_a_user_who_is_as_wanted() =>
        Plan(
            new User("deploy")
            {
                Uid = 1001,
                Group = "1001",
                Groups = ["sudo"],
                Home = "/home/deploy",
                Shell = "/bin/sh",
                Comment = "deployments",
                System = true,
            },
            Deploy
        );

    [Fact]
    public void Case_15_refuses_a_number_that_is_taken() => Plan(new User("second") { Uid = 4445 }, "missing\nabsent\ntaken=first\n");

    [Fact]
    public void Refuses_to_change_to_a_number_that_is_taken() => Plan(new User("deploy") { Uid = 4445 }, Deploy + "taken=first\n");

    [Fact]
    public void Takes_a_number_that_an_earlier_change_makes_free() =>
        Plan([
            (new NoUser("first"), Output.Of("missing\npasswd=first:x:4445:4445::/home/first:/bin/sh\nprimary=first\ngroups=first\n")),
            (new User("second") { Uid = 4445 }, Output.Of("missing\nabsent\ntaken=first\n")),
        ]);

    [Fact]
    public void Case_15_refuses_two_users_with_one_number() =>
        Plan([
            (new User("ann") { Uid = 4445, Source = new("site.csx", 2, 5) }, Output.Of("missing\nabsent\n")),
            (new User("bob") { Uid = 4445, Source = new("site.csx", 3, 5) }, Output.Of("missing\nabsent\n")),
        ]);

    [Fact]
    public void Makes_a_home_that_is_gone() => Plan(new User("deploy") { HomeExists = true }, Deploy + "home=no\n");

    [Fact]
    public void Changes_a_password_and_shows_only_digests() =>
        Plan(
            new User("deploy") { PasswordHash = Password() },
            Deploy + "locked=no\nhash=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
        );

    [Fact]
    public void Locks_a_password() =>
        Plan(
            new User("deploy") { Locked = true },
            Deploy + "locked=no\nhash=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
        );

    [Fact]
    public void Unlocks_a_password() =>
        Plan(
            new User("deploy") { Locked = false },
            Deploy + "locked=yes\nhash=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
        );

    [Fact]
    public void Cannot_unlock_where_there_is_no_password() => Plan(new User("deploy") { Locked = false }, Deploy + "locked=yes\nhash=\n");

    [Fact]
    public void Does_not_store_a_password_in_plain_text() =>
        Plan(new User("deploy") { PasswordHash = Password("hunter2") }, Deploy + "locked=no\nhash=\n");

    [Fact]
    public void Says_which_groups_are_missing() =>
        Plan(new User("deploy") { Groups = ["docker"] }, "missing group:docker\n" + Deploy[8..]);

    [Fact]
    public void Refuses_what_passwd_cannot_hold() =>
        Plan(
            new User("a:b")
            {
                Comment = "a:b",
                Home = "relative",
                Shell = "/bin/sh\n",
                Groups = ["-x"],
                GroupsExactly = ["y"],
                Uid = -1,
            },
            ""
        );

    [Fact]
    public void Does_not_take_an_unknown_answer_for_a_user() =>
        Plan(new User("deploy") { Uid = 1 }, "missing\npasswd=deploy\nprimary=deploy\ngroups=deploy\n");

    [Fact]
    public void Removes_a_user_and_keeps_the_home() => Plan(new NoUser("deploy"), Deploy);

    [Fact]
    public void Removes_a_user_with_the_home() => Plan(new NoUser("deploy") { RemoveHome = true }, Deploy);

    [Fact]
    public void Wants_nothing_where_there_is_no_such_user() => Plan(new NoUser("deploy"), "missing\nabsent\n");

    [Fact]
    public void Never_removes_root() => Plan(new NoUser("root"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<User>
            {
                Losses =
                [
                    new(new User("ann") { GroupsExactly = ["adm"] }, InGroups, "Removes ann from the group docker"),
                    new(new User("ann") { Group = "web" }, InGroups, "Removes ann from the group ann"),
                ],
                Bare =
                [
                    new(new User("app")) { IsThere = "getent passwd app && test -d /home/app" },
                    new(new User("daemonlike") { System = true }) { IsThere = "getent passwd daemonlike && ! test -e /home/daemonlike" },
                ],
            },
            new Sample<NoUser>
            {
                Losses = [new(new NoUser("ann") { RemoveHome = true }, InGroups, "Removes /home/ann")],
                ForRoot = [new(new NoUser("mallory")) { Prepare = "useradd -m mallory" }],
            },
        ];
}
