using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresDatabaseTests : ISamples
{
    const string Cluster = "\ncluster=17/main\n";

    const string Nothing = """{"missing": [], "standby": false, "database": null, "unavailable": []}""";

    const string There = """
        {"missing": [], "standby": false, "database": {"ctype": "C.UTF-8", "owner": "postgres", "locale": "C.UTF-8", "encoding": "UTF8", "privileges": [{"role": "public", "privilege": "temporary"}, {"role": "public", "privilege": "connect"}, {"role": "postgres", "privilege": "create"}], "connection_limit": -1}, "unavailable": []}
        """;

    static readonly PostgresDatabase Whole = new("app")
    {
        Owner = "app",
        Encoding = "utf-8",
        Locale = "C.utf8",
        ConnectionLimit = 20,
        Extensions = ["pg_trgm"],
        Privileges = new() { ["public"] = "", ["reports"] = "CONNECT, TEMP" },
    };

    [Fact]
    public void Makes_a_database() => Plan(new PostgresDatabase("app"), Nothing + Cluster);

    [Fact]
    public void Makes_a_database_with_all_that_it_can_have() => Plan(Whole, $"{Nothing}\nnull{Cluster}");

    [Fact]
    public void Makes_a_database_whose_name_is_odd() => Plan(new PostgresDatabase("a \"b\" 'c'") { Owner = "o\"o" }, Nothing + Cluster);

    [Fact]
    public void Leaves_a_database_that_is_right() =>
        Plan(
            new PostgresDatabase("app")
            {
                Owner = "postgres",
                Encoding = "utf-8",
                Locale = "C.utf8",
                Extensions = ["plpgsql"],
                Privileges = new() { ["public"] = "temporary connect" },
            },
            There + "\n" + """{"extensions": ["hstore", "plpgsql"]}""" + Cluster
        );

    [Fact]
    public void Changes_what_can_be_changed() => Plan(Whole, There + "\n" + """{"extensions": ["plpgsql"]}""" + Cluster);

    [Fact]
    public void Cannot_change_the_encoding_of_what_is_there() =>
        Plan(new PostgresDatabase("app") { Encoding = "LATIN1" }, There + Cluster);

    [Fact]
    public void Cannot_change_the_locale_of_what_is_there() =>
        Plan(new PostgresDatabase("app") { Locale = "de_DE.UTF-8" }, There + Cluster);

    [Fact]
    public void Needs_its_roles() =>
        Plan(
            new PostgresDatabase("app") { Owner = "app" },
            """{"missing": ["app"], "standby": false, "database": null, "unavailable": []}""" + Cluster
        );

    [Fact]
    public void Needs_the_files_of_an_extension() =>
        Plan(
            new PostgresDatabase("app") { Extensions = ["postgis"] },
            """{"missing": [], "standby": false, "database": null, "unavailable": ["postgis"]}""" + $"\nnull{Cluster}"
        );

    [Fact]
    public void Refuses_what_makes_no_sense() =>
        Plan(
            new PostgresDatabase("template0")
            {
                Cluster = "17",
                Encoding = "UTF8'",
                Locale = "",
                ConnectionLimit = -3,
                Owner = new('x', 64),
                Privileges = new() { ["app"] = "connect select" },
            },
            ""
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(new PostgresDatabase("app"), "[]" + Cluster);

    [Fact]
    public void Drops_a_database() => Plan(new NoPostgresDatabase("app"), """{"exists": true, "standby": false}""" + Cluster);

    [Fact]
    public void Wants_nothing_where_there_is_no_such_database() =>
        Plan(new NoPostgresDatabase("app"), """{"exists": false, "standby": false}""" + Cluster);

    [Fact]
    public void Never_drops_what_every_server_has() => Plan(new NoPostgresDatabase("template1"), "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresDatabase>
            {
                Losses =
                [
                    new(
                        new PostgresDatabase("app") { Privileges = new() { ["public"] = "connect" } },
                        There + Cluster,
                        "Removes temporary on app from public"
                    ),
                ],
                BareElsewhere = "PostgresTests of the lab, where a server runs",
                ForRoot = [new(new PostgresDatabase("app"))],
            },
            new Sample<NoPostgresDatabase>
            {
                Losses =
                [
                    new(
                        new NoPostgresDatabase("app"),
                        """{"exists": true, "standby": false}""" + Cluster,
                        "Discards all data of the database app"
                    ),
                ],
                ForRoot = [new(new NoPostgresDatabase("old"))],
            },
        ];
}
