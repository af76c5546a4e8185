using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class BlockTests : ISamples
{
    static readonly Block Keepalive = new("/etc/ssh/ssh_config", "keepalive") { Content = "Host *\n  ServerAliveInterval 300\n" };

    [Fact]
    public void Puts_a_new_block_at_the_end() => Plan(Keepalive, observed: Files.Text("Include /etc/ssh/ssh_config.d/*.conf\n"));

    [Fact]
    public void Ends_a_last_line_that_has_no_end() => Plan(Keepalive, observed: Files.Text("Port 22"));

    [Fact]
    public void Puts_a_new_block_after_the_last_line_that_matches() =>
        Plan(Keepalive with { After = "^Include " }, observed: Files.Text("Include a\nInclude b\nPort 22\n"));

    [Fact]
    public void Puts_back_a_block_that_was_altered_where_it_is() =>
        Plan(
            Keepalive with
            {
                After = "^Include ",
            },
            observed: Files.Text("Port 22\n# BEGIN keepalive\nHost *\n  ServerAliveInterval 5\n# END keepalive\nInclude a\n")
        );

    [Fact]
    public void Leaves_a_block_that_is_there() =>
        Plan(Keepalive, observed: Files.Text("# BEGIN keepalive\nHost *\n  ServerAliveInterval 300\n# END keepalive\nPort 22\n"));

    [Fact]
    public void Keeps_the_first_of_several_blocks_of_one_name() =>
        Plan(Keepalive, observed: Files.Text("# BEGIN keepalive\n# END keepalive\nPort 22\n# BEGIN keepalive\n# END keepalive\n"));

    [Fact]
    public void Writes_comments_that_begin_and_end() =>
        Plan(
            new Block("/etc/app.xml", "ports") { Content = "<port>80</port>", Comment = "<!-- -->" },
            observed: Files.Text("<app>\n</app>\n")
        );

    [Fact]
    public void Does_not_guess_where_a_block_ends() => Plan(Keepalive, observed: Files.Text("# BEGIN keepalive\nHost *\nPort 22\n"));

    [Fact]
    public void Does_not_guess_where_a_block_begins() => Plan(Keepalive, observed: Files.Text("Host *\n# END keepalive\n"));

    [Fact]
    public void Edits_no_file_that_is_not_text() => Plan(Keepalive, observed: Files.Text("\0"));

    [Fact]
    public void Needs_the_file() => Plan(Keepalive, observed: "absent|directory\nmissing\n");

    [Fact]
    public void Refuses_a_name_that_is_no_line() => Plan(Keepalive with { Name = "a\nb" }, observed: "");

    [Fact]
    public void Refuses_a_content_with_its_own_marker() => Plan(Keepalive with { Content = "a\n # END keepalive" }, observed: "");

    [Fact]
    public void Refuses_a_comment_that_is_none() => Plan(Keepalive with { Comment = "" }, observed: "");

    [Fact]
    public void Shows_digests_of_a_file_whose_block_holds_a_secret() =>
        Plan(
            new Block("/etc/app.conf", "database") { Content = $"password = {SecretTests.Known("hunter2")}\n" },
            observed: Files.Text("port = 1\n# BEGIN database\npassword = hunter1\n# END database\n")
        );

    [Fact]
    public void Shows_digests_of_a_file_that_holds_a_secret_to_other_resources_too() =>
        Plan([
            (
                new Line("/etc/app.conf", "port = 2") { Replaces = "^port = " },
                Output.Of(Files.Text("port = 1\n# BEGIN database\npassword = hunter1\n# END database\n"))
            ),
            (
                new Block("/etc/app.conf", "database") { Content = $"password = {SecretTests.Known("hunter2")}\n" },
                Output.Of(Files.Text("port = 1\n# BEGIN database\npassword = hunter1\n# END database\n"))
            ),
        ]);

    [Fact]
    public void Takes_out_a_block_with_its_markers() =>
        Plan(
            new NoBlock("/etc/ssh/ssh_config", "keepalive"),
            observed: Files.Text("Port 22\n# BEGIN keepalive\nHost *\n# END keepalive\nPort 23\n")
        );

    [Fact]
    public void Has_nothing_to_take_out_of_a_file_that_is_not_there() =>
        Plan(new NoBlock("/etc/ssh/ssh_config", "keepalive"), observed: "absent|absent\nmissing\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Block>
            {
                LosesOnly = "what is between markers that it names",
                Bare =
                [
                    new(new Block("/etc/bash.bashrc", "here") { Content = "" }) { IsThere = "grep -qx '# BEGIN here' /etc/bash.bashrc" },
                ],
            },
            new Sample<NoBlock>
            {
                LosesOnly = "what is between markers that it names",
                ForRoot = [new(new NoBlock("/etc/profile", "old")) { Prepare = "printf '# BEGIN old\\nx\\n# END old\\n' >>/etc/profile" }],
            },
        ];
}
