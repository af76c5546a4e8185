using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>Names and words of which each is one, also where a line end stands after them.</summary>
public sealed class NameFormatTests
{
    public static TheoryData<Resource> Resources { get; } =
    [
        new User("alice\n"),
        new UserGroup("crew\n"),
        new Sudoers("deploy\n") { Content = "x\n" },
        new CronJob("job\n") { Schedule = "@daily", Command = $"true" },
        new CronJob("job") { Schedule = "1 1 1 1 1\n", Command = $"true" },
        new Hostname("web1\n"),
        new HostsEntry("203.0.113.1\n") { Names = ["a"] },
        new HostsEntry("203.0.113.1") { Names = ["a\n"] },
        new Timezone("Etc/UTC\n"),
        new Sysctl("vm.swappiness\n") { Value = "1" },
        new KernelModule("dummy\n"),
        new UnitFile("a.service\n") { Content = "[Unit]\n" },
        new UnitFile("a.service") { DropIn = "b\n", Content = "[Unit]\n" },
        new Package("htop\n"),
        new Mount("/mnt") { Device = "tmpfs", Type = "tmpfs\n" },
        new AptRepository("x\n") { Uris = ["file:/srv"], Suites = ["./"] },
        new AptRepository("x") { Uris = ["file:/srv\n"], Suites = ["./"] },
        new AptRepository("x")
        {
            Uris = ["file:/srv"],
            Suites = ["a\n"],
            Components = ["main"],
        },
        new AuthorizedKey("root", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ")
        {
            Options = ["no-pty\n"],
        },
    ];

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_line_end_after_a_name_is_no_part_of_it(Resource resource) => Assert.NotEmpty(resource.Problems);
}
