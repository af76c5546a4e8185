using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SymlinkTests : ISamples
{
    static readonly Symlink Site = new("/etc/nginx/sites-enabled/app") { Target = "../sites-available/app" };

    [Fact]
    public void Makes_a_link() => Plan(Site, observed: Files.Absent);

    [Fact]
    public void Points_a_link_elsewhere_and_keeps_its_owner() => Plan(Site, observed: Files.Link("/etc/old", owner: "deploy"));

    [Fact]
    public void Gives_a_link_to_another_owner() =>
        Plan(Site with { Owner = "deploy", Group = "www-data" }, observed: Files.Link("../sites-available/app"));

    [Fact]
    public void Leaves_a_link_that_is_right() => Plan(Site, observed: Files.Link("../sites-available/app", owner: "deploy"));

    [Fact]
    public void Quotes_odd_names() => Plan(new Symlink("/srv/it's `a` $path") { Target = "-n\n\"x\"" }, observed: Files.Absent);

    [Fact]
    public void Replaces_no_file() => Plan(Site, observed: Files.Text("site\n"));

    [Fact]
    public void Replaces_no_directory() => Plan(Site, observed: "directory|755|root|root\nmissing\n");

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(Site, observed: "absent|absent\nmissing\n");

    [Fact]
    public void Needs_its_owner() => Plan(Site with { Owner = "deploy" }, observed: "absent|directory\nmissing user:deploy\n");

    [Fact]
    public void Refuses_a_path_that_is_relative() => Plan(Site with { Path = "etc/app" }, observed: "");

    [Fact]
    public void Refuses_to_point_nowhere() => Plan(Site with { Target = "" }, observed: "");

    [Fact]
    public void Refuses_to_point_to_itself() => Plan(Site with { Target = Site.Path }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Site, observed: "who|knows\nmissing\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Symlink>
            {
                LosesOnly = "where a link points that it names; what is no link there is refused",
                Bare = [new(new Symlink("/srv/link") { Target = "nowhere" }) { IsThere = "test -L /srv/link" }],
            },
        ];
}
