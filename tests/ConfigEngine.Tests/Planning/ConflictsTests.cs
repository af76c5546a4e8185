using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests;

/// <summary>What could never all be satisfied on one host: both places are named.</summary>
public sealed class ConflictsTests
{
    static readonly Output NoFile = Output.Of("absent|directory\nmissing\n");

    [Fact]
    public void A_thing_is_declared_once() => Plan(
    [
        (new File("/etc/motd") { Content = "one\n", Source = new("site.csx", 3, 5) }, NoFile),
        (new File("/etc/motd") { Content = "two\n", Source = new("site.csx", 9, 5) }, NoFile),
    ]);

    [Fact]
    public void What_one_resource_decides_whole_is_not_edited_by_another() => Plan(
    [
        (new File("/etc/motd") { Content = "one\n", Source = new("site.csx", 3, 5) }, NoFile),
        (new Line("/etc/motd", "two") { Source = new("site.csx", 9, 5) }, NoFile),
    ]);

    [Fact]
    public void Handlers_of_one_name_are_one_handler() => Plan(
    [
        (new File("/etc/app.conf") { Content = "", Notifies = [new("restart app", $"systemctl restart app")], Source = new("site.csx", 3, 5) }, NoFile),
        (new File("/etc/app.env") { Content = "", Notifies = [new("restart app", $"systemctl restart app.service")], Source = new("site.csx", 9, 5) }, NoFile),
    ]);

    [Fact]
    public void Handlers_that_are_written_twice_are_still_one() => Plan(
    [
        (new File("/etc/app.conf") { Content = "", Notifies = [new("restart app", $"systemctl restart app")] }, NoFile),
        (new File("/etc/app.env") { Content = "", Notifies = [new("restart app", $"systemctl restart app")] }, NoFile),
    ]);
}
