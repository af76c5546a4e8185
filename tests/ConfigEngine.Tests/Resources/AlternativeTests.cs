using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class AlternativeTests : ISamples
{
    static readonly Alternative Editor = new("editor") { Path = "/usr/bin/vim.basic" };

    static string Answer(string status, string value, string known = "yes", string there = "yes") =>
        $"status={status}\nvalue={value}\nknown={known}\nthere={there}\n";

    [Fact]
    public void Chooses_a_program() => Plan(Editor, Answer("auto", "/bin/nano"));

    [Fact]
    public void Leaves_a_choice_that_is_made() => Plan(Editor, Answer("manual", "/usr/bin/vim.basic"));

    [Fact]
    public void Keeps_what_the_system_chose_as_a_choice() => Plan(Editor, Answer("auto", "/usr/bin/vim.basic"));

    [Fact]
    public void Leaves_the_choice_to_the_system() => Plan(new Alternative("editor"), Answer("manual", "/bin/nano", "no"));

    [Fact]
    public void Adds_a_program_of_ones_own() =>
        Plan(new Alternative("java") { Path = "/opt/java/bin/java", Link = "/usr/bin/java" }, Answer("absent", "", "no"));

    [Fact]
    public void Needs_the_program() => Plan(Editor, Answer("auto", "/bin/nano", "no", "no"));

    [Fact]
    public void Needs_it_to_be_a_choice() => Plan(Editor, Answer("auto", "/bin/nano", "no"));

    [Fact]
    public void Needs_something_to_choose() => Plan(Editor, Answer("absent", "", "no"));

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Editor, Answer("perhaps", ""));

    [Fact]
    public void Refuses_what_is_no_name_and_no_path() =>
        Plan(new Alternative("/usr/bin/editor") { Link = "editor" }, Answer("absent", "", "no"));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Alternative>
            {
                LosesOnly = "the choice that was there before",
                Bare =
                [
                    new(new Alternative("lab-tool") { Path = "/usr/bin/env", Link = "/usr/local/bin/lab-tool" })
                    {
                        IsThere = "[ \"$(readlink /etc/alternatives/lab-tool)\" = /usr/bin/env ]",
                    },
                ],
            },
        ];
}
