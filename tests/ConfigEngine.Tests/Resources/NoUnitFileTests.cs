using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class NoUnitFileTests : ISamples
{
    static readonly NoUnitFile Old = new("old.service");

    [Fact]
    public void Stops_disables_and_removes_a_unit() => Plan(Old, "enabled=enabled\nactive=active\n" + There);

    [Fact]
    public void Removes_a_unit_that_does_not_run() => Plan(Old, "enabled=static\nactive=failed\n" + There);

    [Fact]
    public void Stops_what_still_runs_without_its_file() => Plan(Old, "enabled=\nactive=active\n" + Files.Absent);

    [Fact]
    public void Removes_a_template() => Plan(new NoUnitFile("old@.service"), "enabled=enabled\nactive=\n" + There);

    [Fact]
    public void Leaves_a_unit_of_a_package() => Plan(Old, "enabled=enabled\nactive=active\n" + Files.Absent);

    [Fact]
    public void Wants_nothing_where_there_is_no_such_unit() => Plan(Old, "enabled=not-found\nactive=inactive\n" + Files.Absent);

    [Fact]
    public void Refuses_what_is_no_unit() => Plan(new NoUnitFile("old"), "");

    const string There = "file|644|root|root|10|00\nmissing\n";

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<NoUnitFile>
            {
                LosesOnly = "a unit that it names",
                ForRoot = [new(new NoUnitFile("gone.service")) { Prepare = "touch /etc/systemd/system/gone.service" }],
            },
        ];
}
