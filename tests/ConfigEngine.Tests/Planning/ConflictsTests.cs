using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests;

/// <summary>What could never all be satisfied on one host: both places are named.</summary>
public sealed class ConflictsTests
{
    static readonly Output NoFile = Output.Of("absent|directory\nmissing\n");

    [Fact]
    public void A_thing_is_declared_once() =>
        Plan([
            (new File("/etc/motd") { Content = "one\n", Source = new("site.csx", 3, 5) }, NoFile),
            (new File("/etc/motd") { Content = "two\n", Source = new("site.csx", 9, 5) }, NoFile),
        ]);

    [Fact]
    public void What_one_resource_decides_whole_is_not_edited_by_another() =>
        Plan([
            (new File("/etc/motd") { Content = "one\n", Source = new("site.csx", 3, 5) }, NoFile),
            (new Line("/etc/motd", "two") { Source = new("site.csx", 9, 5) }, NoFile),
        ]);

    public static TheoryData<string> Contradictions => [.. Contradicting.Keys];

    public static TheoryData<string> Agreements => [.. Agreeing.Keys];

    static readonly Dictionary<string, Resource[]> Contradicting = new()
    {
        [
            "site.csx(2): user ann and user-group web contradict each other: ann is in no further group, and ann is in the group web "
                + "(for host); the other one is at site.csx(1)\n  hint: each would undo the other at every apply: remove one of them, "
                + "or make them agree"
        ] = [new User("ann") { GroupsExactly = [] }, new UserGroup("web") { Members = ["ann"] }],
        ["nobody but bob is in the group web"] = [new UserGroup("web") { MembersExactly = ["bob"] }, new User("ann") { Groups = ["web"] }],
        ["there is no user ann"] = [new User("ann"), new NoUser("ann")],
        ["there is no group web"] = [new User("ann") { Group = "web" }, new NoUserGroup("web")],
        ["there is a user ann, and there is no user ann"] = [new Directory("/srv/ann") { Owner = "ann" }, new NoUser("ann")],
        ["the uid 1500 is that of ann, and the uid 1500 is that of bob"] =
        [
            new User("ann") { Uid = 1500 },
            new User("bob") { Uid = 1500 },
        ],
        ["there is a package telnetd, and there is no package telnetd"] = [new Package("telnetd"), new NoPackage("telnetd")],
        ["there is nothing at /srv/tree"] = [new NoPath("/srv/tree"), new Tree("/srv/tree") { From = [] }],
        ["tmpfs is mounted at /mnt, and nothing is mounted at /mnt"] =
        [
            new Mount("/mnt") { Device = "tmpfs", Type = "tmpfs" },
            new NoMount("/mnt"),
        ],
        ["/etc/x has the line a = 1, and a = 2 takes the place of what matches ^a ="] =
        [
            new Line("/etc/x", "a = 1") { Replaces = "^a =" },
            new Line("/etc/x", "a = 2") { Replaces = "^a =" },
        ],
        ["/etc/x has the line a = 1, and /etc/x has no line that matches ^a"] =
        [
            new Line("/etc/x", "a = 1"),
            new NoLine("/etc/x") { Matching = "^a" },
        ],
        ["/etc/x has no line a, and /etc/x has the line a"] =
        [
            new NoLine("/etc/x") { Text = "a" },
            new Block("/etc/x", "one") { Content = "a\n" },
        ],
        ["one is 10.0.0.1, and one is 10.0.0.2"] =
        [
            new HostsEntry("10.0.0.1") { Names = ["one"] },
            new HostsEntry("10.0.0.2") { Names = ["two", "one"] },
        ],
        ["the group digit of the mode 0750 of /srv/share does not have w, and its access control list gives w to the user ann"] =
        [
            new Directory("/srv/share") { Mode = "0750" },
            new Acl("/srv/share") { Users = new() { ["ann"] = "rwx" } },
        ],
        ["the mask of its access control list is r-x, and the group digit of the mode 0660 of /srv/file"] =
        [
            new Acl("/srv/file")
            {
                Groups = new() { ["web"] = "r" },
                Mask = "rx",
            },
            new File("/srv/file") { Content = "", Mode = "0660" },
        ],
        [
            "the access control list of /srv/share has the user ann for new files, and the access control list of /srv/share does not have"
        ] = [new Acl("/srv/share") { Default = new() { Users = new() { ["ann"] = "r-x" } } }, new NoAcl("/srv/share") { Users = ["ann"] }],
        ["/srv/share has no access control list, and the access control list of /srv/share has the group web"] =
        [
            new NoAcl("/srv/share"),
            new Acl("/srv/share") { Groups = new() { ["web"] = "r-x" } },
        ],
        ["the question asks/greeting is answered, and the question asks/greeting has no answer"] =
        [
            new Debconf("asks", "asks/greeting") { Value = "hello" },
            new NoDebconf("asks", "asks/greeting"),
        ],
        ["its change restarts app.service, and app.service does not run"] =
        [
            new File("/etc/app.conf") { Content = "", Notifies = [new SystemdUnit("app.service").Restart] },
            new SystemdUnit("app.service") { Running = false },
        ],
    };

