using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresHbaRuleTests : ISamples
{
    const string File = """
        # TYPE  DATABASE        USER            ADDRESS                 METHOD
        local   all             postgres                                peer
        host    all             all             127.0.0.1/32            scram-sha-256
        host    all             all             10.0.0.0/8              reject
        host    replication     all             127.0.0.1 255.255.255.255 scram-sha-256

        """;

    static string Answer(string file = File, string errors = "[]") =>
        $$"""
            {"path": "/etc/postgresql/17/main/pg_hba.conf", "errors": {{errors}}}
            cluster=17/main
            {{((Content)file).Digest}}

            """ + file;

    static readonly PostgresHbaRule Replication = new("replication", "repl", "192.168.1.150/32");

    [Fact]
    public void Adds_a_rule_at_the_end() => Plan(Replication, Answer());

    [Fact]
    public void Puts_a_rule_before_the_one_that_would_hide_it() => Plan(new PostgresHbaRule("app", "app,web", "10.1.2.0/24"), Answer());

    [Fact]
    public void Leaves_a_rule_that_is_there() =>
        Plan(new PostgresHbaRule("all", "postgres", "") { Method = "peer", Cluster = "17/main" }, Answer());

    [Fact]
    public void Reads_an_address_with_its_mask() => Plan(new PostgresHbaRule("replication", "all", "127.0.0.1/32"), Answer());

    [Fact]
    public void Changes_the_method_where_it_is() => Plan(new PostgresHbaRule("all", "all", "10.0.0.0/8"), Answer());

    [Fact]
    public void Moves_a_rule_that_somebody_hid() =>
        Plan(Replication, Answer("host replication all all trust\nhost replication repl 192.168.1.150/32 scram-sha-256\n"));

    [Fact]
    public void Says_which_rules_it_hides() =>
        Plan(new PostgresHbaRule("all", "all", "192.168.0.0/16"), Answer("host all all 192.168.1.0/24 reject\nhost all all all reject\n"));

    [Fact]
    public void Quotes_names_that_are_odd() =>
        Plan(
            new PostgresHbaRule("my app", "+ops,it's", "db.example.com")
            {
                Type = "hostssl",
                Method = "cert",
                Options = "map=ops",
            },
            Answer()
        );

    [Fact]
    public void Adds_several_in_their_order() =>
        Plan([
            (new PostgresHbaRule("app", "app", "192.168.1.0/24"), Output.Of(Answer())),
            (new PostgresHbaRule("app", "all", "192.168.0.0/16") { Method = "reject" }, Output.Of(Answer())),
        ]);

    [Fact]
    public void Refuses_two_rules_of_which_the_first_hides_the_second() =>
        Plan([
            (new PostgresHbaRule("all", "all", "192.168.0.0/16") { Method = "reject" }, Output.Of(Answer())),
            (new PostgresHbaRule("app", "app", "192.168.1.0/24"), Output.Of(Answer())),
        ]);

    [Fact]
    public void Does_not_touch_a_file_that_is_wrong_already() =>
        Plan(Replication, Answer(errors: """["line 7: invalid connection type"]"""));

    [Fact]
    public void Refuses_an_address_that_is_none() =>
        Plan(
            new PostgresHbaRule("all", "all", "192.168.1.150/33")
            {
                Method = "peer",
                Type = "local",
                Options = "a # b",
            },
            ""
        );

    [Fact]
    public void Refuses_an_address_without_its_prefix() =>
        Plan(new PostgresHbaRule("all", "a\"b", "2001:db8::1") { Method = "scram" }, "");

    [Fact]
    public void Needs_a_server_that_runs() => Plan(Replication, "stopped=17/main\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Replication, Answer() + "more\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresHbaRule>
            {
                LosesOnly = "the rule that it takes the place of, which a plan shows as a line of the file",
                BareElsewhere = "PostgresReplicationTests of the lab, where a server runs",
                ForRoot = [new(Replication)],
            },
        ];
}
