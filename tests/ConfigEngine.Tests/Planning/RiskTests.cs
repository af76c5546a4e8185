using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests;

/// <summary>What a plan says of changes that may cut the way to their host, and what is put back of them.</summary>
public sealed class RiskTests
{
    static readonly RunningAs Plain = new(1000, "plain");
    static readonly RunningAs WithoutSystemd = new(0, "root") { ActsAtBoot = false };
    static readonly File Sshd = new("/etc/ssh/sshd_config.d/app.conf") { Content = "x" };
    static readonly Command Cutting = new($"true") { MayCutConnection = true };
    static readonly Reboot Rebooting = new() { When = RebootWhen.Always };

    [Fact]
    public void What_does_only_what_is_in_the_copy_is_undone_whole_and_a_command_never_is()
    {
        Assert.All(
            [Sshd, new Sudoers("app"), new AuthorizedKey("app", "ssh-ed25519 AAAA x"), new SystemdUnit("ssh.service") { Running = false }],
            (Resource resource) => Assert.True(Risk.IsPutBack(resource), resource.Address)
        );
        Assert.All(
            [
                Cutting,
                Cutting with
                {
                    Touches = ["/etc/ssh"],
                },
                new User("app"),
                new Package("openssh-server") { MayCutConnection = true },
                new File("/srv/x") { Content = "x", MayCutConnection = true },
            ],
            (Resource resource) => Assert.False(Risk.IsPutBack(resource), resource.Address)
        );
        Assert.True(Risk.IsPutBack(new SystemdUnit("ssh.service").Restart));
        Assert.False(Risk.IsPutBack(new Handler("something", $"true")));
    }

    [Fact]
    public void Who_is_not_root_is_not_promised_that_more_than_their_keys_is_put_back()
    {
        Assert.Equal(
            "could cut off SSH, and is not guarded: plain is not root, and could put back no more than their own keys",
            Risk.Of(Cutting, Plain)
        );
        Assert.Equal(
            "changes login access: rolled back automatically unless cfg can reconnect",
            Risk.Of(new AuthorizedKey("plain", "ssh-ed25519 AAAA x"), Plain)
        );
        Assert.Equal(Risk.Of(Cutting), Risk.Of(Cutting, null));
    }

    [Fact]
    public void A_reboot_that_nothing_is_put_back_after_is_noted_where_something_before_it_may_cut_the_way()
    {
        Assert.Equal([true, false], Noted(WithoutSystemd, [Sshd, Rebooting]));
        Assert.Equal([true, true, false, false], Noted(WithoutSystemd, [Sshd, Cutting, Rebooting, Cutting]));
        Assert.Equal([true], Noted(WithoutSystemd, [Sshd with { Notifies = [Reboot.Now] }]));
        Assert.Equal([false], Noted(WithoutSystemd, [Sshd]));
        Assert.Equal([false, false], Noted(new(0, "root"), [Sshd, Rebooting]));
    }

    static IEnumerable<bool> Noted(RunningAs session, Resource[] resources)
    {
        var answers = Planner
            .Probes(resources)
            .ToDictionary(
                question => question,
                question =>
                    Output.Of(
                        question.Script.Text.Contains("cfg_path", StringComparison.Ordinal)
                            ? "absent|directory\nmissing\n"
                            : "done=false\nneeded=yes\n"
                    )
            );
        return Planner
            .Plan("host", [(1, resources)], answers, [], session)
            .Blocks[0]
            .Planned.Select(entry => entry.Change.Notes.Contains(Risk.NotAtBoot));
    }
}
