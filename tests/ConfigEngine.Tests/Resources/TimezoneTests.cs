using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class TimezoneTests : ISamples
{
    static readonly Timezone Berlin = new("Europe/Berlin");

    [Fact]
    public void Sets_the_zone_in_both_places_that_Debian_has() =>
        Plan(Berlin, observed: "known\n/usr/share/zoneinfo/Etc/UTC \nfile\nEtc/UTC\n");

    [Fact]
    public void Makes_no_second_place_where_there_is_none() => Plan(Berlin, observed: "known\n../usr/share/zoneinfo/Etc/UTC \nnofile\n");

    [Fact]
    public void Makes_the_link_where_there_is_none() => Plan(Berlin, observed: "known\n\nnofile\n");

    [Fact]
    public void Replaces_a_copy_by_the_link() => Plan(Berlin, observed: "known\na file\nnofile\n");

    [Fact]
    public void Makes_the_two_places_agree() => Plan(Berlin, observed: "known\n/usr/share/zoneinfo/Europe/Berlin \nfile\nEtc/UTC\n");

    [Fact]
    public void Case_12_replaces_a_file_with_a_remark_in_it() =>
        Plan(Berlin, observed: "known\n/usr/share/zoneinfo/Europe/Berlin \nfile\n# set by the installer\nname=x\nEtc/UTC\n");

    [Fact]
    public void Leaves_a_zone_that_is_right() =>
        Plan(Berlin, observed: "known\n../usr/share/zoneinfo/Europe/Berlin \nfile\nEurope/Berlin\n");

    [Fact]
    public void Wants_a_zone_that_the_host_has() =>
        Plan(new Timezone("Europe/Berln"), observed: "unknown\n/usr/share/zoneinfo/Etc/UTC \nnofile\n");

    [Fact]
    public void Refuses_what_is_no_zone() => Plan(new Timezone("../../etc/passwd"), observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Berlin, observed: "perhaps\n/x \nnofile\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Timezone>
            {
                LosesOnly = "the zone, of which there is one",
                Bare = [new(new Timezone("Europe/Vienna")) { IsThere = "readlink /etc/localtime | grep -q Vienna" }],
            },
        ];
}
