using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class KernelModuleTests : ISamples
{
    static readonly KernelModule Overlay = new("nf-conntrack");
    static readonly KernelModule Gone = new("pcspkr")
    {
        Loaded = false,
        AtBoot = false,
        Blacklisted = true,
    };

    const string Listed = "file /etc/modules-load.d/nf_conntrack.conf\nreal /etc/modules-load.d/nf_conntrack.conf\n nf-conntrack\n";

    [Fact]
    public void Several_do_not_wait_for_each_other_and_one_that_another_one_brings_is_as_planned()
    {
        KernelModule one = new("one") { Options = "a=1" },
            other = new("other") { Options = "b=2" };

        Assert.DoesNotContain(other.Reads, read => one.Writes.Any(written => written.Overlaps(read)));
        Assert.Contains(other.Reads, read => read.Overlaps(Aspect.Path("/etc/modprobe.d/local.conf")));
        foreach (var answer in (string[])["known\n\n\n", "known\n options one a=2\n\n\n"])
            Assert.Equal(answer, one.ProbeFor(one.Read(Output.Of(answer))).Answer);
        Assert.Equal("known\n\n", Gone.ProbeFor(Gone.Read(Output.Of("loaded\n\n"))).Answer);
        Assert.Null(one.ProbeFor(one.Read(Output.Of("loaded\n\n\n"))).Answer);
        Assert.Null(one.ProbeFor(one.Compare(one.Read(Output.Of("known\n\n\n")))?.After ?? new(null)).Answer);
    }

    [Fact]
    public void Loads_a_module_now_and_at_boot() => Plan(Overlay, observed: "known\n\n");

    [Fact]
    public void Loads_a_module_that_only_boot_knows() => Plan(Overlay, observed: "known\n\n" + Listed);

    [Fact]
    public void Has_boot_know_a_module_that_is_loaded() =>
        Plan(Overlay, observed: "loaded\n\nfile /etc/modules-load.d/modules.conf\nreal /etc/modules\n #nf_conntrack\n nf_conntrack_ftp\n");

    [Fact]
    public void Leaves_a_module_that_is_loaded() => Plan(Overlay, observed: "loaded\n\n" + Listed);

    [Fact]
    public void Takes_a_module_in_the_kernel_for_loaded() => Plan(Overlay with { AtBoot = null }, observed: "builtin\n\n");

    [Fact]
    public void Sets_options_before_it_loads() => Plan(Overlay with { Options = "hashsize=65536" }, observed: "known\n\n" + Listed);

    [Fact]
    public void Says_that_options_wait_for_the_next_time() =>
        Plan(Overlay with { Options = "hashsize=65536" }, observed: "loaded\n options nf_conntrack hashsize=1024\n\n" + Listed);

    [Fact]
    public void Takes_options_away() =>
        Plan(Overlay with { Options = "" }, observed: "loaded\n options nf_conntrack hashsize=1024\n\n" + Listed);

    [Fact]
    public void Unloads_and_blacklists() =>
        Plan(Gone, observed: "loaded\n\nfile /etc/modules-load.d/pcspkr.conf\nreal /etc/modules-load.d/pcspkr.conf\n pcspkr\n");

    [Fact]
    public void Leaves_what_is_gone() => Plan(Gone, observed: "known\n # ours\n blacklist pcspkr\n\n");

    [Fact]
    public void Wants_nothing_loaded_that_the_kernel_does_not_have() => Plan(Gone, observed: "unknown\n blacklist pcspkr\n\n");

    [Fact]
    public void Says_whose_alias_a_name_is() => Plan(new KernelModule("nfs4"), observed: "alias nfs\n\n");

    [Fact]
    public void Says_which_file_of_the_system_overrules_its_options() =>
        Plan(
            new KernelModule("dummy") { Options = "numdummies=2" },
            observed: "known\n\n\nfile /etc/modprobe.d/a.conf\nreal /etc/modprobe.d/a.conf\n options dummy numdummies=1\nfile "
                + "/usr/lib/modprobe.d/systemd.conf\nreal /usr/lib/modprobe.d/systemd.conf\n options dummy numdummies=0\n"
        );

    [Fact]
    public void Says_which_line_of_the_administrator_overrules_its_options() =>
        Plan(
            new KernelModule("dummy") { Options = "numdummies=2" },
            observed: "known\n\n\nfile /etc/modprobe.d/local.conf\nreal /etc/modprobe.d/local.conf\n options dummy numdummies=0\n"
        );

    [Fact]
    public void Does_not_mind_files_that_agree() =>
        Plan(
            new KernelModule("dummy") { Options = "numdummies=2", AtBoot = null },
            observed: "loaded\n options dummy numdummies=2\n\n\nfile /etc/modprobe.d/dummy.conf\nreal /etc/modprobe.d/dummy.conf\n "
                + "options dummy numdummies=2\nfile /etc/modprobe.d/local.conf\nreal /etc/modprobe.d/local.conf\n options dummy "
                + "numdummies=2 other=1\n"
        );

    [Fact]
    public void Says_that_there_is_no_such_module() => Plan(Overlay, observed: "unknown\n\n");

    [Fact]
    public void Says_that_a_module_in_the_kernel_stays() => Plan(Gone, observed: "builtin\n\n");

    [Fact]
    public void Says_which_file_would_load_it() =>
        Plan(Gone, observed: "known\n\nfile /etc/modules-load.d/modules.conf\nreal /etc/modules\n pcspkr\n");

    [Fact]
    public void Refuses_what_is_no_name() => Plan(new KernelModule("a b"), observed: "");

    [Fact]
    public void Refuses_to_load_what_is_blacklisted() => Plan(Overlay with { Blacklisted = true }, observed: "");

    [Fact]
    public void Refuses_options_of_two_lines() => Plan(Overlay with { Options = "a=1\ninstall x" }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Overlay, observed: "maybe\n\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<KernelModule>
            {
                LosesOnly = "a module that it names",
                BareElsewhere = "KernelTests of the lab: a container loads no modules",
                ForRoot = [new(new KernelModule("dummy") { AtBoot = true })],
            },
        ];
}
