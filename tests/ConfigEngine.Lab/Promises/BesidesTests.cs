using ConfigEngine.Resources;
using Command = ConfigEngine.Resources.Command;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// What a change does besides what it says is no drift: where the next line is still what the plan showed, it is made. Where it is not,
/// nothing of it is done.
/// </summary>
[Collection("lab")]
public sealed class BesidesTests(Lab lab)
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    [LabFact]
    public async Task What_an_earlier_line_makes_so_is_not_called_drift()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            chmod 0775 /home/plain
            cd /etc/systemd/system
            printf '[Unit]\nRequires=needed.service\n[Service]\nExecStart=/bin/sleep infinity\n[Install]\nAlso=part.service\n' >whole.service
            printf '[Service]\nExecStart=/bin/sleep infinity\n' >needed.service
            printf '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n' >part.service
            systemctl daemon-reload
            """
        );
        IReadOnlyList<IDeclaration> resources =
        [
            new Directory("/home/plain") { Mode = "0755" },
            new AuthorizedKey("plain", Key),
            new SystemdUnit("whole.service") { Running = true },
            new SystemdUnit("needed.service") { Running = true },
            new SystemdUnit("part.service") { Enabled = true },
            new SystemdUnit("whole.service") { Enabled = true },
        ];

        var applied = await host.Apply([.. resources.Take(5)]);

        Nothing.In(applied.Error);
        Assert.Equal("active\nenabled", await host.Sh("systemctl is-active needed; systemctl is-enabled part"));
        Assert.Equal("1", await host.Sh($"grep -c '{Key}' /home/plain/.ssh/authorized_keys"));
        Assert.True((await host.Plan([.. resources.Take(5)])).IsEmpty);

        // The same the other way round: what is enabled in its place is enabled by then.
        await host.Sh("systemctl disable -q part");
        Nothing.In((await host.Apply(resources[4], resources[5])).Error);
        Assert.True((await host.Plan(resources[4], resources[5])).IsEmpty);
    }

    [LabFact]
    public async Task What_was_exact_is_made_as_it_was_shown_or_not_at_all_also_after_a_line_that_was_not()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("echo a >/srv/a; echo b >/srv/b");
        IReadOnlyList<IDeclaration> resources =
        [
            new Command($"echo more >>/srv/a") { Touches = ["/srv/a"] },
            new File("/srv/a") { Content = "wanted\n" },
            new File("/srv/b") { Content = "wanted too\n" },
        ];

        var applied = await Rig.Apply(
            lab.SshConfig,
            new Host(host.Name),
            resources,
            between: plan =>
            {
                Assert.Equal([Certainty.Exact, Certainty.Predicted, Certainty.Exact], plan.Changes.Select(change => change.Certainty));
                return host.Sh("echo theirs >/srv/b");
            }
        );

        Assert.IsType<DriftException>(applied.Report.Error);
        Assert.Equal("theirs", await host.Sh("cat /srv/b"));
        Assert.Contains("file /srv/b", applied.Report.In(ChangeState.NotBegun));

        // What was as it should be is not in the plan, so it is not changed.
        await host.Sh("echo b >/srv/b; echo kept >/srv/kept");
        var unshown = await Rig.Apply(
            lab.SshConfig,
            new Host(host.Name),
            [.. resources, new File("/srv/kept") { Content = "kept\n" }],
            between: _ => host.Sh("echo theirs >/srv/kept")
        );
        Assert.IsType<DriftException>(unshown.Report.Error);
        Assert.Equal("theirs", await host.Sh("cat /srv/kept"));

        // What somebody else has made as the plan would is made.
        await host.Sh("echo b >/srv/b");
        var other = await Rig.Apply(lab.SshConfig, new Host(host.Name), resources, between: _ => host.Sh("echo 'wanted too' >/srv/b"));
        Nothing.In(other.Error);
        Assert.DoesNotContain("file /srv/b", other.Done);
    }

    /// <summary>What is supervised goes on: what it came to is what is told, and what comes after it is done.</summary>
    [LabTheory]
    [InlineData("true", "")]
    [InlineData("exit 7", "failed (exit code 7)")]
    public async Task A_step_whose_shell_was_killed_is_told_as_its_work_ended(string ends, string error)
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("echo before >/srv/first; echo before >/srv/after");
        File first = new("/srv/first") { Content = "wanted\n" },
            after = new("/srv/after") { Content = "wanted\n" };
        Command work = new($">/srv/begun\nwhile ! test -e /srv/go; do sleep 1; done\n{Shell.Verbatim(ends)}\n>/srv/made")
        {
            Creates = "/srv/made",
            Uncut = true,
        };

        var applying = host.Apply(first, work, after);
        await host.Until("[ -e /srv/begun ]");
        await host.Sh("kill -9 $(cut -d ' ' -f 4 /proc/$(cat /run/configengine/uncut)/stat)");
        await host.Sh("sleep 2; touch /srv/go");
        var applied = await applying;

        Assert.Contains(error, applied.Error, StringComparison.Ordinal);
        Assert.Equal(error.Length == 0, applied.Error.Length == 0);
        Assert.Equal(error.Length == 0 ? "wanted" : "before", await host.Sh("cat /srv/after"));
        Assert.Equal(error.Length == 0 ? 3 : 1, applied.Done.Count);
        Assert.Equal(error.Length == 0, (await host.Plan(first, work, after)).IsEmpty);
    }
}
