using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class AlembicMigrationTests : ISamples
{
    static readonly AlembicMigration App = new("/srv/app") { As = "app", UrlFile = "/srv/app/database-url" };

    const string Here = "owner app 755\nme app\n";

    const string Down = Here + "heads 2b\ncurrent 2b\naims 1a\ndown 2b add orders\n";

    [Fact]
    public void Lists_the_migrations_that_lead_to_the_head() =>
        Plan(
            App with
            {
                Python = "/srv/app/venv/bin/python",
            },
            Here + "heads 2b\ncurrent\naims 2b\nup 1a create users\nup 2b add orders\n"
        );

    [Fact]
    public void Wants_nothing_where_the_schema_is_there() => Plan(App, Here + "heads 2b\ncurrent 2b\naims 2b\n");

    [Fact]
    public void Wants_nothing_of_other_branches() => Plan(App with { Revision = "2b" }, Here + "heads 2b 3c\ncurrent 2b 3c\naims 2b\n");

    [Fact]
    public void Takes_nothing_back_that_is_not_named() => Plan(App with { Revision = "1a" }, Down);

    [Fact]
    public void Takes_back_what_is_named_and_says_what_is_lost() => Plan(App with { Revision = "1a", TakeBack = ["2b"] }, Down);

    [Fact]
    public void Goes_back_to_the_beginning() =>
        Plan(
            App with
            {
                Revision = "base",
                TakeBack = ["2b", "1a"],
            },
            Here + "heads 2b\ncurrent 2b\naims\ndown 2b add orders\ndown 1a create users\n"
        );

    [Fact]
    public void Several_heads_are_an_error() => Plan(App, Here + "heads 2b 3c\ncurrent 1a\nseveral\n");

    [Fact]
    public void Goes_to_all_heads_where_it_is_told_so() =>
        Plan(App with { Revision = "heads" }, Here + "heads 2b 3c\ncurrent 1a\naims 2b 3c\nup 2b add orders\nup 3c add invoices\n");

    [Fact]
    public void An_unknown_revision_is_an_error() => Plan(App with { Revision = "ffff" }, Here + "heads 2b\ncurrent 1a\nunknown\n");

    [Fact]
    public void Says_that_the_code_is_older_than_the_schema() => Plan(App, Here + "heads 2b\ncurrent 3c\nlost 3c\n");

    [Fact]
    public void Needs_Alembic() => Plan(App, Here + "missing the module of Alembic (No module named 'alembic')\n");

    [Fact]
    public void Needs_a_database_that_answers() =>
        Plan(App, Here + "heads 2b\nunreachable OperationalError: could not translate host name \"db1\" to address\n");

    [Fact]
    public void Runs_nothing_as_root_that_somebody_else_can_change() => Plan(App with { As = null }, "owner app 755\nme root\nrefused\n");

    [Fact]
    public void Says_that_the_url_can_be_read() =>
        Plan(App, Here + "open /srv/app/database-url\nheads 2b\ncurrent 1a\naims 2b\nup 2b add orders\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(App, Here + "heads 2b\nsideways 2b\n");

    [Fact]
    public void Refuses_what_is_no_revision_and_no_path() =>
        Plan(
            new AlembicMigration("srv/app")
            {
                Revision = "+1",
                Config = "",
                Python = "python",
                UrlFile = "~/url",
                TakeBack = ["-1"],
            },
            Here
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<AlembicMigration>
            {
                Losses = [new(App with { Revision = "1a", TakeBack = ["2b"] }, Down, "Discards what the migration 2b add orders added")],
                BareElsewhere = "AlembicTests of the lab: it needs a project",
                ForAnybody = "it runs as the user of the project, whoever that is",
            },
        ];
}
