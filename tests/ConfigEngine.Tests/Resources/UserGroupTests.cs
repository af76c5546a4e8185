using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class UserGroupTests : ISamples
{
    [Fact]
    public void Makes_a_group_with_members() =>
        Plan(
            new UserGroup("web")
            {
                Gid = 3000,
                System = true,
                Members = ["bob", "ann"],
            },
            "missing\nabsent\n"
        );

    [Fact]
    public void Adds_members_and_keeps_others() => Plan(new UserGroup("web") { Members = ["ann"] }, "missing\nweb:x:3000:bob\n");

    [Fact]
    public void Takes_others_out_where_members_are_said_exactly() =>
        Plan(new UserGroup("web") { Gid = 3001, MembersExactly = ["ann"] }, "missing\nweb:x:3000:bob\n");

    [Fact]
    public void Says_which_members_do_not_exist() => Plan(new UserGroup("web") { Members = ["ann"] }, "missing user:ann\nweb:x:3000:\n");

    [Fact]
    public void Case_15_refuses_a_number_that_is_taken() => Plan(new UserGroup("theirs") { Gid = 4545 }, "missing\nabsent\ntaken=ours\n");

    [Fact]
    public void Case_15_refuses_two_groups_with_one_number() =>
        Plan([
            (new UserGroup("web") { Gid = 4545, Source = new("site.csx", 2, 5) }, Output.Of("missing\nabsent\n")),
            (new UserGroup("db") { Gid = 4545, Source = new("site.csx", 3, 5) }, Output.Of("missing\nabsent\n")),
        ]);

    [Fact]
    public void Removes_a_group() => Plan(new NoUserGroup("web"), "exists=yes\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_group() => Plan(new NoUserGroup("web"), "exists=no\n");

    [Fact]
    public void Leaves_a_group_that_is_right() =>
        Plan(new UserGroup("web") { Gid = 3000, MembersExactly = ["ann", "bob"] }, "missing\nweb:x:3000:bob,ann\n");

    [Fact]
    public void Refuses_a_name_that_no_group_can_have() => Plan(new UserGroup("web: admins"), "");

    [Fact]
    public void Never_removes_the_group_of_root() => Plan(new NoUserGroup("root"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<UserGroup>
            {
                Losses =
                [
                    new(
                        new UserGroup("web") { MembersExactly = ["ann"] },
                        "missing\nweb:x:1002:ann,bob\n",
                        "Removes bob from the group web"
                    ),
                ],
                Bare = [new(new UserGroup("deployers")) { IsThere = "getent group deployers" }],
            },
            new Sample<NoUserGroup>
            {
                LosesOnly = "a group that it names",
                ForRoot = [new(new NoUserGroup("contractors")) { Prepare = "groupadd contractors" }],
            },
        ];
}
