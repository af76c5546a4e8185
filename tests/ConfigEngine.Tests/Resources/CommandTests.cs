using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class CommandTests : ISamples
{
    static readonly Command Init = new($"initdb -D {"/srv/my db"}") { Creates = "/srv/my db/PG_VERSION" };

    [Fact]
    public void Refuses_a_pattern_for_what_it_creates() => Plan(new Command($"make") { Creates = "/srv/build/*.done" }, observed: "");

    [Fact]
    public void Runs_where_what_it_creates_is_not_there() => Plan(Init, observed: "done=false\n");

    [Fact]
    public void Does_not_run_where_what_it_creates_is_there() => Plan(Init, observed: "done=true\n");

    [Fact]
    public void Asks_another_command_whether_there_is_something_to_do() =>
        Plan(
            new Command($"make install") { Unless = $"test -x /usr/local/bin/app", OnlyIf = $"test -d /srv/app" },
            observed: "done=false\n"
        );

    [Fact]
    public void Runs_at_every_apply_and_says_so_where_nothing_is_asked() => Plan(new Command($"echo hello"), observed: "done=false\n");

    [Fact]
    public void Refuses_a_path_that_is_relative() => Plan(Init with { Creates = "PG_VERSION" }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Init, observed: "perhaps\n");

    [Fact]
    public void Reads_a_secret_from_standard_input() =>
        Plan(
            new Command($"psql -q app")
            {
                Input = $"alter role app password '{SecretTests.Known("hunter2")}';\n",
                Unless = $"test -e /srv/set",
            },
            observed: "done=false\n"
        );

    [Fact]
    public void Reads_text_from_standard_input() =>
        Plan(new Command($"debconf-set-selections") { Input = "a b c d\n", Creates = "/srv/set" }, observed: "done=false\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Command>
            {
                LosesOnly = "nobody can tell what a command does; the plan shows it whole",
                Bare = [new(new Command($"touch /srv/ran")) { IsThere = "test -e /srv/ran" }],
                ForRoot = [],
                ForAnybody = "a command may need nothing",
            },
        ];
}
