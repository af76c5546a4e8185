using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PostgresSettingTests : ISamples
{
    static string Answer(string setting, string file = "null", string names = "[]") =>
        $$"""
            {"file": {{file}}, "names": {{names}}, "setting": {{setting}}}
            cluster=17/main

            """;

    static string Setting(string value, string type, string context, string unit = "", string words = "[]", string source = "default") =>
        $$"""
            {"type": "{{type}}", "unit": "{{unit}}", "most": "262143", "least": "0", "value": "{{value}}", "words": {{words}}, "source": "{{source}}", "context": "{{context}}", "default": "{{value}}"}
            """;

    static string File(string value) => $$"""{"error": null, "value": "{{value}}"}""";

    const string FromFile = "configuration file";

    [Fact]
    public void Sets_what_needs_a_restart_and_says_so() =>
        Plan(new PostgresSetting("max_wal_senders") { Value = "20" }, Answer(Setting("10", "integer", "postmaster")));

    [Fact]
    public void Sets_what_needs_no_restart_and_says_so() =>
        Plan(new PostgresSetting("wal_keep_size") { Value = "1GB" }, Answer(Setting("0", "integer", "sighup", "MB")));

    [Fact]
    public void Keeps_WAL_by_segments_on_an_older_server() =>
        Plan(new PostgresSetting("wal_keep_size") { Value = "1GB" }, Answer(Setting("0", "integer", "sighup", "16777216B")));

    [Fact]
    public void Leaves_segments_that_are_the_size() =>
        Plan(
            new PostgresSetting("wal_keep_size") { Value = "1GB" },
            Answer(Setting("64", "integer", "sighup", "16777216B", source: FromFile), File("64"))
        );

    [Fact]
    public void Leaves_a_value_that_is_written_in_another_unit() =>
        Plan(
            new PostgresSetting("shared_buffers") { Value = "131072kB" },
            Answer(Setting("16384", "integer", "postmaster", "8kB", source: FromFile), File("128MB"))
        );

    [Fact]
    public void Leaves_a_default_that_is_right() =>
        Plan(
            new PostgresSetting("wal_level") { Value = "replica" },
            Answer(Setting("replica", "enum", "postmaster", words: """["minimal", "replica", "logical"]"""))
        );

    [Fact]
    public void Sees_a_restart_that_is_still_to_come() =>
        Plan(
            new PostgresSetting("shared_buffers") { Value = "256MB" },
            Answer(Setting("16384", "integer", "postmaster", "8kB", source: FromFile), File("256MB"))
        );

    [Fact]
    public void Has_the_server_read_what_it_has_not_read() =>
        Plan(
            new PostgresSetting("work_mem") { Value = "8MB" },
            Answer(Setting("4096", "integer", "user", "kB", source: FromFile), File("8MB"))
        );

    [Fact]
    public void Leaves_a_restart_to_somebody_else() =>
        Plan(
            new PostgresSetting("shared_buffers") { Value = "256MB", Restart = false },
            Answer(Setting("16384", "integer", "postmaster", "8kB", source: FromFile), File("128MB"))
        );

    [Fact]
    public void Quotes_each_name_of_a_list() =>
        Plan(
            new PostgresSetting("shared_preload_libraries") { Value = "auto_explain, pg_stat_statements" },
            Answer(Setting("", "string", "postmaster"))
        );

    [Fact]
    public void Takes_an_archive_command_that_is_not_in_use() =>
        Plan(
            new PostgresSetting("archive_command") { Value = "cp %p /srv/wal/%f" },
            Answer(Setting("(disabled)", "string", "sighup", source: FromFile), File("cp %p /srv/wal/%f"))
        );

    [Fact]
    public void Sets_several_with_one_restart() =>
        Plan([
            (new PostgresSetting("max_wal_senders") { Value = "20" }, Output.Of(Answer(Setting("10", "integer", "postmaster")))),
            (new PostgresSetting("wal_keep_size") { Value = "1GB" }, Output.Of(Answer(Setting("0", "integer", "sighup", "MB")))),
        ]);

    [Fact]
    public void Says_what_was_probably_meant() =>
        Plan(
            new PostgresSetting("wal_keep_sise") { Value = "1GB" },
            Answer("null", names: """["wal_keep_size", "wal_level", "work_mem"]""")
        );

    [Fact]
    public void Refuses_a_word_that_the_setting_does_not_take() =>
        Plan(
            new PostgresSetting("wal_level") { Value = "archive" },
            Answer(Setting("replica", "enum", "postmaster", words: """["minimal", "replica", "logical"]"""))
        );

    [Fact]
    public void Refuses_a_number_that_is_too_large() =>
        Plan(new PostgresSetting("max_wal_senders") { Value = "1000000" }, Answer(Setting("10", "integer", "postmaster")));

    [Fact]
    public void Refuses_what_no_server_can_change() =>
        Plan(new PostgresSetting("block_size") { Value = "8192" }, Answer(Setting("8192", "integer", "internal")));

    [Fact]
    public void Refuses_what_is_no_setting() => Plan(new PostgresSetting("work_mem; drop") { Value = "8\nMB" }, "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() =>
        Plan(new PostgresSetting("work_mem") { Value = "8MB" }, Answer("{}"));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PostgresSetting>
            {
                Losses =
                [
                    new(
                        new PostgresSetting("max_wal_senders") { Value = "20" },
                        Answer(Setting("10", "integer", "postmaster")),
                        "Restarts PostgreSQL"
                    ),
                ],
                BareElsewhere = "PostgresReplicationTests of the lab, where a server runs",
                ForRoot = [new(new PostgresSetting("work_mem") { Value = "8MB" })],
            },
        ];
}
