using ConfigEngine.Ssh;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// Promise 4, gated: how often the engine waits for a host's answers, its connect included, on real hosts. What that is on the line is
/// gated, too: a session opens with one round trip more than a bare <c>ssh host true</c>, and what is asked at once is one.
/// </summary>
[Collection("lab")]
public sealed class RoundTripTests(Lab lab)
{
    /// <summary>
    /// Some packets of ssh's own. A request of cfg's is longer; steps of the login that are not are missing in every count.
    /// </summary>
    const int Murmur = 150;

    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    [LabTheory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task A_plan_is_the_connect_and_one_more_where_the_recipe_is_made_from_facts(int resources)
    {
        await using var host = await lab.StartHostAsync();

        Assert.Equal((1, resources), await Planned(host, dsl => dsl.On("all", Files(resources))));
        Assert.Equal(
            (2, resources),
            await Planned(host, dsl => dsl.On("all", seen => Files(seen.Facts.RunningAs.IsRoot ? resources : 0)))
        );
    }

    [LabFact]
    public async Task What_a_recipe_asks_costs_no_round_trip_more()
    {
        await using var host = await lab.StartHostAsync();

        Assert.Equal(
            (2, 1),
            await Planned(
                host,
                dsl =>
                    dsl.On(
                        "all",
                        seen =>
                        {
                            var kernel = seen.Ask($"uname -s");
                            return [new File("/srv/kernel") { Content = $"{kernel.Text}, {seen.Facts.Cpus} processors\n" }];
                        }
                    )
            )
        );
    }

    [LabTheory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public async Task An_apply_of_exact_changes_is_one_more_however_many_they_are(int changes)
    {
        await using var host = await lab.StartHostAsync();

        Assert.Equal((2, changes), await Applied(host, Files(changes)));
    }

    [LabFact]
    public async Task An_apply_of_twenty_kernel_settings_is_one_more()
    {
        await using var host = await lab.StartHostAsync();
        var names = (
            await host.Sh("cd /proc/sys && for it in net/ipv4/tcp_*; do cat $it >$it && echo $it; done 2>/dev/null || true")
        ).Split('\n');
        Resources.Sysctl[] settings =
        [
            .. (await Task.WhenAll(names.Select(async name => (Name: name, Value: await host.Sh($"cat /proc/sys/{name}")))))
                .Where(setting => setting.Value.Length > 0 && !setting.Value.Contains('\n', StringComparison.Ordinal))
                .Take(20)
                .Select(setting => new Resources.Sysctl(setting.Name) { Value = setting.Value }),
        ];

        Assert.Equal((2, 20), await Applied(host, settings));
    }

    [LabFact]
    public async Task A_tree_of_a_thousand_files_is_planned_and_applied_as_one_file_is()
    {
        await using var host = await lab.StartHostAsync();
        Resources.Tree tree = new("/srv/tree")
        {
            From =
            [
                new("deep", null, Executable: true),
                .. Enumerable.Range(0, 1000).Select(i => new LocalEntry($"deep/{i}", $"{i}\n", Executable: false)),
            ],
        };

        Assert.Equal((1, 1), await Planned(host, dsl => dsl.On("all", tree)));
        Assert.Equal((2, 1), await Applied(host, tree));
        Assert.Equal("1000", await host.Sh("ls /srv/tree/deep | wc -l"));
        Assert.Equal((1, 0), await Planned(host, dsl => dsl.On("all", tree)));
    }

    [LabFact]
    public async Task A_session_opens_on_the_line_with_one_round_trip_more_than_a_bare_ssh()
    {
        await using var host = await lab.StartHostAsync();

        var bare = await OnTheLine(host, config => LocalCommand.Run("ssh", "-F", config, "-o", "ConnectTimeout=300", host.Name, "true"));
        var session = await OnTheLine(
            host,
            async config =>
            {
                using Connector connector = new(new() { SshConfig = config, ConnectTimeout = TimeSpan.FromMinutes(5) });
                await using var open = await connector.Connect(new(host.Name), null, default);
            }
        );

        Assert.InRange(session - bare, 0, 1);
    }

    [LabFact]
    public async Task Planning_again_on_an_open_session_is_one_round_trip_on_the_line()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        relay.Murmur = Murmur;
        await using var engine = Rig.On(lab.SshConfigFor(host, relay), new(host.Name), Files(300), new() { Time = new StillTime() });
        await engine.Plan(_ => { }, default);
        relay.Quiet = Quiet;
        var before = relay.RoundTrips;

        await engine.Plan(_ => { }, default);

        Assert.Equal(1, relay.RoundTrips - before);
    }

    static IReadOnlyList<IDeclaration> Files(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new File($"/srv/file{i}") { Content = $"{i}\n", Mode = "0644" })];

    /// <summary>How often an engine waits to plan, and how many changes that are.</summary>
    async Task<(int Turns, int Changes)> Planned(LabHost host, Action<Dsl> recipe)
    {
        using Connector ssh = new(new() { SshConfig = lab.SshConfig });
        Turns turns = new(ssh);
        await using var engine = Rig.Through(turns, new(host.Name), recipe, new() { Time = new StillTime() });
        var plan = await engine.Plan(_ => { }, default);
        Assert.Null(plan.Hosts[0].Error);
        return (turns.Count, plan.Changes.Count());
    }

    /// <summary>How often an engine waits to plan and to apply, and how many changes it made.</summary>
    async Task<(int Turns, int Changes)> Applied(LabHost host, params IReadOnlyList<IDeclaration> resources)
    {
        using Connector ssh = new(new() { SshConfig = lab.SshConfig });
        Turns turns = new(ssh);
        await using var engine = Rig.Through(turns, new(host.Name), dsl => dsl.On("all", resources), new() { Time = new StillTime() });
        var report = await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default);
        Assert.Null(report.Hosts[0].Error);
        return (turns.Count, report.Hosts[0].Done.Count);
    }

    async Task<int> OnTheLine(LabHost host, Func<string, Task> act)
    {
        await using var relay = lab.RelayTo(host);
        (relay.Quiet, relay.Murmur) = (Quiet, Murmur);
        await act(lab.SshConfigFor(host, relay));
        return relay.RoundTrips;
    }

    /// <summary>No session is idle for so long that it must be asked for a sign of life, however slow the machine is.</summary>
    sealed class StillTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
