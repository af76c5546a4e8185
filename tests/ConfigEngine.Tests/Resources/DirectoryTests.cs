using static ConfigEngine.Testing.Page;
using Directory = ConfigEngine.Resources.Directory;

namespace ConfigEngine.Tests.Resources;

public sealed class DirectoryTests : ISamples
{
    static readonly Directory App = new("/srv/app") { Owner = "deploy", Mode = "0750" };

    [Fact]
    public void Makes_a_directory() => Plan(App, observed: Files.Absent);

    [Fact]
    public void Gives_a_directory_to_another_owner_and_sets_its_mode_after_that() =>
        Plan(App with { Group = "www-data", Mode = "2750" }, observed: "directory|2750|root|root\nmissing\n");

    [Fact]
    public void Changes_only_the_mode() => Plan(App, observed: "directory|755|deploy|root\nmissing\n");

    [Fact]
    public void Leaves_a_directory_that_is_right() => Plan(App, observed: "directory|750|deploy|staff\nmissing\n");

    [Fact]
    public void Leaves_an_owner_and_a_mode_that_nothing_is_said_of() =>
        Plan(new Directory("/srv/app"), observed: "directory|700|deploy|staff\nmissing\n");

    [Fact]
    public void Replaces_no_file() => Plan(App, observed: Files.Text("app\n"));

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(App, observed: "absent|absent\nmissing\n");

    [Fact]
    public void Needs_its_owner() => Plan(App, observed: "absent|directory\nmissing user:deploy\n");

    [Fact]
    public void Refuses_a_path_that_is_not_in_its_plain_form() => Plan(App with { Path = "/srv/../etc" }, observed: "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Directory>
            {
                LosesOnly = "the owner and mode of a directory that it names",
                Bare = [new(new Directory("/srv/made")) { IsThere = "test -d /srv/made" }],
            },
        ];
}
