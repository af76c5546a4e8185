using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class AclTests : ISamples
{
    static readonly Acl Share = new("/srv/share")
    {
        Users = new() { ["ann"] = "rwx" },
        Groups = new() { ["web"] = "rx" },
        Default = new() { Groups = new() { ["web"] = "r-x" } },
    };

    const string None = "user::rwx\ngroup::r-x\nother::---\n";

    const string Wanted =
        "user::rwx\nuser:ann:rwx\ngroup::r-x\ngroup:web:r-x\nmask::rwx\nother::---\n"
        + "default:user::rwx\ndefault:group::r-x\ndefault:group:web:r-x\ndefault:mask::r-x\ndefault:other::---\n";

    static string Answer(string entries, string type = "directory", string missing = "") => $"{type}\nmissing{missing}\n{entries}";

    [Fact]
    public void Adds_entries_to_a_path_without_any() => Plan(Share, Answer(None));

    [Fact]
    public void Leaves_a_list_that_is_as_wanted() => Plan(Share, Answer(Wanted));

    [Fact]
    public void Changes_an_entry() => Plan(Share, Answer(Wanted.Replace("user:ann:rwx", "user:ann:r--", StringComparison.Ordinal)));

    [Fact]
    public void Sees_a_mask_that_takes_rights_away() =>
        Plan(Share, Answer(Wanted.Replace("mask::rwx", "mask::r-x", StringComparison.Ordinal)));

    [Fact]
    public void Leaves_entries_of_others() =>
        Plan(Share, Answer(Wanted.Replace("group::r-x\ngroup:", "user:bob:r--\ngroup::r-x\ngroup:", StringComparison.Ordinal)));

    [Fact]
    public void Takes_others_off_the_list_where_it_is_told_so() =>
        Plan(Share with { OnlyThese = true }, Answer("user:bob:r--\ndefault:user:bob:r--\n" + Wanted));

    [Fact]
    public void Empties_a_list() => Plan(new Acl("/srv/share") { OnlyThese = true }, Answer("user:bob:r--\nmask::r--\n" + None, "file"));

    [Fact]
    public void Has_a_mask_of_its_own_and_all_defaults() =>
        Plan(
            new Acl("/srv/share")
            {
                Mask = "r--",
                Default = new()
                {
                    Users = new() { ["1001"] = "---" },
                    Owner = "rwx",
                    Group = "---",
                    Others = "---",
                    Mask = "r-x",
                },
            },
            Answer(Wanted)
        );

    [Fact]
    public void Needs_the_path() => Plan(Share, "absent\nmissing\n");

    [Fact]
    public void Needs_the_users_and_groups() => Plan(Share, Answer(None, missing: " user:ann group:web"));

    [Fact]
    public void Cannot_change_what_belongs_to_somebody_else() => Plan(Share, Answer(None, missing: " denied:itself:plain"));

    [Fact]
    public void A_file_has_no_default() => Plan(Share, Answer(None, "file"));

    [Fact]
    public void A_link_has_no_list() => Plan(Share, "other\nmissing\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Share, Answer("everybody:rwx\n"));

    [Fact]
    public void Refuses_what_is_no_path_no_name_and_no_rights() =>
        Plan(
            new Acl("srv/share")
            {
                Users = new() { ["a b"] = "rwX", ["ann"] = "7" },
            },
            Answer(None)
        );

    [Fact]
    public void Refuses_to_name_nobody() => Plan(new Acl("/srv/share"), Answer(None));

    const string WithBob =
        "user::rwx\nuser:bob:rwx\ngroup::r-x\ngroup:web:r-x\nmask::rwx\nother::---\n"
        + "default:user::rwx\ndefault:user:bob:rwx\ndefault:group::r-x\ndefault:mask::rwx\ndefault:other::---\n";

    [Fact]
    public void Takes_somebody_off_a_list_and_leaves_others() => Plan(new NoAcl("/srv/share") { Users = ["bob"] }, Answer(WithBob));

    [Fact]
    public void Takes_the_mask_with_the_last_one() => Plan(new NoAcl("/srv/share") { Users = ["bob"], Groups = ["web"] }, Answer(WithBob));

    [Fact]
    public void Wants_nothing_of_a_list_without_them() => Plan(new NoAcl("/srv/share") { Groups = ["bob"] }, Answer(WithBob));

    [Fact]
    public void Takes_a_whole_list_away() => Plan(new NoAcl("/srv/share"), Answer(WithBob));

    [Fact]
    public void Wants_nothing_where_there_is_no_list() => Plan(new NoAcl("/srv/share"), Answer(None));

    [Fact]
    public void Wants_nothing_where_there_is_no_path() => Plan(new NoAcl("/srv/share"), "absent\nmissing\n");

    [Fact]
    public void Cannot_take_somebody_off_the_list_of_somebody_else() =>
        Plan(new NoAcl("/srv/share"), Answer(WithBob, missing: " denied:itself:plain"));

    [Fact]
    public void Refuses_to_take_nobody_off_a_list() => Plan(new NoAcl("srv/share") { Users = [] }, "");

    [Fact]
    public void Refuses_what_is_no_name_on_a_list() => Plan(new NoAcl("/srv/share") { Users = ["a b"] }, "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NoAcl>
            {
                LosesOnly = "the rights that an entry had",
                ForRoot =
                [
                    new(new NoAcl("/srv/unlisted"))
                    {
                        Prepare =
                            "apt-get -q update; apt-get -q install -y acl; mkdir -p /srv/unlisted; setfacl -m u:plain:rwx /srv/unlisted",
                    },
                ],
            },
            new Sample<Acl>
            {
                LosesOnly = "the rights that an entry had; others only with OnlyThese",
                Bare =
                [
                    new(new Acl("/srv/listed") { Users = new() { ["plain"] = "r-x" } })
                    {
                        Prepare = "apt-get -q update; apt-get -q install -y acl; mkdir -p /srv/listed",
                        IsThere = "getfacl -cp /srv/listed | grep -qx user:plain:r-x",
                    },
                ],
            },
        ];
}
