using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class NoPathTests : ISamples
{
    static readonly NoPath Old = new("/etc/cron.d/old-job");

    [Fact]
    public void Removes_a_file() => Plan(Old, observed: Files.Text("old\n"));

    [Fact]
    public void Removes_a_link_and_not_what_it_points_to() => Plan(Old, observed: Files.Link("/srv/job"));

    [Fact]
    public void Removes_a_directory_with_all_that_is_in_it() =>
        Plan(Old with { Path = "/srv/old" }, observed: "directory|755|root|root\nmissing\n");

    [Fact]
    public void Wants_nothing_where_nothing_is() => Plan(Old, observed: Files.Absent);

    [Fact]
    public void Quotes_odd_names() => Plan(Old with { Path = "/srv/* $(reboot)\n-rf x" }, observed: Files.Text("old\n"));

    [Fact]
    public void Refuses_to_remove_what_is_the_system() => Plan(Old with { Path = "/usr" }, observed: "");

    [Fact]
    public void Refuses_a_path_that_is_relative() => Plan(Old with { Path = "old-job" }, observed: "");

    [Fact]
    public void Plans_the_same_by_its_old_name()
    {
#pragma warning disable CS0618 // The old name is what is looked at.
        Absent old = new(Old.Path);
#pragma warning restore CS0618

        Assert.Equal(Render(Old, Files.Text("old\n"), ""), Render(old, Files.Text("old\n"), ""));
        Assert.Equal(Old.Address, old.Address);
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NoPath>
            {
                Losses = [new(new NoPath("/srv/old"), "directory|755|root|root\nmissing\n", "Discards all that is in /srv/old")],
                ForRoot = [new(new NoPath("/srv/old")) { Prepare = "mkdir /srv/old" }],
            },
        ];
}
