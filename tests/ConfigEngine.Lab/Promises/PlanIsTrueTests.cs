using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Promises 1 to 3: the plan is true, apply is the plan, and apply verifies.</summary>
[Collection("lab")]
public sealed class PlanIsTrueTests(Lab lab)
{
    static readonly SystemdUnit Demo = new("cfg-demo.service") { Enabled = true, Running = true };

    static IReadOnlyList<IDeclaration> Site(string setting) =>
        [
            new PackageIndex(),
            new Package("cfg-demo") { Version = "1.1-1" },
            new File("/etc/cfg-demo.conf")
            {
                Content = setting,
                Owner = "root",
                Mode = "0640",
                Notifies = [Demo.Restart],
            },
            Demo,
        ];

    [LabTheory]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task A_package_a_file_and_a_unit_converge_and_a_second_plan_is_empty(string release)
    {
        await using var host = await lab.StartHostAsync(release);

        var first = await Rig.Apply(lab.SshConfig, host.Name, Site("a = 1\n"));

        Nothing.In(first.Error);
        Assert.Equal("a = 1", await host.Sh("cat /etc/cfg-demo.conf"));
        Assert.Equal("640 root", await host.Sh("stat -c '%a %U' /etc/cfg-demo.conf"));
        Assert.Equal("active", await host.Sh("systemctl is-active cfg-demo.service"));
        Assert.Equal(["restart cfg-demo.service"], first.Report.HandlersDone);

        var second = await Rig.Plan(lab.SshConfig, host.Name, Site("a = 1\n"));
        Assert.Empty(second.Changes);
        Assert.True(second.IsEmpty);
    }

    [LabFact]
    public async Task What_a_package_brings_is_predicted_and_what_nothing_touches_is_exact()
    {
        await using var host = await lab.StartHostAsync();

        var plan = await Rig.Plan(lab.SshConfig, host.Name, [.. Site("a = 1\n"), new File("/srv/own") { Content = "mine\n" }]);

        Assert.Equal(
            [
                ("package-index host", Certainty.Exact),
                ("package cfg-demo", Certainty.Predicted),
                ("file /etc/cfg-demo.conf", Certainty.Predicted),
                ("systemd-unit cfg-demo.service", Certainty.Predicted),
                ("file /srv/own", Certainty.Exact),
            ],
            plan.Changes.Select(change => (change.Address, change.Certainty))
        );
    }

    [LabFact]
    public async Task A_line_in_a_file_that_is_decided_whole_is_an_error_before_anything_is_done()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'old\\n' >/srv/two");

        var error = await Assert.ThrowsAsync<RecipeException>(() =>
            Rig.Apply(
                lab.SshConfig,
                host.Name,
                new File("/srv/one") { Content = "1\n" },
                new File("/srv/two") { Content = "2\n", Source = new("recipe.csx", 2) },
                new Line("/srv/two", "3") { Source = new("recipe.csx", 3) }
            )
        );

