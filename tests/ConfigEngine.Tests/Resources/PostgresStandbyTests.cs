using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresStandbyTests : ISamples
{
    const string Directory = "/var/lib/postgresql/17/main";
    const string Fresh = $"data={Directory}\nversion=17\ncontent=empty\nstreams=stopped\ncluster=17/main\n";

    const string Own = $"""
        data={Directory}
        version=17
        content=server
        identifier=7300000000000000009
        conninfo=
        slot=
        password=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        streams=primary
        cluster=17/main

        """;

    static string There(
        string streams = "yes",
        string slot = "standby1",
        string host = "192.168.1.10",
        string more = "",
        int version = 17
    ) =>
        $"""
            data={Directory}
            version={version}
            content=standby
            identifier=7300000000000000001
            conninfo=user=repl passfile='/etc/postgresql/17/main/primary.pass' connect_timeout=10 host={host} port=5432 application_name=walreceiver
            slot={slot}
            password=90b4e60a12e5c60bfa4b1e0b15ae46c6f9a9a25ff1b1ba0be4e0f1f9d4d7a2b3
            streams={streams}
            {more}cluster=17/main

            """;

    static readonly PostgresStandby Standby = new("192.168.1.10")
    {
        User = "repl",
        Slot = "standby1",
        Cluster = "17/main",
    };

    static Secret Password => SecretTests.Known("it's: a\\secret", "REPL_PASSWORD");

    [Fact]
    public void Builds_a_standby_where_nothing_is() => Plan(Standby with { Password = Password }, Fresh);

    [Fact]
    public void Leaves_a_standby_that_streams() => Plan(Standby, There());

    [Fact]
    public void Replaces_no_data_that_is_not_named() => Plan(Standby, Own);

    [Fact]
    public void Replaces_no_data_of_another_name() => Plan(Standby with { Replace = "/var/lib/postgresql/16/main" }, Own);

    [Fact]
    public void Replaces_data_that_is_named() => Plan(Standby with { Replace = Directory }, Own);

    [Fact]
    public void Leaves_a_standby_that_streams_though_its_data_may_be_replaced() => Plan(Standby with { Replace = Directory }, There());

    [Fact]
    public void Refuses_the_data_of_another_primary() => Plan(Standby with { Identifier = "7300000000000000002" }, There());

    [Fact]
    public void Reports_a_standby_that_fell_behind_too_far() => Plan(Standby, There("no", more: "lost=yes\n"));

    [Fact]
    public void Builds_one_again_that_fell_behind_too_far_where_that_is_said() =>
        Plan(Standby with { Replace = Directory }, There("no", more: "lost=yes\n"));

    [Fact]
    public void Reports_a_standby_that_is_behind() =>
        Plan(Standby with { MaxLag = ByteSize.FromMegabytes(16) }, There("behind", more: "lag=50331648\ndelay=3\npaused=f\n"));

    [Fact]
    public void Reports_a_standby_that_does_not_apply_what_it_receives() =>
        Plan(Standby with { MaxDelay = TimeSpan.FromMinutes(5) }, There("behind", more: "lag=512\ndelay=420\npaused=t\n"));

    [Fact]
    public void Follows_another_address_and_slot() => Plan(Standby, There(slot: "", host: "192.168.1.11"));

    [Fact]
    public void Restarts_an_older_server_to_follow_another_address() => Plan(Standby, There(host: "192.168.1.11", version: 12));

    [Fact]
    public void Writes_another_password_without_a_restart() => Plan(Standby with { Password = Password }, There());

    [Fact]
    public void Starts_one_that_is_stopped() => Plan(Standby, There("stopped"));

    [Fact]
    public void Refuses_to_be_its_own_standby() => Plan(Standby, Own + "self=yes\n");

    [Fact]
    public void Needs_a_cluster() => Plan(Standby, "none=17/main\n");

    [Fact]
    public void Refuses_what_makes_no_sense() =>
        Plan(
            new PostgresStandby("host=1.2.3.4 user=x")
            {
                User = "a b",
                Port = 0,
                Slot = "Standby-1",
                ApplicationName = "it's",
                Replace = "main",
                MaxDelay = TimeSpan.Zero,
            },
            ""
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Standby, There("perhaps"));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresStandby>
            {
                Losses =
                [
                    new(Standby with { Replace = Directory }, Own, $"Discards all that is in {Directory}"),
                    new(Standby, There(host: "192.168.1.11", version: 12), "Restarts postgresql@17-main.service"),
                ],
                BareElsewhere = "PostgresReplicationTests of the lab, with a primary to copy from",
                ForRoot = [new(Standby)],
            },
        ];
}
