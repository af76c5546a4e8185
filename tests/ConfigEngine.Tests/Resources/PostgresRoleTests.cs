using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresRoleTests : ISamples
{
    const string Cluster = "\ncluster=17/main\n";
    const string Nobody = """{"role": null, "missing": [], "standby": false}""" + Cluster;

    /// <summary>What PostgreSQL 17 stored for the password hunter2.</summary>
    const string Scram = "4096:R2XQAkPwX2Fi2qB7lFhBhg==|9a0a52cd06f96fb9b59a73532360437eb5d05c278345847c4a67f0440c5c82fa";
    const string Md5 = "md5|59454ac4d80c0b635ba07585852ed2e8117f4c919cfe3a954dd7068402c1b9b5";

    static string There(string password = "", string of = "[]") =>
        $$"""
            {"role": {"login": true, "inherit": true, "password": "{{password}}", "member_of": {{of}}, "superuser": false, "create_role": false, "replication": false, "valid_until": "infinity", "create_database": false, "connection_limit": -1}, "missing": [], "standby": false}
            """ + Cluster;

    static Secret Password(string password = "hunter2") => SecretTests.Known(password, "APP_PASSWORD");

    [Fact]
    public void Makes_a_role_with_a_password() =>
        Plan(
            new PostgresRole("repl")
            {
                Login = true,
                Replication = true,
                ConnectionLimit = 5,
                Password = Password(),
            },
            Nobody
        );

    [Fact]
    public void Makes_a_role_whose_name_is_odd() => Plan(new PostgresRole("it's \"me\"") { MemberOf = ["o'ps"] }, Nobody);

    [Fact]
    public void Leaves_a_role_with_the_same_password() => Plan(new PostgresRole("app") { Password = Password() }, There(Scram));

    [Fact]
    public void Sees_another_password_and_shows_only_digests() =>
        Plan(new PostgresRole("app") { Password = Password("correct horse") }, There(Scram));

    [Fact]
    public void Sets_a_password_where_there_is_none() => Plan(new PostgresRole("app") { Password = Password() }, There());

    [Fact]
    public void Stores_the_same_password_as_SCRAM_where_it_is_MD5() => Plan(new PostgresRole("app") { Password = Password() }, There(Md5));

    [Fact]
    public void Leaves_a_password_in_MD5_where_that_is_wanted() =>
        Plan(new PostgresRole("app") { Password = Password(), StoreAsMd5 = true }, There(Md5));

    [Fact]
    public void Changes_each_attribute() =>
        Plan(
            new PostgresRole("app")
            {
                Cluster = "17/main",
                Login = false,
                Replication = true,
                Superuser = true,
                CreateDatabase = true,
                CreateRole = true,
                Inherit = false,
                ConnectionLimit = 3,
                ValidUntil = "2027-01-31",
                MemberOf = ["ops"],
            },
            There(of: """["dba"]""")
        );

    [Fact]
    public void Takes_out_of_other_roles_where_they_are_said_exactly() =>
        Plan(new PostgresRole("app") { MemberOfExactly = ["ops"] }, There(of: """["dba", "ops"]"""));

    [Fact]
    public void Needs_the_roles_that_it_is_a_member_of() =>
        Plan(new PostgresRole("app") { MemberOf = ["ops"] }, """{"role": null, "missing": ["ops"], "standby": false}""" + Cluster);

    [Fact]
    public void Changes_nothing_on_a_standby() =>
        Plan(new PostgresRole("app") { Login = true }, """{"role": null, "missing": [], "standby": true}""" + Cluster);

    [Fact]
    public void Needs_a_server_that_runs() => Plan(new PostgresRole("app"), "stopped=17/main\n");

    [Fact]
    public void Asks_which_one_where_there_are_several() => Plan(new PostgresRole("app"), "several=15/main 17/main\n");

    [Fact]
    public void Knows_no_server_that_is_older_than_version_11() => Plan(new PostgresRole("app") { Cluster = "10/main" }, "old=10/main\n");

    [Fact]
    public void Says_that_there_is_no_such_cluster() => Plan(new PostgresRole("app") { Cluster = "9.6/main" }, "none=9.6/main\n");

    [Fact]
    public void Refuses_what_makes_no_sense() =>
        Plan(
            new PostgresRole("pg_app")
            {
                Cluster = "main",
                ConnectionLimit = -2,
                ValidUntil = "tomorrow",
                MemberOf = [""],
                MemberOfExactly = ["pg_app"],
                StoreAsMd5 = true,
            },
            Nobody
        );

    [Fact]
    public void Refuses_a_password_that_clients_would_change() => Plan(new PostgresRole("app") { Password = Password("påss") }, Nobody);

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() =>
        Plan(new PostgresRole("app"), """{"role": {"login": "t"}}""" + Cluster);

    [Fact]
    public void Removes_a_role() => Plan(new NoPostgresRole("app"), """{"holds": [], "exists": true, "standby": false}""" + Cluster);

    [Fact]
    public void Removes_no_role_that_owns_something() =>
        Plan(
            new NoPostgresRole("app"),
            """{"holds": ["2 thing(s) in database app", "a database or tablespace"], "exists": true, "standby": false}""" + Cluster
        );

    [Fact]
    public void Wants_nothing_where_there_is_no_such_role() =>
        Plan(new NoPostgresRole("app"), """{"holds": [], "exists": false, "standby": false}""" + Cluster);

    [Fact]
    public void Never_removes_postgres() => Plan(new NoPostgresRole("postgres"), "");

    [Fact]
    public void A_host_that_asks_for_very_many_iterations_is_not_obeyed() =>
        Assert.False(
            new ConfigEngine.Resources.PostgresPassword("app", Password()).IsStored(
                $"2147483647:AAAA|{new string('0', 64)}",
                PostgresPasswordForm.Scram
            )
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresRole>
            {
                Losses =
                [
                    new(
                        new PostgresRole("app") { MemberOfExactly = ["ops"] },
                        There(of: """["dba", "ops"]"""),
                        "Removes app from the role dba"
                    ),
                ],
                BareElsewhere = "PostgresTests of the lab, where a server runs",
                ForRoot = [new(new PostgresRole("app"))],
            },
            new Sample<NoPostgresRole> { LosesOnly = "the role that it names", ForRoot = [new(new NoPostgresRole("old"))] },
        ];
}