    static readonly Dictionary<string, Resource[]> Agreeing = new()
    {
        ["members on both sides"] = [new User("ann") { GroupsExactly = ["web"] }, new UserGroup("web") { MembersExactly = ["ann"] }],
        ["a primary group may list its user"] =
        [
            new User("ann") { Group = "web", GroupsExactly = [] },
            new UserGroup("web") { Members = ["ann"] },
        ],
        ["its own group may list its user"] = [new User("ann") { GroupsExactly = [] }, new UserGroup("ann") { Members = ["ann"] }],
        ["a line that is replaced before it is added"] = [new Line("/etc/x", "a = 2") { Replaces = "^a =" }, new Line("/etc/x", "a = 1")],
        ["two expressions"] = [new NoLine("/etc/x") { Matching = "^a" }, new NoLine("/etc/x") { Matching = "^b" }],
        ["lines of two files"] = [new Line("/etc/x", "a = 1") { Replaces = "^a =" }, new Line("/etc/y", "a = 2") { Replaces = "^a =" }],
        ["a name for both protocols"] = [new HostsEntry("10.0.0.1") { Names = ["one"] }, new HostsEntry("::2") { Names = ["one"] }],
        ["what is beside it may go"] = [new NoPath("/srv/a"), new Directory("/srv/ab")],
        ["a mode that has all rights of a list"] =
        [
            new Directory("/srv/share") { Mode = "2770" },
            new Acl("/srv/share")
            {
                Users = new() { ["ann"] = "r-x" },
                Default = new() { Users = new() { ["ann"] = "rwx" } },
            },
        ],
        ["a file and who may read it"] =
        [
            new File("/srv/file") { Content = "" },
            new Acl("/srv/file") { Users = new() { ["ann"] = "r" } },
        ],
        ["a mode that is the mask"] =
        [
            new Acl("/srv/share")
            {
                Users = new() { ["ann"] = "rwx" },
                Mask = "r-x",
            },
            new Directory("/srv/share") { Mode = "0750" },
        ],
        ["a mode of another path"] =
        [
            new Directory("/srv/a") { Mode = "0700" },
            new Acl("/srv/share") { Users = new() { ["ann"] = "rwx" } },
        ],
        ["one on the list and another one not"] =
        [
            new Acl("/srv/share") { Users = new() { ["ann"] = "rwx" } },
            new NoAcl("/srv/share") { Users = ["bob"], Groups = ["ann"] },
        ],
        ["numbers are no names"] = [new Directory("/srv/a") { Owner = "1000" }, new NoUser("ann")],
    };

    [Theory, MemberData(nameof(Contradictions))]
    public void Case_05_Two_that_undo_each_other_are_an_error_with_both_lines(string words)
    {
        Resource[] two = [.. Contradicting[words].Select((resource, i) => resource with { Source = new("site.csx", i + 1) })];

        var error = Assert.Throws<RecipeException>(() => Conflicts.Check("host", two));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("site.csx(2", error.Message, StringComparison.Ordinal);
        Assert.Contains("the other one is at site.csx(1", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Agreements))]
    public void What_agrees_is_none(string what) => Conflicts.Check($"host with {what}", Agreeing[what]);

    [Fact]
    public void Handlers_of_one_name_are_one_handler() =>
        Plan([
            (
                new File("/etc/app.conf")
                {
                    Content = "",
                    Notifies = [new("restart app", $"systemctl restart app")],
                    Source = new("site.csx", 3, 5),
                },
                NoFile
            ),
            (
                new File("/etc/app.env")
                {
                    Content = "",
                    Notifies = [new("restart app", $"systemctl restart app.service")],
                    Source = new("site.csx", 9, 5),
                },
                NoFile
            ),
        ]);

    [Fact]
    public void Handlers_that_are_written_twice_are_still_one() =>
        Plan([
            (new File("/etc/app.conf") { Content = "", Notifies = [new("restart app", $"systemctl restart app")] }, NoFile),
            (new File("/etc/app.env") { Content = "", Notifies = [new("restart app", $"systemctl restart app")] }, NoFile),
        ]);
}
