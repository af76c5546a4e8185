using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PackageTests
{
    static readonly Package Nginx = new("nginx");

    [Fact]
    public void Installs_a_package() => Plan(Nginx, observed: "not-installed|unknown|\n");

    [Fact]
    public void Leaves_a_package_of_any_version() => Plan(Nginx, observed: "installed|install|1.22.1-9\n");

    [Fact]
    public void Installs_an_exact_version() => Plan(Nginx with { Version = "1.22.1-9" }, observed: "installed|install|1.18.0-6\n");

    [Fact]
    public void Installs_the_newest_of_the_index() => Plan(Nginx with { Version = PackageVersion.Latest }, observed: "candidate|1.22.1-9\ninstalled|install|1.18.0-6\n");

    [Fact]
    public void Leaves_the_newest_of_the_index() => Plan(Nginx with { Version = PackageVersion.Latest }, observed: "candidate|1.22.1-9\ninstalled|install|1.22.1-9\n");

    [Fact]
    public void Removes_a_package_and_keeps_its_configuration() => Plan(Nginx with { Version = PackageVersion.None }, observed: "installed|install|1.22.1-9\n");

    [Fact]
    public void Holds_a_package_at_its_version() => Plan(Nginx with { Held = true }, observed: "installed|install|1.22.1-9\n");

    [Fact]
    public void Lets_a_held_package_go_for_another_version_and_holds_it_again() => Plan(Nginx with { Version = "1.22.1-9" }, observed: "installed|hold|1.18.0-6\n");

    [Fact]
    public void Finishes_what_was_not_configured() => Plan(Nginx with { Version = "1.22.1-9" }, observed: "half-configured|install|1.22.1-9\n");

    [Fact]
    public void Refuses_what_cannot_be_a_name() => Plan(new Package("nginx; reboot"), observed: "");

    [Fact]
    public void Refuses_to_hold_what_is_not_installed() => Plan(Nginx with { Version = PackageVersion.None, Held = true }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Nginx, observed: "perhaps|so|1\n");
}
