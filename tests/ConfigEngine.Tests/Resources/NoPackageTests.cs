using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class NoPackageTests : ISamples
{
    static readonly NoPackage Nginx = new("nginx");

#pragma warning disable CS0618 // The old name is what is looked at.
    static readonly PackageVersion Old = PackageVersion.None;
#pragma warning restore CS0618

    [Fact]
    public void Removes_a_package_and_keeps_its_configuration() => Plan(Nginx, observed: "apt|amd64\ninstalled|install|1.22.1-9|amd64\n");

    [Fact]
    public void Removes_a_package_that_is_held() => Plan(Nginx, observed: "apt|amd64\ninstalled|hold|1.22.1-9|amd64\nhold-owed|\n");

    [Fact]
    public void Removes_a_package_with_dnf() => Plan(Nginx, observed: "dnf|x86_64\ninstalled|install|1:1.20.1-14.el9|x86_64\n");

    [Fact]
    public void Removes_a_package_with_apk() => Plan(Nginx, observed: "apk|x86_64\ninstalled|install|1.24.0-r15|x86_64\n");

    [Fact]
    public void Has_dpkg_finish_first_what_was_interrupted() =>
        Plan(Nginx, observed: "apt|amd64\ninterrupted|\nhalf-configured|install|1.22.1-9|amd64\n");

    [Fact]
    public void Wants_nothing_where_there_is_no_such_package() => Plan(Nginx, observed: "apt|amd64\n");

    [Fact]
    public void Wants_nothing_of_configuration_that_was_kept() =>
        Plan(Nginx, observed: "apt|amd64\nconfig-files|deinstall|1.22.1-9|amd64\n");

    [Fact]
    public void Case_03_refuses_to_remove_a_virtual_package() =>
        Plan(new NoPackage("virtual-thing"), observed: "apt|amd64\nprovided|install|1.0|real-thing\n");

    [Fact]
    public void Refuses_what_cannot_be_a_name() => Plan(new NoPackage("nginx; reboot"), observed: "");

    [Theory, InlineData("apt|amd64\n", true), InlineData("dnf|x86_64\n", true), InlineData("apk|x86_64\n", false)]
    public void Is_one_transaction_with_what_is_installed_where_the_package_manager_can_do_that(string manager, bool isOne)
    {
        Package package = new("lighttpd");
        var plan = Planner.Plan(
            "host",
            [(1, [package, Nginx])],
            new Dictionary<ProbeRequest, Output>
            {
                [Planner.Probes([package])[0]] = Output.Of(manager),
                [Planner.Probes([Nginx])[0]] = Output.Of($"{manager}installed|install|1.22.1-9|amd64\n"),
            },
            []
        );

        var changes = plan.Changes.ToList();
        Assert.Equal(["package lighttpd", "no-package nginx"], changes.Select(change => change.Address));
        Assert.Equal(isOne, changes[0].Operations.Single().Batch?.Joins(changes[1].Operations.Single().Batch));
    }

    [Fact]
    public void Stands_in_place_of_a_package_without_a_version()
    {
        Package old = new("nginx")
        {
            Version = Old,
            Notifies = [new Handler("reload", $"true")],
            As = "root",
            Deadline = TimeSpan.FromMinutes(2),
            Retries = 3,
            RetryDelay = TimeSpan.FromSeconds(4),
            Until = $"true",
            MayCutConnection = true,
            Source = new("site.csx", 7, 5),
        };
        Catalog catalog = new();
        catalog.Add("all", null, [old with { DeclaredIf = new Known<bool>(true) }]);

        var only = Assert.IsType<NoPackage>(Assert.Single(catalog.Blocks[0].Fixed ?? []));
        Assert.Equal(Nginx.Address, only.Address);
        Assert.All(
            StateProperties.Of(typeof(Resource)).Where(property => property.CanWrite),
            property =>
            {
                Assert.NotNull(property.GetValue(only));
                Assert.NotEqual(property.GetValue(Nginx), property.GetValue(only));
            }
        );
    }

    [Fact]
    public void Refuses_to_hold_what_is_not_installed() => Plan(new Package("nginx") { Version = Old, Held = true }, observed: "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NoPackage>
            {
                LosesOnly = "what goes with it is told by the simulation (PackageSimulationTests)",
                ForRoot = [new(new NoPackage("cron"))],
            },
        ];
}
