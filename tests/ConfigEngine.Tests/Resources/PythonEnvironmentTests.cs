using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PythonEnvironmentTests : ISamples
{
    static readonly PythonEnvironment App = new("/srv/app/venv") { As = "app", Requirements = ["alembic==1.13.1", "Flask[async]==3.0.0"] };

    const string Here = "owner app 755\nme app\nversion 3.11.2\nsystem no\n";

    [Fact]
    public void Is_made_with_its_packages() => Plan(App, "absent\n");

    [Fact]
    public void Is_left_where_it_has_them() => Plan(App, Here + "met alembic ==1.13.1 1.13.1\nmet flask ==3.0.0 3.0.0\n");

    [Fact]
    public void Gets_what_it_lacks_and_other_versions() => Plan(App, Here + "lacks alembic ==1.13.1 1.12.0\nlacks flask ==3.0.0 none\n");

    [Fact]
    public void Has_what_a_file_says() =>
        Plan(
            new PythonEnvironment("/srv/app/venv")
            {
                As = "app",
                RequirementsFile = "/srv/app/requirements.txt",
                PipOptions = ["--no-index", "--find-links=/srv/wheels"],
            },
            Here + "met alembic ==1.13.1 1.13.1\nlacks redis >=4,<5 5.0.1\n"
        );

    [Fact]
    public void Is_made_again_where_its_Python_is_gone() => Plan(App, "owner app 755\nme app\nbroken\n");

    [Fact]
    public void Is_made_again_to_see_the_packages_of_the_system() =>
        Plan(App with { SystemPackages = true }, Here + "met alembic ==1.13.1 1.13.1\nmet flask ==3.0.0 3.0.0\n");

    [Fact]
    public void Replaces_nothing_that_is_no_environment() => Plan(App, "other\n");

    [Fact]
    public void Needs_its_directory() => Plan(App, "missing /srv/app\n");

    [Fact]
    public void Runs_nothing_as_root_that_somebody_else_can_change() => Plan(App with { As = null }, "owner app 755\nme root\n");

    [Fact]
    public void Says_what_pip_would_not_understand() => Plan(App, Here + "odd this is = no requirement\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(App, Here + "perhaps alembic\n");

    [Fact]
    public void Refuses_what_has_no_version() =>
        Plan(
            new PythonEnvironment("venv")
            {
                Requirements = ["alembic", "flask==1", "Flask==2", "-r file"],
                Python = "python 3",
                PipOptions = ["-q", "--index-url=https://a b"],
            },
            "absent\n"
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<PythonEnvironment>
            {
                Losses =
                [
                    new(App, "owner app 755\nme app\nbroken\n", "Discards the packages in /srv/app/venv that are not required here"),
                ],
                BareElsewhere = "HostTests of the lab: it needs python3-venv",
                ForAnybody = "it is made by whoever may write its directory",
            },
        ];
}
