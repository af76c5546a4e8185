using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class GitCheckoutTests : ISamples
{
    const string Old = "9feb2178c59262839cccb1fff683f3a6a3cb5b63";
    const string New = "a2121102c392beeaee3f8568dac322aa7090b4f7";

    static readonly GitCheckout App = new("/srv/app") { Repository = "https://example.com/app.git", Revision = "main" };

    [Fact]
    public void Checks_out_a_branch_for_the_first_time() =>
        Plan(App, observed: $"parent=directory\ntype=absent\nref={New}\trefs/heads/main\n");

    [Fact]
    public void Follows_the_branch() => Plan(App, observed: Seen(Old) + $"ref={New}\trefs/heads/main\n");

    [Fact]
    public void Leaves_a_checkout_that_is_right() => Plan(App, observed: Seen(New) + $"ref={New}\trefs/heads/main\n");

    [Fact]
    public void Takes_the_commit_behind_an_annotated_tag() =>
        Plan(
            App with
            {
                Revision = "v1",
            },
            observed: Seen(New) + $"ref=1111111111111111111111111111111111111111\trefs/tags/v1\nref={New}\trefs/tags/v1^{{}}\n"
        );

    [Fact]
    public void Takes_the_default_branch() =>
        Plan(App with { Revision = null }, observed: $"parent=directory\ntype=empty\nref={New}\tHEAD\n");

    [Fact]
    public void Asks_nobody_about_a_commit() => Plan(App with { Revision = New }, observed: Seen(Old));

    [Fact]
    public void Fetches_from_elsewhere() =>
        Plan(App with { Repository = "git@example.com:app.git" }, observed: Seen(New) + $"ref={New}\trefs/heads/main\n");

    [Fact]
    public void Finishes_what_was_broken_off() =>
        Plan(App, observed: $"parent=directory\ntype=checkout\ncommit=\norigin=\nref={New}\trefs/heads/main\n");

    [Fact]
    public void Does_not_lose_what_was_changed_by_hand() =>
        Plan(App, observed: Seen(New, "M app.py", "D old.py") + $"ref={New}\trefs/heads/main\n");

    [Fact]
    public void Discards_what_was_changed_by_hand_where_that_is_said() =>
        Plan(App with { LocalChanges = LocalChanges.Discarded }, observed: Seen(New, "M app.py") + $"ref={New}\trefs/heads/main\n");

    [Fact]
    public void Discards_it_on_the_way_to_another_commit() =>
        Plan(App with { LocalChanges = LocalChanges.Discarded }, observed: Seen(Old, "M app.py") + $"ref={New}\trefs/heads/main\n");

    [Fact]
    public void Case_06_leaves_submodules_as_they_are() =>
        Plan(App, observed: Seen(Old) + $"submodules=yes\nref={New}\trefs/heads/main\n");

    [Fact]
    public void Case_23_replaces_no_file_that_git_does_not_know() =>
        Plan(
            App with
            {
                LocalChanges = LocalChanges.Discarded,
            },
            observed: Seen(Old) + $"ref={New}\trefs/heads/main\nin-the-way=settings\n"
        );

    [Fact]
    public void Case_26_does_not_lose_a_commit_that_was_made_here() =>
        Plan(App, observed: Seen(Old) + $"ref={New}\trefs/heads/main\nlocal=yes\n");

    [Fact]
    public void Says_which_commit_is_left_where_that_is_wanted() =>
        Plan(App with { LocalChanges = LocalChanges.Discarded }, observed: Seen(Old) + $"ref={New}\trefs/heads/main\nlocal=yes\n");

    [Fact]
    public void Warns_of_no_lost_changes_where_there_is_nothing_yet() =>
        Plan([
            (new Package("git"), Output.Of("apt|amd64\n")),
            (App with { LocalChanges = LocalChanges.Discarded }, new Output(120, "git\n"u8.ToArray(), default)),
        ]);

    [Fact]
    public void Says_that_there_is_no_such_branch() => Plan(App, observed: Seen(Old) + "ref=\n");

    [Fact]
    public void Replaces_no_directory() => Plan(App, observed: $"parent=directory\ntype=directory\nref={New}\trefs/heads/main\n");

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(App, observed: $"parent=absent\ntype=absent\nref={New}\trefs/heads/main\n");

    [Fact]
    public void Does_nothing_as_root_where_others_can_put_something_else_in_its_place() =>
        Plan(App, observed: "parent=directory\ntype=theirs\ntheirs=deploy /home/deploy\n");

    [Fact]
    public void Quotes_odd_names() =>
        Plan(
            new GitCheckout("/srv/it's") { Repository = "/srv/re po.git", Revision = "feature/$x" },
            observed: $"parent=directory\ntype=absent\nref={New}\trefs/heads/feature/$x\n"
        );

    [Fact]
    public void Refuses_a_password_in_the_url() => Plan(App with { Repository = "https://me:secret@example.com/app.git" }, observed: "");

    [Fact]
    public void Refuses_what_is_no_revision() => Plan(App with { Revision = "--upload-pack=x" }, observed: "");

    [Fact]
    public void Refuses_what_is_no_repository() => Plan(App with { Repository = "--upload-pack=x" }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(App, observed: "fatal: what\n");

    static string Seen(string commit, params string[] changes) =>
        $"parent=directory\ntype=checkout\ncommit={commit}\n"
        + $"{string.Concat(changes.Select(change => $"change= {change}\n"))}origin=https://example.com/app.git\n";

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<GitCheckout>
            {
                Losses =
                [
                    new(
                        new GitCheckout("/srv/app")
                        {
                            Repository = "/srv/app.git",
                            Revision = Old,
                            LocalChanges = LocalChanges.Discarded,
                        },
                        $"parent=directory\ntype=checkout\ncommit={New}\nchange= M one\norigin=/srv/app.git\nlocal=yes\n",
                        "Discards what was changed by hand in /srv/app",
                        "Discards M one in /srv/app",
                        $"Discards commit {New} from /srv/app, which is on no branch and no tag of the repository: "
                            + "git reflog still finds it"
                    ),
                ],
                BareElsewhere = "GitRemoteTests and CheckoutCasesTests of the lab, which have repositories",
                ForRoot =
                [
                    new(new GitCheckout("/srv/app") { Repository = "/srv/app.git", Revision = Old })
                    {
                        Prepare = "apt-get -q update >/dev/null; apt-get install -qy --no-install-recommends git >/dev/null",
                    },
                    new(new GitCheckout("/srv/empty-checkout") { Repository = "/srv/app.git", Revision = Old })
                    {
                        Prepare = "mkdir /srv/empty-checkout",
                    },
                ],
            },
        ];
}
