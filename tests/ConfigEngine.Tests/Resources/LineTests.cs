using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class LineTests : ISamples
{
    static readonly Line Root = new("/etc/ssh/sshd_config", "PermitRootLogin no") { Replaces = "^#?PermitRootLogin " };

    [Fact]
    public void Takes_the_place_of_the_line_that_matches() =>
        Plan(Root, observed: Files.Text("Port 22\n#PermitRootLogin yes\nUsePAM yes\n"));

    [Fact]
    public void Takes_the_place_of_the_last_of_several() =>
        Plan(Root, observed: Files.Text("#PermitRootLogin a\nPort 22\nPermitRootLogin b\n"));

    [Fact]
    public void Is_added_at_the_end_where_none_matches() => Plan(Root, observed: Files.Text("Port 22"));

    [Fact]
    public void Is_put_after_a_line() =>
        Plan(Root with { Replaces = null, After = "^Port " }, observed: Files.Text("Port 22\nUsePAM yes\n"));

    [Fact]
    public void Leaves_a_file_that_has_it() => Plan(Root, observed: Files.Text("Port 22\nPermitRootLogin no\n"));

    [Fact]
    public void Needs_the_file() => Plan(Root, observed: Files.Absent);

    [Fact]
    public void Edits_no_file_that_is_not_text() => Plan(Root, observed: Files.Text("\0"));

    [Fact]
    public void Refuses_several_lines() => Plan(Root with { Text = "a\nb", Replaces = null }, observed: "");

    [Fact]
    public void Refuses_an_expression_that_would_not_find_the_line_again() =>
        Plan(Root with { Replaces = "^#PermitRootLogin " }, observed: "");

    [Fact]
    public void Refuses_what_is_no_expression() => Plan(Root with { Replaces = "(" }, observed: "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Line>
            {
                LosesOnly = "a line that it names by an expression",
                Bare = [new(new Line("/etc/login.defs", "# here")) { IsThere = "grep -qx '# here' /etc/login.defs" }],
            },
        ];
}
