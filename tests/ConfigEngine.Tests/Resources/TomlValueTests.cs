using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class TomlValueTests : ISamples
{
    const string Path = "/etc/containerd/config.toml";

    const string Toml = """
        # of the house
        version = 2
        root = '/var/lib/containerd'

        [grpc]
          gid = 0 # root
          max_recv = 16_777_216

        # the runtime
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "pause:3.8"
          dns = { servers = ["192.0.2.1"], ndots = 1 }

        [[proxy]]
          name = "first"

        [[proxy]]
          name = "second"

        """;

    static readonly TomlValue Image = new(Path, "plugins.\"io.containerd.grpc.v1.cri\".sandbox_image") { Value = "pause:3.9" };

    [Fact]
    public void Changes_a_value_and_nothing_else() => Plan(Image, Files.Text(Toml));

    [Fact]
    public void Leaves_a_value_that_is_as_wanted() => Plan(new TomlValue(Path, "grpc.max_recv") { Value = 16777216 }, Files.Text(Toml));

    [Fact]
    public void Adds_a_value_to_its_table() =>
        Plan(new TomlValue(Path, "grpc.address") { Value = "/run/containerd.sock" }, Files.Text(Toml));

    [Fact]
    public void Adds_a_table() => Plan(new TomlValue(Path, "metrics.address") { Value = "127.0.0.1:1338" }, Files.Text(Toml));

    [Fact]
    public void Adds_a_value_before_the_first_table() => Plan(new TomlValue(Path, "oom_score") { Value = -999 }, Files.Text(Toml));

    [Fact]
    public void Adds_a_value_to_a_table_in_one_line() =>
        Plan(new TomlValue(Path, "plugins.\"io.containerd.grpc.v1.cri\".dns.search") { Value = "example.com" }, Files.Text(Toml));

    [Fact]
    public void Changes_a_value_of_an_entry_of_a_list() =>
        Plan(new TomlValue(Path, "proxy[1].name") { Value = "other" }, Files.Text(Toml));

    [Fact]
    public void Shows_no_secret() =>
        Plan(new TomlValue(Path, "grpc.key") { Value = SecretTests.Known("hunter2", "KEY") }, Files.Text(Toml));

    [Fact]
    public void Does_not_write_one_value_over_a_table() => Plan(new TomlValue(Path, "grpc") { Value = "none" }, Files.Text(Toml));

    [Fact]
    public void Does_not_edit_what_is_not_toml() => Plan(Image, Files.Text("a = 1\na = 2\n"));

    [Fact]
    public void Needs_the_file() => Plan(Image, Files.Absent);

    [Fact]
    public void Has_no_null() => Plan(new TomlValue(Path, "grpc.gid") { Value = DataValue.Null }, Files.Text(Toml));

    [Fact]
    public void Removes_a_value_and_its_comment() => Plan(new NoTomlValue(Path, "grpc.gid"), Files.Text(Toml));

    [Fact]
    public void Does_not_remove_a_table_of_many_lines() => Plan(new NoTomlValue(Path, "grpc"), Files.Text(Toml));

    [Fact]
    public void Wants_nothing_where_there_is_no_such_value() => Plan(new NoTomlValue(Path, "grpc.uid"), Files.Text(Toml));

    [Theory]
    [InlineData("", "a", "a = 1\n")]
    [InlineData("", "t.a", "[t]\na = 1\n")]
    [InlineData("b=2", "a", "b=2\na=1\n")]
    [InlineData("# about it\n\n# of t\n[t]\nb = 2\n", "a", "# about it\n\na = 1\n\n# of t\n[t]\nb = 2\n")]
    [InlineData("[t]\n\n# of u\n[u]\n", "t.a", "[t]\na = 1\n\n# of u\n[u]\n")]
    [InlineData("[t]\nb = [\n  2,\n]\n[u]\n", "t.a", "[t]\nb = [\n  2,\n]\na = 1\n[u]\n")]
    [InlineData("t.b = 2\nc = 3\n", "t.a", "t.b = 2\nt.a = 1\nc = 3\n")]
    [InlineData("[t]\nu.b = [\n2]\nc = 3\n", "t.u.a", "[t]\nu.b = [\n2]\nu.a = 1\nc = 3\n")]
    [InlineData("[t.u.v]\nb = 2\n", "t.u.a", "[t.u.v]\nb = 2\n\n[t.u]\na = 1\n")]
    [InlineData("t = {}\n", "t.a", "t = { a = 1 }\n")]
    [InlineData("t = {b = 2}\n", "t.u.a", "t = {b = 2, u = { a = 1 }}\n")]
    [InlineData("[[t]]\nb = 2\n[[t]]\nb = 3\n", "t[0].u.a", "[[t]]\nb = 2\nu.a = 1\n[[t]]\nb = 3\n")]
    [InlineData("a = '\\x' # c\n", "a", "a = 1 # c\n")]
    [InlineData("a = \"\"\"\n\\\n  x\"\"\"\"\n", "a", "a = 1\n")]
    [InlineData("a = 0x1\r\n", "a", "a = 0x1\r\n")]
    [InlineData(
        "d = 2026-11-27 10:00:00\nl = [[1], [2, { x = 0o7 }], ]\n",
        "l[1][1].x",
        "d = 2026-11-27 10:00:00\nl = [[1], [2, { x = 1 }], ]\n"
    )]
    [InlineData("\"a b\".'c' = 2\n", "\"a b\".c", "\"a b\".'c' = 1\n")]
    public void A_value_is_put_where_it_belongs(string before, string path, string after) =>
        Assert.Equal(after, TomlFormat.Only.Set(before, Edits.At(path), 1));

    [Theory]
    [InlineData("a = 1 # one\nb = 2\n", "a", "b = 2\n")]
    [InlineData("[t]\na = [\n  1,\n]\nb = 2\n", "t.a", "[t]\nb = 2\n")]
    [InlineData("t = { a = 1, b = 2 }\n", "t.a", "t = { b = 2 }\n")]
    [InlineData("t = { b = 2, a = 1 }\n", "t.a", "t = { b = 2 }\n")]
    [InlineData("t = { a = 1 }\n", "t.a", "t = {}\n")]
    [InlineData("t.a = 1\nt.b = 2\n", "t.a", "t.b = 2\n")]
    public void A_value_is_taken_out_with_its_line(string before, string path, string after) =>
        Assert.Equal(after, TomlFormat.Only.Remove(before, Edits.At(path)));

    [Fact]
    public void Any_value_in_any_table_is_read_by_another_reader_as_it_was_written() =>
        Edits.OfAny(TomlFormat.Only, Edits.Toml, text => Edits.Node(Tomlyn.TomlSerializer.Deserialize<Tomlyn.Model.TomlTable>(text)));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<TomlValue>
            {
                LosesOnly = "the value that was there; it never replaces a table or a list",
                Bare =
                [
                    new(new TomlValue("/etc/lab.toml", "lab.key") { Value = "value" })
                    {
                        Prepare = ": >/etc/lab.toml",
                        IsThere = "grep -qx 'key = \"value\"' /etc/lab.toml",
                    },
                ],
            },
            new Sample<NoTomlValue>
            {
                LosesOnly = "the value",
                ForRoot = [new(new NoTomlValue("/etc/gone.toml", "a")) { Prepare = "echo 'a = 1' >/etc/gone.toml" }],
            },
        ];
}
