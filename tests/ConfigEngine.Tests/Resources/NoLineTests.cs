using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class NoLineTests : ISamples
{
    [Fact]
    public void Takes_out_every_line_that_matches() =>
        Plan(
            new NoLine("/etc/fstab") { Matching = @"^\S+\s+/mnt/old\s" },
            observed: Files.Text("/dev/sda1 / ext4 defaults 0 1\nnas:/a /mnt/old nfs ro 0 0\nnas:/b /mnt/older nfs ro 0 0\n")
        );

    [Fact]
    public void Takes_out_a_line_that_is_equal_as_a_whole() =>
        Plan(new NoLine("/etc/motd") { Text = "a.b" }, observed: Files.Text("axb\na.b\na.b c\na.b"));

    [Fact]
    public void Leaves_a_file_without_such_a_line() =>
        Plan(new NoLine("/etc/motd") { Text = "bye" }, observed: Files.Text("hello\nbye bye"));

    [Fact]
    public void Has_nothing_to_do_without_the_file() =>
        Plan(new NoLine("/etc/motd") { Text = "bye" }, observed: "absent|absent\nmissing\n");

    [Fact]
    public void Does_not_edit_a_directory() =>
        Plan(new NoLine("/etc/motd") { Text = "bye" }, observed: "directory|755|root|root\nmissing\n");

    [Fact]
    public void Wants_to_know_which_line() => Plan(new NoLine("/etc/motd"), observed: "");

    [Fact]
    public void Wants_to_know_it_in_one_way() => Plan(new NoLine("/etc/motd") { Text = "a", Matching = "a" }, observed: "");

    [Fact]
    public void Refuses_what_is_no_expression() => Plan(new NoLine("/etc/motd") { Matching = "(" }, observed: "");

    [Fact]
    public void Refuses_an_expression_that_matches_everything() => Plan(new NoLine("/etc/motd") { Matching = "x*" }, observed: "");

    [Fact]
    public void Takes_out_empty_lines_where_that_is_meant() =>
        Plan(new NoLine("/etc/motd") { Matching = "^$" }, observed: Files.Text("a\n\nb\n"));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NoLine>
            {
                LosesOnly = "lines that it names by an expression",
                ForRoot = [new(new NoLine("/etc/issue") { Matching = "Debian" })],
            },
        ];
}
