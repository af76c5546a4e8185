using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresReplicationSlotTests : ISamples
{
    static string Answer(string slot, string level = "replica") =>
        $$"""
            {"slot": {{slot}}, "wal_level": "{{level}}", "identifier": "7300000000000000001"}
            cluster=17/main

            """;

    const string Physical = """{"lost": false, "plugin": "", "database": ""}""";
    const string There = "{\"active\": false, \"exists\": true}\ncluster=17/main\n";

    [Fact]
    public void Makes_a_slot() => Plan(new PostgresReplicationSlot("standby1"), Answer("null"));

    [Fact]
    public void Leaves_a_slot_that_is_there() => Plan(new PostgresReplicationSlot("standby1"), Answer(Physical));

    [Fact]
    public void Makes_a_logical_slot() =>
        Plan(new PostgresReplicationSlot("changes") { Plugin = "pgoutput", Database = "app" }, Answer("null", "logical"));

    [Fact]
    public void Needs_a_level_of_WAL() =>
        Plan(new PostgresReplicationSlot("changes") { Plugin = "pgoutput", Database = "app" }, Answer("null"));

    [Fact]
    public void Cannot_make_a_physical_slot_logical() =>
        Plan(new PostgresReplicationSlot("changes") { Plugin = "pgoutput", Database = "app" }, Answer(Physical, "logical"));

    [Fact]
    public void Says_that_the_WAL_of_a_slot_is_lost() =>
        Plan(new PostgresReplicationSlot("standby1"), Answer("""{"lost": true, "plugin": "", "database": ""}"""));

    [Fact]
    public void Refuses_what_is_no_name() => Plan(new PostgresReplicationSlot("Standby-1") { Plugin = "pgoutput" }, "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(new PostgresReplicationSlot("standby1"), Answer("[]"));

    [Fact]
    public void Its_name_and_the_identifier_are_known_where_it_is_there()
    {
        PostgresReplicationSlot slot = new("standby1");
        Assert.Equal(
            ["slot name of postgres-replication-slot standby1", "system identifier of postgres-replication-slot standby1"],
            ((Known<string>[])[slot.SlotName, slot.SystemIdentifier]).Select(known => known.ToString())
        );
    }

    [Fact]
    public void Drops_a_slot() => Plan(new NoPostgresReplicationSlot("standby1"), There);

    [Fact]
    public void Drops_no_slot_that_is_being_read() =>
        Plan(new NoPostgresReplicationSlot("standby1"), "{\"active\": true, \"exists\": true}\ncluster=17/main\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_slot() =>
        Plan(new NoPostgresReplicationSlot("standby1"), "{\"active\": false, \"exists\": false}\ncluster=17/main\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresReplicationSlot>
            {
                LosesOnly = "nothing: it only makes a slot",
                BareElsewhere = "PostgresReplicationTests of the lab, where a server runs",
                ForRoot = [new(new PostgresReplicationSlot("standby1"))],
            },
            new Sample<NoPostgresReplicationSlot>
            {
                Losses =
                [
                    new(new NoPostgresReplicationSlot("standby1"), There, "Discards the WAL that the server keeps for the slot standby1"),
                ],
                ForRoot = [new(new NoPostgresReplicationSlot("old"))],
            },
        ];
}
