using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class HostnameTests : ISamples
{
    [Fact]
    public void Names_a_host_now_and_from_the_next_boot_on() => Plan(new Hostname("web1"), observed: "live=debian\ndebian\n");

    [Fact]
    public void Names_a_host_that_would_forget_it() => Plan(new Hostname("web1"), observed: "live=web1\n# nothing\n\n");

    [Fact]
    public void Names_a_host_that_has_only_been_told_for_later() => Plan(new Hostname("web1"), observed: "live=debian\n# ours\nweb1\n");

    [Fact]
    public void Leaves_a_name_that_is_right() =>
        Plan(new Hostname("web1.example.com"), observed: "live=web1.example.com\nweb1.example.com\n");

    [Fact]
    public void Refuses_what_is_no_name() => Plan(new Hostname("web_1; reboot"), observed: "");

    [Fact]
    public void Refuses_a_name_that_is_too_long() => Plan(new Hostname(new string('a', 33) + "." + new string('b', 33)), observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(new Hostname("web1"), observed: "web1\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Hostname>
            {
                LosesOnly = "a name, of which there is one",
                Bare = [new(new Hostname("declared")) { IsThere = "test $(hostname) = declared" }],
            },
        ];
}
