using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class MountTests : ISamples
{
    static readonly Mount Data = new("/srv/data")
    {
        Device = "UUID=1234-ABCD",
        Type = "ext4",
        Options = ["noatime", "nofail"],
        Pass = 2,
    };

    static readonly Mount Share = new("/srv/share")
    {
        Device = "files:/share",
        Type = "nfs",
        Options = ["ro", "vers=4.2"],
    };

    const string DataLine = "UUID=1234-ABCD /srv/data ext4 noatime,nofail 0 2\n";

    const string DataMounted = "mounted 253:1 / rw,noatime ext4 /dev/vdb1 rw\nreal /dev/vdb1\ndevice /dev/vdb1\n";

    [Fact]
    public void Writes_the_line_and_mounts() =>
        Plan(Data, "device /dev/vdb1\n" + Fstab("# a comment\nUUID=1 / ext4 errors=remount-ro 0 1"));

    [Fact]
    public void Makes_the_mount_point() => Plan(Data, "point absent\ndevice /dev/vdb1\n" + Fstab(""));

    [Fact]
    public void Makes_a_mount_point_that_is_gone() => Plan(Data with { Mounted = null }, "point absent\n" + Fstab(DataLine));

    [Fact]
    public void Case_09_says_where_a_mount_point_leads() => Plan(Data, "point directory\nleads /srv/big/data\n" + Fstab(""));

    [Fact]
    public void Case_09_says_so_before_it_unmounts() =>
        Plan(new NoMount("/srv/data"), "point directory\nleads /srv/big/data\n" + DataMounted + Fstab(DataLine));

    [Fact]
    public void Case_09_is_content_with_a_mount_where_a_link_leads() =>
        Plan(Data, "point directory\nleads /srv/big/data\n" + DataMounted + Fstab(DataLine));

    [Fact]
    public void Says_where_the_source_of_a_bind_mount_leads() =>
        Plan(
            new Mount("/mnt/c")
            {
                Device = "/srv/a",
                Type = "none",
                Options = ["bind"],
            },
            "point directory\norigin /srv/b\nsource 253:2 / /\n" + Fstab("")
        );

    [Fact]
    public void Takes_a_bind_mount_as_fstab_writes_it() =>
        Plan(
            new Mount("/mnt/c")
            {
                Device = "/srv/a/d",
                Type = "none",
                Options = ["ro", "bind"],
            },
            "mounted 253:2 /d ro,relatime ext4 /dev/vdc rw\nreal /dev/vdc\nsource 253:2 / /srv/a\n"
                + Fstab("/srv/a/d /mnt/c none bind,ro 0 0\n")
        );

    [Fact]
    public void Makes_a_bind_mount_read_only() =>
        Plan(
            new Mount("/mnt/c")
            {
                Device = "/srv/a/d",
                Type = "none",
                Options = ["bind", "ro"],
            },
            "mounted 253:2 /d rw,relatime ext4 /dev/vdc rw\nreal /dev/vdc\nsource 253:2 / /srv/a\n"
                + Fstab("/srv/a/d /mnt/c none bind 0 0\n")
        );

    [Fact]
    public void Case_08_takes_away_a_line_with_a_slash_at_its_end() =>
        Plan(new NoMount("/srv/data"), DataMounted + Fstab("# kept\nUUID=1234-ABCD /srv//data/ ext4 noatime 0 2\n"));

    [Fact]
    public void Only_writes_the_line() => Plan(Data with { Mounted = null }, Fstab(""));

    [Fact]
    public void Makes_an_fstab_where_there_is_none() => Plan(Data with { Mounted = null }, "fstab\nabsent|directory\nmissing\n");

    [Fact]
    public void Wants_nothing_of_a_mount_that_is_as_wanted() =>
        Plan(Data, DataMounted + Fstab("UUID=1234-ABCD\t/srv/data  ext4 noatime,nofail 0   2\n"));

    [Fact]
    public void Leaves_options_alone_that_are_not_mentioned() =>
        Plan(Data with { Options = null, Pass = null }, DataMounted + Fstab(DataLine));

    [Fact]
    public void Mounts_what_is_only_in_fstab() => Plan(Data, "device /dev/vdb1\n" + Fstab(DataLine));

    [Fact]
    public void Unmounts_what_should_only_be_in_fstab() => Plan(Data with { Mounted = false }, DataMounted + Fstab(DataLine));

    [Fact]
    public void Remounts_where_options_changed() =>
        Plan(Data with { Options = ["noatime", "nofail", "commit=30"] }, DataMounted + Fstab(DataLine));

    [Fact]
    public void Remounts_where_somebody_made_it_read_only() =>
        Plan(Data, DataMounted.Replace("rw,noatime", "ro,noatime", StringComparison.Ordinal) + Fstab(DataLine));

    [Fact]
    public void Replaces_another_device() =>
        Plan(Data, DataMounted.Replace("/dev/vdb1\ndevice", "/dev/vdc1\ndevice", StringComparison.Ordinal) + Fstab(DataLine));

    [Fact]
    public void Takes_nfs4_for_nfs() =>
        Plan(
            Share,
            "mounted 0:50 / ro,relatime nfs4 files:/share ro,vers=4.2,addr=192.0.2.1\nreal files:/share\n"
                + Fstab("files:/share /srv/share nfs ro,vers=4.2 0 0\n")
        );

    [Fact]
    public void Mounts_a_network_share_anew_for_options_that_a_remount_does_not_change() =>
        Plan(
            Share,
            "mounted 0:50 / ro,relatime nfs4 files:/share ro,vers=4.1,addr=192.0.2.1\nreal files:/share\n"
                + Fstab("files:/share /srv/share nfs ro,vers=4.1 0 0\n")
        );

    [Fact]
    public void Knows_a_bind_mount_by_what_is_below_it() =>
        Plan(
            new Mount("/mnt/c") { Device = "/srv/a/d", Type = "bind" },
            "mounted 253:2 /d rw,relatime ext4 /dev/vdc rw\nreal /dev/vdc\nsource 253:2 / /srv/a\n"
                + Fstab("/srv/a/d /mnt/c none bind 0 0\n")
        );

    [Fact]
    public void Replaces_a_bind_mount_of_something_else() =>
        Plan(
            new Mount("/mnt/c") { Device = "/srv/a/d", Type = "bind" },
            "mounted 253:2 /e rw,relatime ext4 /dev/vdc rw\nreal /dev/vdc\nsource 253:2 / /srv/a\n"
                + Fstab("/srv/a/d /mnt/c none bind 0 0\n")
        );

    [Fact]
    public void Writes_spaces_in_octal() =>
        Plan(
            new Mount("/mnt/a b")
            {
                Device = "//server/my share",
                Type = "cifs",
                Options = ["credentials=/root/a b"],
            },
            Fstab("")
        );

    [Fact]
    public void Several_are_planned_each_on_the_fstab_that_the_one_before_leaves() =>
        Plan([
            (Data, Output.Of("device /dev/vdb1\n" + Fstab(""))),
            (Share, Output.Of(Fstab(""))),
            (new Line("/etc/fstab", "/dev/vdc1 /srv/more ext4 defaults 0 2"), Output.Of(Fstab("")["fstab\n".Length..])),
            (new NoMount("/srv/old"), Output.Of(Fstab(""))),
        ]);

    [Fact]
    public void Is_planned_on_a_line_of_fstab_that_is_written_before() =>
        Plan([
            (new Line("/etc/fstab", "/dev/vdc1 /srv/data ext4 defaults 0 2"), Output.Of(Fstab("")["fstab\n".Length..])),
            (Data, Output.Of("device /dev/vdb1\n" + Fstab(""))),
            (new NoMount("/srv/old"), Output.Of(Fstab("old:/ /srv/old nfs defaults 0 0\n"))),
        ]);

    [Fact]
    public void A_bind_mount_of_what_is_on_a_new_mount_is_predicted() =>
        Plan([
            (Data, Output.Of("device /dev/vdb1\n" + Fstab(""))),
            (new Mount("/mnt/c") { Device = "/srv/data/d", Type = "bind" }, Output.Of("source 253:2 / /\n" + Fstab(""))),
        ]);

    [Fact]
    public void One_whose_tool_comes_with_a_package_is_unknown_also_behind_another_one() =>
        Plan([
            (new Package("nfs-common"), Output.Of("apt|amd64\n")),
            (Data, Output.Of("device /dev/vdb1\n" + Fstab(""))),
            (Share, Output.Of("mount.nfs\n") with { Exit = 120 }),
            (new Mount("/srv/scratch") { Device = "tmpfs", Type = "tmpfs" }, Output.Of(Fstab(""))),
        ]);

    [Fact]
    public void An_answer_that_is_not_understood_is_an_error_also_behind_another_one() =>
        Plan([(Data, Output.Of("device /dev/vdb1\n" + Fstab(""))), (Share, Output.Of("moonted 1:1\n" + Fstab("")))]);

    [Fact]
    public void The_second_is_predicted_where_there_is_no_fstab_yet() =>
        Plan([
            (Data, Output.Of("device /dev/vdb1\nfstab\nabsent|directory\nmissing\n")),
            (Share, Output.Of("fstab\nabsent|directory\nmissing\n")),
        ]);

    [Fact]
    public void Takes_away_a_second_line_for_the_mount_point() =>
        Plan(Data, DataMounted + Fstab(DataLine + "/dev/old /srv/data xfs defaults 0 0\n"));

    [Fact]
    public void Refuses_what_cannot_be_mounted() =>
        Plan(
            new Mount("/mnt/")
            {
                Device = "server",
                Type = "nfs",
                Options = ["ro,noatime", "rw", "ro", "password=x"],
                Pass = 10,
            },
            ""
        );

    [Fact]
    public void Refuses_types_and_devices_with_line_ends() =>
        Plan(new Mount("/mnt") { Device = "/dev/x\n/dev/y / ext4", Type = "ext4 defaults" }, "");

    [Fact]
    public void Does_not_take_an_unknown_line_for_a_mount() => Plan(Data, "moonted 1:1\n" + Fstab(""));

    [Fact]
    public void Unmounts_and_takes_the_line_away() =>
        Plan(new NoMount("/srv/data"), DataMounted + DataMounted + Fstab("# kept\n" + DataLine));

    [Fact]
    public void Unmounts_what_is_in_use() => Plan(new NoMount("/srv/data") { Lazy = true }, DataMounted + Users + Fstab("# kept\n"));

    const string Users = "user sleep (1234)\nuser the mount at /srv/data/inner\n";

    const string ShareMounted = "mounted 0:50 / ro,relatime nfs4 files:/share ro,vers=4.2,addr=192.0.2.1\nreal files:/share\n";

    const string ShareLine = "files:/share /srv/share nfs ro,vers=4.2 0 0\n";

    [Fact]
    public void Says_who_uses_what_is_unmounted() => Plan(new NoMount("/srv/data"), DataMounted + Users + Fstab("# kept\n"));

    [Fact]
    public void Says_that_what_is_unmounted_does_not_answer() =>
        Plan(new NoMount("/srv/share"), ShareMounted + "silent\nuser ls (77)\n" + Fstab(ShareLine));

    [Fact]
    public void Ends_the_requests_to_a_server_that_does_not_answer() =>
        Plan(new NoMount("/srv/share") { Force = true }, ShareMounted + "silent\nuser ls (77)\n" + Fstab(ShareLine));

    [Fact]
    public void Ends_them_and_lets_programs_keep_the_mount() =>
        Plan(new NoMount("/srv/share") { Force = true, Lazy = true }, ShareMounted + "silent\n" + Fstab(ShareLine));

    [Fact]
    public void Names_a_mount_that_does_not_answer_and_who_uses_it() =>
        Plan(Share, ShareMounted + "silent\nuser ls (77)\nuser sleep (1234)\n" + Fstab(ShareLine));

    [Fact]
    public void Names_a_mount_whose_server_no_longer_knows_it() =>
        Plan(Share, ShareMounted + "fails Stale file handle\n" + Fstab(ShareLine));

    [Fact]
    public void Says_who_uses_a_mount_that_should_only_be_in_fstab() =>
        Plan(Share with { Mounted = false }, ShareMounted + "user sleep (1234)\n" + Fstab(ShareLine));

    /// <summary>Processes come and go between a plan and its apply.</summary>
    [Fact]
    public void Who_uses_a_mount_may_change_before_an_apply()
    {
        var (nobody, somebody) = (Guard(""), Guard("silent\n" + Users));

        Assert.Equal("cfg_mounts /srv/data '' '' /srv/data ''", nobody.Script.Text);
        Assert.Equal(nobody, somebody);
        Assert.NotEqual(nobody, Guard("device /dev/vdb1\n"));

        static Guard Guard(string life)
        {
            NoMount gone = new("/srv/data");
            var plan = Planner.Plan(
                "web1",
                [(1, [gone])],
                new Dictionary<ProbeRequest, Output> { [Planner.Probes([gone])[0]] = Output.Of(DataMounted + life + Fstab(DataLine)) },
                []
            );
            return Assert.Single(plan.Blocks[0].Planned).Guard ?? throw new InvalidOperationException("the change is not exact");
        }
    }

    [Fact]
    public void Wants_nothing_where_nothing_is_mounted() => Plan(new NoMount("/srv/data"), Fstab("# kept\n"));

    [Fact]
    public void Never_unmounts_the_root() => Plan(new NoMount("/"), "");

    static string Fstab(string text) =>
        $"fstab\nfile|644|root|root|{Encoding.UTF8.GetByteCount(text)}|"
        + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\nmissing\n{text}";

    static string MountedAtX(string device) =>
        $"point directory\nmounted 0:41 / rw,relatime tmpfs {device} rw\nreal {device}\n" + Fstab("tmpfs /srv/x tmpfs defaults 0 0\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Mount>
            {
                Losses =
                [
                    new(
                        new Mount("/srv/x")
                        {
                            Device = "tmpfs",
                            Type = "tmpfs",
                            Mounted = false,
                        },
                        MountedAtX("tmpfs"),
                        "Unmounts /srv/x"
                    ),
                ],
                Bare = [new(new Mount("/srv/scratch") { Device = "tmpfs", Type = "tmpfs" }) { IsThere = "findmnt /srv/scratch" }],
            },
            new Sample<NoMount>
            {
                Losses = [new(new NoMount("/srv/x"), MountedAtX("none"), "Unmounts /srv/x")],
                ForRoot = [new(new NoMount("/srv/unmounted")) { Prepare = "echo 'none /srv/unmounted tmpfs defaults 0 0' >>/etc/fstab" }],
            },
        ];
}
