using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class PackageTests : ISamples
{
    static readonly Package Nginx = new("nginx");

    [Fact]
    public void Installs_a_package() => Plan(Nginx, observed: "apt|amd64\n");

    [Fact]
    public void Leaves_a_package_of_any_version() => Plan(Nginx, observed: "apt|amd64\ninstalled|install|1.22.1-9|amd64\n");

    [Fact]
    public void Installs_an_exact_version() =>
        Plan(Nginx with { Version = "1.22.1-9" }, observed: "apt|amd64\ninstalled|install|1.18.0-6|amd64\n");

    [Fact]
    public void Installs_the_newest_of_the_index() =>
        Plan(
            Nginx with
            {
                Version = PackageVersion.Latest,
            },
            observed: "apt|amd64\ncandidate|1.22.1-9\ninstalled|install|1.18.0-6|amd64\n"
        );

    [Fact]
    public void Leaves_the_newest_of_the_index() =>
        Plan(
            Nginx with
            {
                Version = PackageVersion.Latest,
            },
            observed: "apt|amd64\ncandidate|1.22.1-9\ninstalled|install|1.22.1-9|amd64\n"
        );

    [Fact]
    public void Holds_a_package_at_its_version() =>
        Plan(Nginx with { Held = true }, observed: "apt|amd64\ninstalled|install|1.22.1-9|amd64\n");

    [Fact]
    public void Lets_a_held_package_go_for_another_version_and_holds_it_again() =>
        Plan(Nginx with { Version = "1.22.1-9" }, observed: "apt|amd64\ninstalled|hold|1.18.0-6|amd64\n");

    [Fact]
    public void Finishes_what_was_not_configured() =>
        Plan(Nginx with { Version = "1.22.1-9" }, observed: "apt|amd64\nhalf-configured|install|1.22.1-9|amd64\n");

    [Fact]
    public void Refuses_what_cannot_be_a_name() => Plan(new Package("nginx; reboot"), observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Nginx, observed: "apt|amd64\nperhaps|so|1|amd64\n");

    [Fact]
    public void Installs_what_left_only_its_configuration() => Plan(Nginx, observed: "apt|amd64\nconfig-files|deinstall|1.22.1-9|amd64\n");

    [Fact]
    public void Finishes_what_was_not_configured_in_whatever_version() =>
        Plan(Nginx, observed: "apt|amd64\nhalf-configured|install|1.22.1-9|amd64\n");

    [Fact]
    public void Lets_go_of_a_held_package() => Plan(Nginx with { Held = false }, observed: "apt|amd64\ninstalled|hold|1.22.1-9|amd64\n");

    [Fact]
    public void Looks_at_the_architecture_that_is_meant() =>
        Plan(new Package("libc6:i386"), observed: "apt|amd64\ninstalled|install|2.36-9|amd64\n");

    [Fact]
    public void Does_not_take_a_foreign_package_for_the_hosts_own() =>
        Plan(new Package("libc6"), observed: "apt|amd64\ninstalled|install|2.36-9|i386\n");

    [Fact]
    public void Takes_a_package_for_all_architectures() =>
        Plan(new Package("adduser"), observed: "apt|amd64\ninstalled|install|3.134|all\n");

    [Fact]
    public void Has_dpkg_finish_what_was_interrupted() => Plan(Nginx, observed: "apt|amd64\ninterrupted|\n");

    [Fact]
    public void Has_dpkg_run_triggers_that_wait() => Plan(Nginx, observed: "apt|amd64\ntriggers-pending|install|1.22.1-9|amd64\n");

    [Fact]
    public void Holds_again_what_a_broken_off_transaction_let_go() =>
        Plan(Nginx, observed: "apt|amd64\ninstalled|install|1.22.1-9|amd64\nhold-owed|\n");

    [Fact]
    public void Case_03_counts_a_virtual_package_as_there_while_one_provides_it() =>
        Plan(new Package("virtual-thing"), observed: "apt|amd64\nprovided|install|1.0|real-thing\n");

    [Fact]
    public void Holds_what_provides_a_virtual_package() =>
        Plan(new Package("virtual-thing") { Held = true }, observed: "apt|amd64\nprovided|install|1.0|real-thing\n");

    [Fact]
    public void Has_no_newest_version_of_what_the_index_does_not_know() =>
        Plan(Nginx with { Version = PackageVersion.Latest }, observed: "apt|amd64\ncandidate|(none)\n");

    [Fact]
    public void Refuses_what_cannot_be_a_version() => Plan(Nginx with { Version = "1.0 -y" }, observed: "");

    [Fact]
    public void Refuses_a_state_in_place_of_a_version() => Plan(Nginx with { Version = "absent" }, observed: "");

    [Fact]
    public void Refuses_to_say_that_it_is_there_in_place_of_a_version() => Plan(Nginx with { Version = "present" }, observed: "");

    [Fact]
    public void Installs_a_package_with_dnf() => Plan(Nginx, observed: "dnf|x86_64\nlocks|\n");

    [Fact]
    public void Takes_a_version_of_rpm_without_epoch_and_release() =>
        Plan(Nginx with { Version = "1.20.1" }, observed: "dnf|x86_64\ninstalled|install|1:1.20.1-14.el9|x86_64\n");

    [Fact]
    public void Installs_the_newest_that_dnf_has_for_the_hosts_architecture() =>
        Plan(
            Nginx with
            {
                Version = PackageVersion.Latest,
            },
            observed: "dnf|x86_64\ninstalled|install|1:1.20.1-14.el9|x86_64\ncandidate|1:1.26.0-1.el9|i686\n"
                + "candidate|1:1.24.0-3.el9|x86_64\n"
        );

    [Fact]
    public void Counts_a_kernel_that_is_there_beside_others() =>
        Plan(
            new Package("kernel-core") { Version = "5.14.0-427.el9" },
            observed: "dnf|x86_64\ninstalled|install|5.14.0-427.el9|x86_64\ninstalled|install|5.14.0-503.el9|x86_64\n"
        );

    [Fact]
    public void Does_not_take_a_package_of_i686_for_the_hosts_own() =>
        Plan(new Package("glibc"), observed: "dnf|x86_64\ninstalled|install|2.34-100.el9|i686\n");

    [Fact]
    public void Locks_a_package_of_dnf_at_its_version() =>
        Plan(Nginx with { Held = true }, observed: "dnf|x86_64\nlocks|\ninstalled|install|1:1.20.1-14.el9|x86_64\n");

    [Fact]
    public void Unlocks_a_package_of_dnf_for_another_version_and_locks_it_again() =>
        Plan(Nginx with { Version = "1.24.0" }, observed: "dnf|x86_64\nlocks|\ninstalled|hold|1:1.20.1-14.el9|x86_64\n");

    [Fact]
    public void Holds_nothing_where_dnf_has_no_plugin_for_it() =>
        Plan(Nginx with { Held = true }, observed: "dnf|x86_64\ninstalled|install|1:1.20.1-14.el9|x86_64\n");

    [Fact]
    public void Has_no_newest_version_of_what_dnf_does_not_know() =>
        Plan(Nginx with { Version = PackageVersion.Latest }, observed: "dnf|x86_64\nlocks|\n");

    [Fact]
    public void Does_not_guess_from_an_answer_of_rpm_that_it_does_not_know() => Plan(Nginx, observed: "dnf|x86_64\nperhaps|so|1|x86_64\n");

    [Fact]
    public void Installs_a_package_with_apk() => Plan(Nginx, observed: "apk|x86_64\n");

    [Fact]
    public void Leaves_a_package_of_apk_of_any_version() => Plan(Nginx, observed: "apk|x86_64\ninstalled|install|1.24.0-r15|x86_64\n");

    [Fact]
    public void Installs_the_newest_that_apk_has() =>
        Plan(
            Nginx with
            {
                Version = PackageVersion.Latest,
            },
            observed: "apk|x86_64\ninstalled|install|1.24.0-r15|x86_64\ncandidate|1.24.0-r16\n"
        );

    [Fact]
    public void Wants_a_package_of_apk_in_its_version() =>
        Plan(Nginx with { Held = true }, observed: "apk|x86_64\ninstalled|install|1.24.0-r15|x86_64\n");

    [Fact]
    public void Wants_another_version_of_apk_where_one_is_wanted_already() =>
        Plan(Nginx with { Version = "1.24.0-r16" }, observed: "apk|x86_64\ninstalled|hold|1.24.0-r15|x86_64\n");

    [Fact]
    public void Counts_what_provides_a_package_of_apk() =>
        Plan(new Package("webserver"), observed: "apk|x86_64\nprovided|install|1.24.0-r15|x86_64|nginx\n");

    [Fact]
    public void Does_not_guess_from_an_answer_of_apk_that_it_does_not_know() => Plan(Nginx, observed: "apk|x86_64\nperhaps|so\n");

    [Fact]
    public void Does_not_know_every_package_manager() => Plan(Nginx, observed: "emerge|x86_64\n");

    [Fact]
    public void Installs_what_a_package_recommends() => Plan(Nginx with { Recommends = true }, observed: "apt|amd64\n");

    [Fact]
    public void Leaves_a_package_that_is_there_without_what_it_recommends() =>
        Plan(Nginx with { Recommends = true }, observed: "apt|amd64\ninstalled|install|1.22.1-9|amd64\n");

    [Fact]
    public void Installs_weak_dependencies_with_dnf() => Plan(Nginx with { Recommends = true }, observed: "dnf|x86_64\nlocks|\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Package>
            {
                LosesOnly = "what apt takes with it is told by its simulation (PackageSimulationTests)",
                Bare =
                [
                    new(new Package("cfg-demo-lib"))
                    {
                        Needs = "the package index",
                        IsThere = "dpkg -s cfg-demo-lib | grep -q 'ok installed'",
                    },
                ],
            },
        ];
}
