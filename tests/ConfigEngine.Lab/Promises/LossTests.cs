using ConfigEngine.Resources;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>A run goes on after it lost its connection, and what it says of each change is true of the host.</summary>
[Collection("lab")]
public sealed class LossTests(Lab lab)
{
    [LabFact]
    public async Task A_pipeline_that_is_cut_goes_on_over_a_new_connection_and_does_everything_once()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        var commands = Enumerable.Range(0, 20).Select(i => new Command($"echo {i} >>/srv/ran; sleep 0.1") { Touches = ["/srv/ran"] });

        var applied = await Cut(host, relay, commands, "test $(wc -l </srv/ran) -gt 5");

        Nothing.In(applied.Error);
        Assert.Equal(20, applied.Done.Count);
        Assert.Equal(string.Join('\n', Enumerable.Range(0, 20)), await host.Sh("cat /srv/ran"));
        Assert.Contains(applied.Events, happened => happened is Reconnected);
    }

    [LabFact]
    public async Task A_command_that_was_cut_in_the_middle_is_in_doubt_and_what_comes_after_it_is_not_begun()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);

        var applied = await Cut(
            host,
            relay,
            [
                new Command($"touch /srv/first") { Touches = [] },
                new Command($"touch /srv/begun; sleep 30; touch /srv/ended") { Touches = [] },
                new File("/srv/later") { Content = "x" },
            ],
            "test -e /srv/begun"
        );

        Assert.IsType<ConnectionLostException>(applied.Report.Error);
        Assert.Equal(["command touch /srv/first"], applied.Done);
        Assert.Equal(["command touch /srv/begun; sleep 30; touch /srv/ended"], applied.Report.In(ChangeState.InDoubt));
        Assert.Equal(["file /srv/later"], applied.Report.In(ChangeState.NotBegun));
        Assert.Equal("1", $"{(await host.Run("test -e /srv/later")).Exit}");
    }

    [LabFact]
    public async Task What_was_sent_over_a_connection_that_never_comes_back_is_in_doubt_and_never_said_to_be_not_begun()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        await using var engine = Rig.On(
            lab.SshConfigFor(host, relay),
            new(host.Name),
            [.. Enumerable.Range(0, 20).Select(i => new File($"/srv/file{i}") { Content = "x" })],
            Impatient
        );
        var plan = await engine.Plan(_ => { }, default);

        // The requests arrive; the answers do not.
        relay.DelayToClient = TimeSpan.FromSeconds(30);
        var applying = engine.Apply(plan, _ => { }, default, default);
        await host.Sh("until test -e /srv/file19; do sleep 0.1; done");
        await relay.DisposeAsync();
        var report = (await applying).Hosts[0];

        Assert.IsType<ConnectionLostException>(report.Error);
        Assert.Equal(20, report.In(ChangeState.InDoubt).Count);
        Assert.False(report.IsUntouched);
    }

    [LabFact]
    public async Task Case_02_a_unit_that_was_enabled_and_cannot_start_is_not_said_to_be_unchanged()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile(
            "/etc/systemd/system/halfway.service",
            "[Unit]\nConditionPathExists=/nowhere\n[Service]\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n"
        );
        await host.Sh("systemctl daemon-reload");

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new SystemdUnit("halfway.service") { Enabled = true, Running = true });
        var told = Assert.Single(applied.Report.Changes);

        Assert.Equal("enabled", await host.Sh("systemctl is-enabled halfway.service"));
        Assert.Equal((ChangeState.Failed, Reached.Part), (told.State, told.Reached));
        Assert.False(applied.Report.IsUntouched);
    }

    [LabFact]
    public async Task Case_02_how_far_a_failed_change_came_is_told_as_it_is()
    {
        await using var host = await lab.StartHostAsync();
        Handler bell = new("ring the bell", $"touch /srv/rang");

        var refused = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/refused")
            {
                Content = "x",
                Validate = $"false \"$cfg_new\"",
                Notifies = [bell],
            }
        );
        var ran = await Rig.Apply(lab.SshConfig, host.Name, new Command($"touch /srv/did; exit 3") { Touches = [] });
        var written = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/written")
            {
                Content = "x",
                Until = $"false",
                Retries = 0,
                Notifies = [bell],
            }
        );

        Assert.Equal(Reached.Nothing, Assert.Single(refused.Report.Changes, change => !change.IsHandler).Reached);
        Assert.True(refused.Report.IsUntouched);
        Assert.Equal(Reached.Unknown, Assert.Single(ran.Report.Changes).Reached);
        Assert.Equal(Reached.All, Assert.Single(written.Report.Changes, change => !change.IsHandler).Reached);
        Assert.Equal("x", await host.Sh("cat /srv/written"));

        // Only what was written calls for the handler.
        var owed = Assert.Single((await Rig.Plan(lab.SshConfig, host.Name, new Directory("/srv"))).Hosts[0].LeftOwing);
        Assert.Equal(["file /srv/written"], owed.Because);
    }

    [LabFact]
    public async Task What_a_later_change_undid_is_a_failure_of_the_run_itself()
    {
        await using var host = await lab.StartHostAsync();

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/settings") { Content = "a\n" },
            new Command($"echo b >/srv/settings") { Touches = [] },
            new File("/srv/other") { Content = "x" }
        );

        Assert.IsType<UndoneLaterException>(applied.Report.Error);
        Assert.Equal(["file /srv/settings"], applied.Report.In(ChangeState.DidNotTake));
        Assert.Equal(2, applied.Done.Count);
    }

    static EngineOptions Impatient { get; } = new() { Reconnect = TimeSpan.FromSeconds(3) };

    /// <summary>Applies, and cuts the link once something is so on the host.</summary>
    async Task<Applied> Cut(LabHost host, Relay relay, IEnumerable<IDeclaration> resources, string when)
    {
        Task cutting = Task.CompletedTask;
        var applied = await Rig.Apply(
            lab.SshConfigFor(host, relay),
            new(host.Name),
            [.. resources],
            _ =>
            {
                cutting = Cutting();
                return Task.CompletedTask;
            }
        );
        await cutting;
        return applied;

        async Task Cutting()
        {
            await host.Sh($"until {when}; do sleep 0.05; done 2>/dev/null");
            relay.Cut();
        }
    }
}
