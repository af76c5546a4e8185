using System.Text.Json;
using ConfigEngine.Resources;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is written into fstab(5), read back by findmnt(8).</summary>
public sealed class FstabFormatTests
{
    [ToolFact("findmnt")]
    public void Each_field_is_read_back_as_it_was()
    {
        var mounts = Tool.Some(Tool.Odd.Three(), 300)
            .Select(odd => new Mount($"/srv/{odd.Item1.Trim('/')}")
            {
                Device = odd.Item2,
                Type = "tmpfs",
                Options = [$"x-{odd.Item3}"],
            })
            .Where(mount => !mount.Problems.Any())
            .ToList();
        Assert.True(mounts.Count > 60, $"only {mounts.Count} of 300 are taken at all");

        using var read = Read(string.Concat(mounts.Select(mount => Written("", mount))));

        Assert.Equal(
            mounts.Select(mount => (mount.Device, mount.Path, string.Join(',', mount.Options ?? []))),
            read.RootElement.GetProperty("filesystems")
                .EnumerateArray()
                .Select(line => (Of(line, "source"), Of(line, "target"), Of(line, "options")))
        );
        Assert.All(
            mounts,
            mount => Assert.Equal(Fstab.Parse(Written("", mount).TrimEnd('\n')), Fstab.Parse(Written("", mount).TrimEnd('\n')), Same)
        );
        Assert.All(mounts, mount => Assert.Equal(Written("", mount), Written(Written("", mount), mount)));
    }

    [Theory]
    [InlineData("tmpfs   /srv/scratch/   tmpfs  size=1m 0 0\n")]
    [InlineData("tmpfs\t//srv//scratch\ttmpfs\tsize=1m\n")]
    public void Case_08_slashes_that_say_nothing_are_no_other_mount_point(string fstab)
    {
        Mount scratch = new("/srv/scratch") { Device = "tmpfs", Type = "tmpfs" };
        Assert.Equal(fstab, Written(fstab, scratch));
        Assert.Equal(fstab, Written(fstab, scratch with { Options = ["size=1m"] }));
        Assert.Equal("", Without(fstab, "/srv/scratch"));
    }

    [Fact]
    public void Everything_else_stays_as_somebody_wrote_it()
    {
        const string Others =
            "# /etc/fstab: static\n\n  # indented\nUUID=1234-ABCD\t/\t\text4\terrors=remount-ro\t0\t1\nLABEL=swap none swap sw,pri=5 0 "
            + "0\nPARTUUID=1-2 /boot/efi vfat umask=0077,x-systemd.automount,x-systemd.idle-timeout=1min 0 2\n";
        Mount data = new("/srv/data")
        {
            Device = "/dev/vdb1",
            Type = "ext4",
            Options = ["noatime"],
            Pass = 2,
        };

        Assert.Equal(
            Others + "/dev/vdb1\t/srv/data\text4\tnoatime\t\t0\t2\t# the data\n# last\n",
            Written(Others + "/dev/vdc1\t/srv/data\txfs\tdefaults\t\t0\t0\t# the data\n# last\n", data)
        );
        Assert.Equal(Others + "/dev/vdb1 /srv/data ext4 noatime 0 2\n", Written(Others, data));
        Assert.Equal(
            Others + "  /dev/vdb1 /srv/data ext4 noatime 0 2 # the data\n",
            Written(Others + "  /dev/vdc1 /srv/data ext4 noatime # the data\n", data)
        );
        Assert.Equal(Others, Without(Others + "/dev/vdb1\t/srv/data\text4\tnoatime 0 2\n", "/srv/data"));
    }

    [Theory]
    [InlineData("/srv/a /mnt/b none bind 0 0\n")]
    [InlineData("/srv/a/ /mnt/b/ none bind 0 0\n")]
    public void A_bind_mount_is_one_in_either_way(string fstab)
    {
        Assert.Equal(fstab, Written(fstab, new("/mnt/b") { Device = "/srv/a", Type = "bind" }));
        Assert.Equal(
            fstab,
            Written(
                fstab,
                new("/mnt/b")
                {
                    Device = "/srv/a",
                    Type = "none",
                    Options = ["bind"],
                }
            )
        );
    }

    [Fact]
    public void Where_a_bind_mount_says_that_it_is_one_makes_no_difference()
    {
        const string Line = "/srv/a /mnt/b none ro,rbind 0 0\n";
        Assert.Equal(
            Line,
            Written(
                Line,
                new("/mnt/b")
                {
                    Device = "/srv/a",
                    Type = "rbind",
                    Options = ["ro"],
                }
            )
        );
        Assert.Equal(
            Line,
            Written(
                Line,
                new("/mnt/b")
                {
                    Device = "/srv/a",
                    Type = "none",
                    Options = ["rbind", "ro"],
                }
            )
        );
    }

    [Fact]
    public void A_type_of_none_says_what_it_is() =>
        Assert.Contains(
            "Options needs bind",
            new Mount("/mnt/b") { Device = "/srv/a", Type = "none" }.Problems.First(),
            StringComparison.Ordinal
        );

    [Fact]
    public void Octal_bytes_of_one_character_are_that_character() => Assert.Equal("/srv/ä b", MountField.Unescape(@"/srv/\303\244\040b"));

    [Fact]
    public void A_remark_that_is_not_UTF8_stays_to_the_byte()
    {
        byte[] before = [(byte)'#', 0xFC, .. "\ntmpfs /srv/a tmpfs size=1m 0 0\r\n"u8];
        PathState file = new("file", new Content(before));
        var after = TextFile.Edit(file, Fstab.Path, lines => lines[1] = "tmpfs /srv/a tmpfs size=2m 0 0").Content;
        Assert.Equal(new Content((byte[])[.. before.Select(one => one == (byte)'1' ? (byte)'2' : one)]), after);
    }

    static readonly IEqualityComparer<FstabLine?> Same = EqualityComparer<FstabLine?>.Create((one, other) => one?.Text == other?.Text);

    static JsonDocument Read(string fstab) =>
        JsonDocument.Parse(
            Tool.Reads(fstab, "findmnt", "--fstab", "--tab-file", "{}", "--nocanonicalize", "-J", "-o", "SOURCE,TARGET,FSTYPE,OPTIONS")
        );

    static string Of(JsonElement line, string name) => line.GetProperty(name).ToString();

    /// <summary>A table as the mount makes it.</summary>
    static string Written(string fstab, Mount mount) => Edited(fstab, mount, "point directory\n");

    static string Without(string fstab, string point) => Edited(fstab, new NoMount(point), "");

    static string Edited(string fstab, Resource resource, string answer)
    {
        var draft = resource.Compare(resource.Read(Output.Of($"{answer}fstab\n{Files.Text(fstab)}")));
        return draft?.Operations.FirstOrDefault(operation => operation.Input is not null)?.Input?.Text ?? fstab;
    }
}
