using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SwapTests : ISamples
{
    const string Room = "room=yes\n";
    const string Root = "/dev/vda / ext4 defaults 0 1\n";
    const string There = $"active=-2\n{Room}kind=file\nsize=67108864\nmode=600\ntype=swap\nfstab\n";

    static readonly Swap Space = new("/swapfile") { Size = ByteSize.FromMegabytes(64) };

    [Fact]
    public void Makes_a_file_and_uses_it_from_now_on() => Plan(Space, $"{Room}kind=absent\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Leaves_swap_space_that_is_there() => Plan(Space, There + Files.Text(Root + "/swapfile none swap sw 0 0\n"));

    [Fact]
    public void Makes_a_file_of_another_size() =>
        Plan(Space with { Size = ByteSize.FromMegabytes(128) }, There + Files.Text(Root + "/swapfile none swap sw 0 0\n"));

    [Fact]
    public void Gives_it_another_priority() =>
        Plan(Space with { Priority = 10 }, There + Files.Text(Root + "/swapfile none swap defaults,pri=5,nofail 0 0\n"));

    [Fact]
    public void Uses_what_is_there_and_lets_nobody_read_it() =>
        Plan(new Swap("/swapfile"), $"{Room}kind=file\nsize=67108864\nmode=644\ntype=swap\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Uses_a_device() => Plan(new Swap("/dev/vdb"), "room=yes\nkind=device\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Overwrites_nothing_on_a_device() =>
        Plan(new Swap("/dev/vdb"), $"{Room}kind=device\ntype=ext4\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Overwrites_no_other_file() => Plan(Space, $"{Room}kind=file\nsize=5\nmode=600\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Says_that_it_is_larger_than_the_disk() => Plan(Space, "room=65536000\nkind=absent\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Needs_a_size_for_a_new_file() => Plan(new Swap("/swapfile"), $"{Room}kind=absent\nfstab\n" + Files.Text(Root));

    [Fact]
    public void Refuses_what_makes_no_sense() => Plan(new Swap("/dev/vdb") { Size = new(1), Priority = 40000 }, "");

    [Fact]
    public void Is_taken_out_of_use() => Plan(new NoSwap("/swapfile"), There + Files.Text(Root + "/swapfile none swap sw 0 0\n"));

    [Fact]
    public void Wants_nothing_where_it_is_not_used() => Plan(new NoSwap("/swapfile"), $"{Room}kind=absent\nfstab\n" + Files.Text(Root));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Swap>
            {
                LosesOnly = "nothing: what is in swap space is moved to memory before",
                BareElsewhere = "KernelTests of the lab: other hosts share the swap space of their machine",
                ForRoot = [new(Space)],
            },
            new Sample<NoSwap>
            {
                LosesOnly = "swap space that it names, which stays as a file or on its device",
                ForRoot = [new(new NoSwap("/gone")) { Prepare = "echo '/gone none swap sw 0 0' >>/etc/fstab" }],
            },
        ];
}
