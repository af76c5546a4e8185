using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using YamlDotNet.Serialization;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class YamlValueTests : ISamples
{
    const string Path = "/etc/app.yaml";

    const string Yaml = """
        # of the house
        server:
          host: 'app.example.com'   # where it is
          port: 80
          tls: {cert: /etc/tls.pem, key: "/etc/tls.key"}

        logging: &logging
          level: info
        defaults:
          <<: *logging
          level: debug
        greeting: |
          hello
          world
        workers:
        - name: first
          queues: [a, b]
        - name: second
        proxy:

        """;

    static readonly YamlValue Port = new(Path, "server.port") { Value = 8443 };

    [Fact]
    public void Changes_a_value_and_nothing_else() => Plan(Port, Files.Text(Yaml));

    [Fact]
    public void Leaves_a_value_that_is_as_wanted() => Plan(new YamlValue(Path, "greeting") { Value = "hello\nworld\n" }, Files.Text(Yaml));

    [Fact]
    public void Keeps_quotes_as_they_are() => Plan(new YamlValue(Path, "server.host") { Value = "it's.example.com" }, Files.Text(Yaml));

    [Fact]
    public void Writes_in_quotes_what_could_be_read_as_something_else() =>
        Plan(new YamlValue(Path, "server.http2") { Value = "no" }, Files.Text(Yaml));

    [Fact]
    public void Adds_a_value_in_braces() => Plan(new YamlValue(Path, "server.tls.ca") { Value = "/etc/ca.pem" }, Files.Text(Yaml));

    [Fact]
    public void Adds_the_maps_that_a_value_needs() =>
        Plan(new YamlValue(Path, "proxy.http.url") { Value = "http://proxy:3128" }, Files.Text(Yaml));

    [Fact]
    public void Changes_a_value_in_an_entry_of_a_list() =>
        Plan(new YamlValue(Path, "workers[0].queues[1]") { Value = "c" }, Files.Text(Yaml));

    [Fact]
    public void Writes_null() => Plan(new YamlValue(Path, "server.port") { Value = DataValue.Null }, Files.Text(Yaml));

    [Fact]
    public void Shows_no_secret() =>
        Plan(new YamlValue(Path, "server.key") { Value = SecretTests.Known("hunter2", "KEY") }, Files.Text(Yaml));

    [Fact]
    public void Does_not_edit_what_is_used_elsewhere_too() =>
        Plan(new YamlValue(Path, "logging.level") { Value = "warn" }, Files.Text(Yaml));

    [Fact]
    public void Does_not_add_beside_what_is_merged() => Plan(new YamlValue(Path, "defaults.format") { Value = "json" }, Files.Text(Yaml));

    [Fact]
    public void Does_not_write_one_value_over_a_list() => Plan(new YamlValue(Path, "workers") { Value = 2 }, Files.Text(Yaml));

    [Fact]
    public void Does_not_choose_between_two_of_a_name() => Plan(new YamlValue(Path, "a") { Value = 1 }, Files.Text("a: 1\nb: 2\na: 3\n"));

    [Fact]
    public void Does_not_edit_several_documents() => Plan(Port, Files.Text("---\na: 1\n---\nb: 2\n"));

    [Fact]
    public void Does_not_edit_what_is_not_yaml() => Plan(Port, Files.Text("server:\n\tport: 80\n"));

    [Fact]
    public void Needs_the_file() => Plan(Port, Files.Absent);

    [Fact]
    public void Refuses_what_is_no_path() => Plan(new YamlValue(Path, "a[x]") { Value = 1 }, Files.Text(Yaml));

    [Fact]
    public void Removes_a_value_and_its_comment() => Plan(new NoYamlValue(Path, "server.host"), Files.Text(Yaml));

    [Fact]
    public void Removes_a_list_with_all_that_is_in_it() => Plan(new NoYamlValue(Path, "workers"), Files.Text(Yaml));

    [Fact]
    public void Wants_nothing_where_there_is_no_such_value() => Plan(new NoYamlValue(Path, "server.name"), Files.Text(Yaml));

    [Theory]
    [InlineData("", "a", "a: 1\n")]
    [InlineData("# nothing yet\n", "m.a", "# nothing yet\nm:\n  a: 1\n")]
    [InlineData("---\nb: 2", "a", "---\nb: 2\na: 1\n")]
    [InlineData("m:\n    b: 2\n\n# of n\nn: 3\n", "m.a", "m:\n    b: 2\n    a: 1\n\n# of n\nn: 3\n")]
    [InlineData("m:\n    b: 2\n", "k.a", "m:\n    b: 2\nk:\n    a: 1\n")]
    [InlineData("m: # later\nn: 3\n", "m.a", "m: # later\n  a: 1\nn: 3\n")]
    [InlineData("a: # later\n", "a", "a: 1 # later\n")]
    [InlineData("a: |\n  x\n\n  y\nb: 2\n", "a", "a: 1\nb: 2\n")]
    [InlineData("a: >-\n  x\n  y\n\n# b\nb: 2\n", "a", "a: 1\n\n# b\nb: 2\n")]
    [InlineData("- b: 2\n  c:\n- d: 4\n", "[0].c.a", "- b: 2\n  c:\n    a: 1\n- d: 4\n")]
    [InlineData("- b: 2\n  c: 3\n- d: 4\n", "[0].a", "- b: 2\n  c: 3\n  a: 1\n- d: 4\n")]
    [InlineData("m: {}\n", "m.k.a", "m: {k: {a: 1}}\n")]
    [InlineData("m: {b: 2, # two\n    c: [3]}\n", "m.a", "m: {b: 2, # two\n    c: [3], a: 1}\n")]
    [InlineData("a: 0x1\n", "a", "a: 0x1\n")]
    [InlineData("a: 01\n", "a", "a: 1\n")]
    [InlineData("a: b\r\nc: d\r\n", "e", "a: b\r\nc: d\r\ne: 1\r\n")]
    [InlineData("l:\n- - 0\n  - b: 2\n    a: 7 # c\n", "l[0][1].a", "l:\n- - 0\n  - b: 2\n    a: 1 # c\n")]
    [InlineData("\"a b\": {'c': x}\n", "\"a b\".c", "\"a b\": {'c': 1}\n")]
    [InlineData("t: !x {a: 2}\nu: !y 3\na: 0\n", "a", "t: !x {a: 2}\nu: !y 3\na: 1\n")]
    [InlineData("u: http://x/#y:z\na: 'it''s'\n", "a", "u: http://x/#y:z\na: 1\n")]
    public void A_value_is_put_where_it_belongs(string before, string path, string after) =>
        Assert.Equal(after, YamlFormat.Only.Set(before, Edits.At(path), 1));

    [Theory]
    [InlineData("a: 1 # one\nb: 2\n", "a", "b: 2\n")]
    [InlineData("m: # of m\n  # of a\n  a: 1\nb: 2\n", "m.a", "m: {} # of m\n  # of a\nb: 2\n")]
    [InlineData("m:\n  b: 2\n  a:\n  - 1\n  - x: 3\n# end\n", "m.a", "m:\n  b: 2\n# end\n")]
    [InlineData("m: {a: 1, b: 2}\n", "m.a", "m: {b: 2}\n")]
    [InlineData("m: {b: 2, a: 1}\n", "m.a", "m: {b: 2}\n")]
    [InlineData("m: {a: 1}\n", "m.a", "m: {}\n")]
    public void A_value_is_taken_out_with_its_lines(string before, string path, string after) =>
        Assert.Equal(after, YamlFormat.Only.Remove(before, Edits.At(path)));

    [Theory]
    [InlineData("? a\n: b\n", "keys of several parts")]
    [InlineData("a: b: c\n", "a colon and a space")]
    [InlineData("a: \"b\n", "a text does not end")]
    [InlineData("a: [1\n", "a comma or ] is expected")]
    [InlineData("a:\n  b: 1\n c: 2\n", "its indentation fits nothing above")]
    [InlineData("%YAML 1.2\n---\na: 1\n", "directives")]
    [InlineData("a: x\n  y\n", "several lines")]
    [InlineData("a: *b\n", "an alias")]
    public void What_is_not_sure_is_refused(string text, string why)
    {
        var refused = Assert.Throws<DataRefusedException>(() => YamlFormat.Only.Set(text, Edits.At("a"), 1));

        Assert.Contains(why.Replace("keys", "a key", StringComparison.Ordinal), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_value_in_any_map_is_read_by_another_reader_as_it_was_written() =>
        Edits.OfAny(
            YamlFormat.Only,
            Edits.Yaml,
            text =>
                Edits.Node(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(text))
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<YamlValue>
            {
                LosesOnly = "the value that was there; it never replaces a map or a list",
                Bare =
                [
                    new(new YamlValue("/etc/lab.yaml", "lab.key") { Value = "value" })
                    {
                        Prepare = ": >/etc/lab.yaml",
                        IsThere = "grep -qx '  key: value' /etc/lab.yaml",
                    },
                ],
            },
            new Sample<NoYamlValue>
            {
                LosesOnly = "the value",
                ForRoot = [new(new NoYamlValue("/etc/gone.yaml", "a")) { Prepare = "echo 'a: 1' >/etc/gone.yaml" }],
            },
        ];
}
