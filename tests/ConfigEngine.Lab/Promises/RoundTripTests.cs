using Xunit.Abstractions;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// Promise 4, gated: the relay delays the line and counts how often the client had to wait for an answer before it
/// went on. What a bare <c>ssh host true</c> costs is the connect.
/// </summary>
[Collection("lab")]
public sealed class RoundTripTests(Lab lab, ITestOutputHelper output)
{
    /// <summary>Longer than cfg takes to write what it pipelines, also on a busy machine.</summary>
    static readonly TimeSpan RoundTrip = TimeSpan.FromSeconds(1);

    /// <summary>How many times that on a machine that is slow now: beyond it, ssh gives a login up.</summary>
    const double MostSlowed = 1.8;

    /// <summary>Some packets of ssh's own. A request of cfg's is longer; steps of the login that are not are missing in every count.</summary>
    const int Murmur = 150;

    [LabTheory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task A_plan_is_the_connect_and_at_most_two_round_trips_and_one_where_the_recipe_needs_no_facts(int resources)
    {
        await using var host = await lab.StartHostAsync();
        var connect = await Connect(host);

        var known = await Count(host, config => Rig.Plan(config, host.Name, Files(resources)));
        var made = await Count(host, async config =>
        {
            await using var engine = Rig.On(config, new(host.Name), seen => Files(seen.Facts.RunningAs.IsRoot ? resources : 0));
            Assert.Equal(resources, (await engine.Plan(_ => { }, default)).Changes.Count());
        });

        output.WriteLine($"connect {connect}, known {known}, made from facts {made}");
        Assert.InRange(known - connect, 0, 1);
        Assert.InRange(made - connect, 0, 2);
    }

    [LabTheory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public async Task An_apply_of_exact_changes_is_the_connect_and_at_most_two_however_many_they_are(int changes)
    {
        await using var host = await lab.StartHostAsync();
        var connect = await Connect(host);

        var apply = await Count(host, async config =>
        {
            var applied = await Rig.Apply(config, host.Name, Files(changes));
            Assert.Equal("", applied.Error);
            Assert.Equal(changes, applied.Done.Count);
        });

        output.WriteLine($"connect {connect}, apply {apply}");
        Assert.InRange(apply - connect, 0, 2);
    }

    [LabFact]
    public async Task Planning_again_on_an_open_session_is_at_most_two_round_trips()
    {
        await using var host = await lab.StartHostAsync();
        await Rig.Apply(lab.SshConfig, host.Name, Files(20));
        await using var relay = lab.RelayTo(host);
        relay.RoundTrip = RoundTrip;
        relay.Murmur = Murmur;
        await using var engine = Rig.On(lab.SshConfigFor(host, relay), new(host.Name), [.. Files(20), new File("/srv/more") { Content = "x" }]);
        await engine.Plan(_ => { }, default);
        var before = relay.RoundTrips;

        await engine.Plan(_ => { }, default);

        Assert.InRange(relay.RoundTrips - before, 1, 2);
    }

    [LabFact]
    public async Task An_apply_of_twenty_kernel_settings_is_the_connect_and_at_most_two()
    {
        await using var host = await lab.StartHostAsync();
        var names = (await host.Sh("cd /proc/sys && for it in net/ipv4/tcp_*; do cat $it >$it && echo $it; done 2>/dev/null || true")).Split('\n');
        Resources.Sysctl[] settings = [.. (await Task.WhenAll(names.Select(async name => (Name: name, Value: await host.Sh($"cat /proc/sys/{name}")))))
            .Where(setting => setting.Value.Length > 0 && !setting.Value.Contains('\n', StringComparison.Ordinal)).Take(20).Select(setting => new Resources.Sysctl(setting.Name) { Value = setting.Value })];
        Assert.Equal(20, settings.Length);
        var connect = await Connect(host);

        var apply = await Count(host, async config =>
        {
            var applied = await Rig.Apply(config, host.Name, settings);
            Assert.Equal("", applied.Error);
            Assert.Equal(20, applied.Done.Count);
        });

        output.WriteLine($"connect {connect}, apply {apply}");
        Assert.InRange(apply - connect, 0, 2);
    }

    [LabFact]
    public async Task An_apply_of_a_tree_of_a_thousand_files_is_the_connect_and_at_most_three()
    {
        await using var host = await lab.StartHostAsync();
        var connect = await Connect(host);
        var apply = await Count(host, async config => Assert.Equal("", (await Rig.Apply(config, host.Name, ThousandFiles)).Error));

        Assert.Equal("1000", await host.Sh("ls /srv/tree/deep | wc -l"));
        Assert.InRange(apply - connect, 1, 3);
    }

    [LabFact]
    public async Task A_tree_of_a_thousand_files_is_planned_in_at_most_two_round_trips()
    {
        await using var host = await lab.StartHostAsync();
        var tree = ThousandFiles;
        var connect = await Connect(host);

        var first = await Count(host, config => Rig.Plan(config, host.Name, tree));
        Assert.Equal("", (await Rig.Apply(lab.SshConfig, host.Name, tree)).Error);
        var converged = await Count(host, async config => Assert.Empty((await Rig.Plan(config, host.Name, tree)).Changes));

        Assert.Equal("1000", await host.Sh("ls /srv/tree/deep | wc -l"));
        Assert.InRange(first - connect, 0, 2);
        Assert.InRange(converged - connect, 0, 2);
    }

    static Resources.Tree ThousandFiles => new("/srv/tree")
    {
        From = [new("deep", null, Executable: true), .. Enumerable.Range(0, 1000).Select(i => new LocalEntry($"deep/{i}", $"{i}\n", Executable: false))],
    };

    static IReadOnlyList<IDeclaration> Files(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new File($"/srv/file{i}") { Content = $"{i}\n", Mode = "0644" })];

    /// <summary>
    /// An sshd that is slow to start says its version and its algorithms in one go, which saves a client a turn. Twice, and all of the
    /// delay on the way there, which leaves it time, make that rare enough.
    /// </summary>
    async Task<int> Connect(LabHost host)
    {
        var first = await Count(host, Login);
        return Math.Max(first, await Count(host, Login));

        Task Login(string config) => LocalCommand.Run("ssh", "-F", config, host.Name, "true");
    }

    async Task<int> Count(LabHost host, Func<string, Task> act)
    {
        await using var relay = lab.RelayTo(host);
        relay.DelayToServer = RoundTrip * Math.Min(MostSlowed, Pace.Clock.Factor);
        relay.Murmur = Murmur;
        await act(lab.SshConfigFor(host, relay));
        return relay.RoundTrips;
    }
}
