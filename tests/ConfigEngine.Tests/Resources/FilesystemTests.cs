using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class FilesystemTests : ISamples
{
    static readonly Filesystem Data = new("/dev/vdb") { Type = "ext4", Label = "data" };

    [Fact]
    public void Is_made_where_nothing_is() => Plan(Data, "kind=device\n");

    [Fact]
    public void Leaves_a_file_system_that_is_there() => Plan(Data, "kind=device\nused=/srv\nlabel=data\ntype=ext4\n");

    [Fact]
    public void Gives_it_another_label() => Plan(Data, "kind=device\nused=/srv\nlabel=old\ntype=ext4\n");

    [Fact]
    public void Overwrites_nothing_that_the_recipe_does_not_name() => Plan(Data, "kind=device\ntype=xfs\n");

    [Fact]
    public void Overwrites_no_partition_table() => Plan(Data with { Over = "xfs" }, "kind=device\ntable=gpt\n");

    [Fact]
    public void Overwrites_what_the_recipe_names() => Plan(Data with { Over = "xfs" }, "kind=device\nlabel=old\ntype=xfs\n");

    [Fact]
    public void Overwrites_nothing_that_is_in_use() => Plan(Data with { Over = "xfs" }, "kind=device\nused=/srv/my\\040data\ntype=xfs\n");

    [Fact]
    public void Says_that_it_cannot_change_a_label() =>
        Plan(new Filesystem("/dev/vdb") { Type = "xfs", Label = "new" }, "kind=device\nlabel=old\ntype=xfs\n");

    [Fact]
    public void Says_that_there_is_no_such_device() => Plan(Data, "kind=absent\n");

    [Fact]
    public void Refuses_what_is_no_device_and_no_type() =>
        Plan(
            new Filesystem("/srv/disk")
            {
                Type = "swap",
                Label = "a\nb",
                Over = "swap",
            },
            ""
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Filesystem>
            {
                Losses = [new(Data with { Over = "swap" }, "kind=device\ntype=swap\n", "Discards all that is on /dev/vdb (swap)")],
                BareElsewhere = "KernelTests of the lab: other hosts have no devices",
                ForRoot = [new(new Filesystem("/dev/vdb") { Type = "ext4" })],
            },
        ];
}
