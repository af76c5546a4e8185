using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class LoopImageTests : ISamples
{
    const string Room = "room=yes\n";

    static readonly LoopImage Logs = new("/var/lib/logs.img") { Size = ByteSize.FromMegabytes(64) };

    [Fact]
    public void Makes_an_image() => Plan(Logs, Room + "kind=absent\n");

    [Fact]
    public void Leaves_an_image_that_is_there() => Plan(Logs, There(67108864, 16384));

    [Fact]
    public void Leaves_a_last_group_that_is_too_small_for_its_tables() => Plan(Logs, There(67108864, 16000));

    [Fact]
    public void Makes_an_image_larger() => Plan(Logs, There(33554432, 8192));

    [Fact]
    public void Finishes_what_was_broken_off() => Plan(Logs, There(67108864, 8192, "640"));

    [Fact]
    public void Makes_no_image_smaller() => Plan(Logs, There(134217728, 32768));

    [Fact]
    public void Overwrites_no_other_file() => Plan(Logs, Room + "kind=file\nsize=67108864\nmode=600\n");

    [Fact]
    public void Overwrites_no_other_file_system() => Plan(Logs, Room + "kind=file\nsize=67108864\nmode=600\ntype=xfs\n");

    [Fact]
    public void Says_that_it_is_larger_than_the_disk() => Plan(Logs, "room=65536000\nkind=absent\n");

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(Logs, "room=absent\nkind=absent\n");

    [Fact]
    public void Replaces_no_directory() => Plan(Logs, Room + "kind=other\n");

    [Fact]
    public void Refuses_half_a_mebibyte() => Plan(Logs with { Size = new(1_000_000) }, "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Logs, Room + "kind=file\nsize=large\nmode=600\n");

    static string There(long size, long blocks, string mode = "600") =>
        $"{Room}kind=file\nsize={size}\nmode={mode}\ntype=ext4\nblocks={blocks} 4096 \n";

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<LoopImage>
            {
                LosesOnly = "nothing: an image is never made smaller and nothing is overwritten",
                Bare =
                [
                    new(new LoopImage("/srv/bare.img") { Size = ByteSize.FromMegabytes(8) })
                    {
                        IsThere = "test \"$(blkid -p -s TYPE -o value /srv/bare.img) $(stat -c %s /srv/bare.img)\" = 'ext4 8388608'",
                    },
                ],
            },
        ];
}