        Assert.Contains("recipe.csx(3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("recipe.csx(2)", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", await host.Sh("cat /srv/two"));
        Assert.Equal("two", await host.Sh("ls /srv | grep -v apt"));
    }

    [LabFact]
    public async Task Lines_of_one_file_are_planned_one_after_the_other_and_stay_exact()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'PermitRootLogin yes\\nPort 22' >/srv/conf");

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new Line("/srv/conf", "PermitRootLogin no") { Replaces = "^PermitRootLogin " },
            new Line("/srv/conf", "MaxAuthTries 3"),
            new Line("/srv/conf", "ListenAddress ::1") { After = "^Port " }
        );

        Nothing.In(applied.Error);
        Assert.All(applied.Plan.Changes, change => Assert.Equal(Certainty.Exact, change.Certainty));
        Assert.Equal("PermitRootLogin no\nPort 22\nListenAddress ::1\nMaxAuthTries 3", await host.Sh("cat /srv/conf"));
        Assert.Equal(applied.Plan.Changes, applied.Report.Done);
    }

    [LabFact]
    public async Task A_host_that_drifted_since_the_plan_is_refused_and_nothing_is_written()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'planned against this\\n' >/srv/a; printf 'b\\n' >/srv/b");

        var applied = await Rig.Apply(
            lab.SshConfig,
            new Host(host.Name),
            [new File("/srv/a") { Content = "wanted\n" }, new File("/srv/b") { Content = "wanted too\n" }],
            between: _ => host.Sh("printf 'someone else was here\\n' >/srv/a")
        );

        Assert.IsType<DriftException>(applied.Report.Error);
        Assert.Contains("planned against this", applied.Error, StringComparison.Ordinal);
        Assert.Contains("someone else was here", applied.Error, StringComparison.Ordinal);
        Assert.Equal("someone else was here", await host.Sh("cat /srv/a"));
        Assert.Equal("b", await host.Sh("cat /srv/b"));
        Assert.Empty(applied.Done);
        Assert.Equal(["file /srv/a", "file /srv/b"], applied.Report.In(ChangeState.NotBegun));
    }

    [LabFact]
    public async Task Settings_whose_names_end_alike_are_exact_and_made_in_one_run()
    {
        await using var host = await lab.StartHostAsync();
        IReadOnlyList<IDeclaration> settings =
        [
            new Sysctl("net.ipv4.conf.all.rp_filter") { Value = "2" },
            new Sysctl("net.ipv4.conf.default.rp_filter") { Value = "2" },
            new Sysctl("net.ipv6.conf.all.forwarding") { Value = "1" },
        ];

        var applied = await Rig.Apply(lab.SshConfig, new Host(host.Name), settings, _ => Task.CompletedTask);

        Nothing.In(applied.Error);
        Assert.All(applied.Plan.Changes, change => Assert.Equal(Certainty.Exact, change.Certainty));
        Assert.True((await Rig.Plan(lab.SshConfig, host.Name, settings)).IsEmpty);
    }

    [LabFact]
    public async Task A_change_that_does_not_take_is_a_failure_that_names_the_attribute()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile(
            "/etc/systemd/system/fickle.service",
            "[Service]\nType=oneshot\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n"
        );
        await host.Sh("systemctl daemon-reload");

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new SystemdUnit("fickle.service") { Enabled = true, Running = true });

        Assert.NotEqual("", applied.Error);
        Assert.Contains("fickle.service", applied.Error, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task After_a_failure_the_rest_of_the_pipeline_is_not_run_and_no_handler_is()
    {
        await using var host = await lab.StartHostAsync();
        Handler bell = new("ring the bell", $"touch /srv/rang");

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/before") { Content = "x\n", Notifies = [bell] },
            new ConfigEngine.Resources.Command($"echo 'it is broken' >&2; exit 7")
            {
                Creates = "/srv/never",
                Touches = [],
                Notifies = [bell],
            },
            new File("/srv/after") { Content = "x\n" }
        );

        Assert.IsType<OperationFailedException>(applied.Report.Error);
        Assert.Contains("exit code 7", applied.Error, StringComparison.Ordinal);
        Assert.Contains("it is broken", applied.Error, StringComparison.Ordinal);
        Assert.Equal(["file /srv/before"], applied.Done);
        Assert.Equal("before", await host.Sh("ls /srv | grep -v apt"));
    }

    [LabFact]
    public async Task Ten_megabytes_of_complaints_are_their_beginning_and_their_end()
    {
        await using var host = await lab.StartHostAsync();

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new ConfigEngine.Resources.Command($"echo first >&2; head -c 10485760 /dev/zero | tr '\\0' x >&2; echo last >&2; exit 3")
            {
                Touches = [],
            }
        );

        Assert.Contains("first", applied.Error, StringComparison.Ordinal);
        Assert.Contains("last", applied.Error, StringComparison.Ordinal);
        Assert.Contains("left out", applied.Error, StringComparison.Ordinal);
        Assert.InRange(applied.Error.Length, 1000, 10_000);
    }
}
