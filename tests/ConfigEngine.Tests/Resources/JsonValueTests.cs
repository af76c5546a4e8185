using System.Text.Json;
using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class JsonValueTests : ISamples
{
    const string Path = "/etc/docker/daemon.json";

    const string Json = """
        {
          // for all containers
          "log-driver": "json-file",
          "log-opts": {
            "max-size": "10m", // each
            "max-file": 3
          },
          "hosts": ["unix:///run/docker.sock", {"tcp": 2375}],
          "debug": false
        }

        """;

    static readonly JsonValue Size = new(Path, "log-opts.max-size") { Value = "50m" };

    [Fact]
    public void Changes_a_value_and_nothing_else() => Plan(Size, Files.Text(Json));

    [Fact]
    public void Leaves_a_value_that_is_as_wanted() => Plan(Size with { Value = "10m" }, Files.Text(Json));

    [Fact]
    public void A_number_is_not_a_text() => Plan(new JsonValue(Path, "log-opts.max-file") { Value = "3" }, Files.Text(Json));

    [Fact]
    public void Adds_a_value_as_the_others_of_its_map_are() =>
        Plan(new JsonValue(Path, "log-opts.compress") { Value = true }, Files.Text(Json));

    [Fact]
    public void Adds_the_maps_that_a_value_needs() =>
        Plan(new JsonValue(Path, "default-ulimits.nofile.\"Hard.Limit\"") { Value = 64000 }, Files.Text(Json));

    [Fact]
    public void Changes_a_value_in_an_entry_of_a_list() => Plan(new JsonValue(Path, "hosts[1].tcp") { Value = 2376 }, Files.Text(Json));

    [Fact]
    public void Makes_a_file_without_content_a_map() => Plan(Size, Files.Text(""));

    [Fact]
    public void Shows_no_secret() => Plan(new JsonValue(Path, "key") { Value = SecretTests.Known("hunter2", "KEY") }, Files.Text(Json));

    [Fact]
    public void Does_not_write_one_value_over_a_map() => Plan(new JsonValue(Path, "log-opts") { Value = "none" }, Files.Text(Json));

    [Fact]
    public void Does_not_look_for_values_in_a_text() => Plan(new JsonValue(Path, "log-driver.name") { Value = "x" }, Files.Text(Json));

    [Fact]
    public void Does_not_add_entries_to_a_list() => Plan(new JsonValue(Path, "hosts[2]") { Value = "x" }, Files.Text(Json));

    [Fact]
    public void Does_not_choose_between_two_of_a_name() =>
        Plan(new JsonValue(Path, "a") { Value = 1 }, Files.Text("{\"a\": 1, \"b\": 2, \"a\": 3}"));

    [Fact]
    public void Does_not_edit_what_is_not_json() => Plan(Size, Files.Text("{\n  \"a\": 1\n  \"b\": 2\n}\n"));

    [Fact]
    public void Needs_the_file() => Plan(Size, Files.Absent);

    [Fact]
    public void Refuses_what_is_no_path_and_no_value() =>
        Plan(new JsonValue("daemon.json", "a..b") { Value = double.NaN }, Files.Text(Json));

    [Fact]
    public void Removes_a_value_with_all_that_is_in_it() => Plan(new NoJsonValue(Path, "log-opts"), Files.Text(Json));

    [Fact]
    public void Wants_nothing_where_there_is_no_such_value() => Plan(new NoJsonValue(Path, "debug.level"), Files.Text(Json));

    [Fact]
    public void Wants_nothing_where_there_is_no_file() => Plan(new NoJsonValue(Path, "debug"), Files.Absent);

    [Fact]
    public void Refuses_to_remove_an_entry_by_its_number() => Plan(new NoJsonValue(Path, "hosts[0]"), Files.Text(Json));

    [Theory]
    [InlineData("{}", "a", "{\n  \"a\": 1\n}")]
    [InlineData("{\"b\": 2}", "a", "{\"b\": 2, \"a\": 1}")]
    [InlineData("{\"b\":2}", "a.c", "{\"b\":2, \"a\":{\"c\": 1}}")]
    [InlineData("{\n\t\"b\": 2,\n}\n", "a", "{\n\t\"b\": 2,\n\t\"a\": 1,\n}\n")]
    [InlineData("{\n  \"b\": 2 // two\n}\n", "a", "{\n  \"b\": 2, // two\n  \"a\": 1\n}\n")]
    [InlineData("{\r\n  \"b\": 2\r\n}\r\n", "a", "{\r\n  \"b\": 2,\r\n  \"a\": 1\r\n}\r\n")]
    [InlineData("{\n  /* none */\n}\n", "a", "{\n  /* none */\n  \"a\": 1\n}\n")]
    [InlineData("{ /* none */ }", "a", "{ /* none */ \"a\": 1}")]
    [InlineData("{\n  \"b\": {}\n}\n", "b.a", "{\n  \"b\": {\n    \"a\": 1\n  }\n}\n")]
    [InlineData("{\"a\": 1.0}", "a", "{\"a\": 1.0}")]
    [InlineData("{\"\\u0061\": 2}", "a", "{\"\\u0061\": 1}")]
    [InlineData("\ufeff{\"a\":null}", "a", "\ufeff{\"a\":1}")]
    public void A_value_is_put_where_it_belongs(string before, string path, string after) =>
        Assert.Equal(after, JsonFormat.Only.Set(before, Edits.At(path), 1));

    [Theory]
    [InlineData("{\"a\": 1}", "{}")]
    [InlineData("{\"a\": 1, \"b\": 2}", "{\"b\": 2}")]
    [InlineData("{\"b\": 2, \"a\": 1}", "{\"b\": 2}")]
    [InlineData("{\n  \"b\": 2,\n  \"a\": [\n    1\n  ]\n}\n", "{\n  \"b\": 2\n}\n")]
    [InlineData("{\n  \"a\": 1, // one\n  // two\n  \"b\": 2\n}\n", "{\n  // two\n  \"b\": 2\n}\n")]
    [InlineData("{\n  \"b\": 2, // two\n  \"a\": 1\n}\n", "{\n  \"b\": 2 // two\n}\n")]
    [InlineData("{\n  \"b\": 2,\n  \"a\": 1,\n}\n", "{\n  \"b\": 2,\n}\n")]
    public void A_value_is_taken_out_with_its_comma(string before, string after) =>
        Assert.Equal(after, JsonFormat.Only.Remove(before, Edits.At("a")));

    [Fact]
    public void Any_value_in_any_map_is_read_by_another_reader_as_it_was_written() =>
        Edits.OfAny(
            JsonFormat.Only,
            Edits.Json,
            text => System.Text.Json.Nodes.JsonNode.Parse(text, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<JsonValue>
            {
                LosesOnly = "the value that was there; it never replaces a map or a list",
                Bare =
                [
                    new(new JsonValue("/etc/lab.json", "lab.key") { Value = "value" })
                    {
                        Prepare = "echo '{}' >/etc/lab.json",
                        IsThere = "grep -q '\"key\": \"value\"' /etc/lab.json",
                    },
                ],
            },
            new Sample<NoJsonValue>
            {
                LosesOnly = "the value",
                ForRoot = [new(new NoJsonValue("/etc/gone.json", "a")) { Prepare = "echo '{\"a\": 1}' >/etc/gone.json" }],
            },
        ];
}
