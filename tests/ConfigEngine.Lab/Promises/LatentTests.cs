using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// Hosts that do not run all the time: started when they are needed, stopped by who started them, never waited for without end.
/// </summary>
[Collection("lab")]
public sealed class LatentTests(Lab lab)
{
    static readonly File Mark = new("/srv/mark") { Content = "x" };

    [LabFact]
    public async Task It_is_started_for_the_run_and_stopped_after_it()
    {
        await using var host = await lab.StartHostAsync();
        using var power = await Switch.Off(lab, host);

        var report = await Apply(power.Host());

        Assert.Null(report.Error);
        Assert.Equal("off", await host.State());
        Assert.Equal("start stop", await power.Log());
        await host.Start();
        Assert.Equal("x", await host.Sh("cat /srv/mark"));
    }

    [LabFact]
    public async Task One_that_runs_already_is_left_running()
    {
        await using var host = await lab.StartHostAsync();
        using var power = new Switch(lab, host);

        var report = await Apply(power.Host());

        Assert.Null(report.Error);
        Nothing.In(await power.Log());
        Assert.Equal("x", await host.Sh("cat /srv/mark"));
    }

    [LabFact]
    public async Task A_start_that_fails_and_one_that_leads_to_nothing_are_told_in_time()
    {
        await using var host = await lab.StartHostAsync();
        using var power = await Switch.Off(lab, host);
        var clock = PacedWatch.Start();

        var failing = await Apply(power.Host() with { Latent = new($"echo no money >&2; exit 3", $"true") });
        var vain = await Apply(power.Host() with { Latent = new($"true", $"true") { StartTimeout = TimeSpan.FromSeconds(4) } });

        Assert.Contains("could not be started", failing.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("no money", failing.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("does not answer after 4 s", vain.Error?.Message, StringComparison.Ordinal);
        clock.Took(4, 30);
    }

    [LabFact]
    public async Task A_stop_that_hangs_ends_in_time_is_told_and_blocks_nobody()
    {
        await using var host = await lab.StartHostAsync();
        await using var other = await lab.StartHostAsync();
        using var power = await Switch.Off(lab, host);
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        dsl.On(power.Host(latent => latent with { Stop = $"sleep 1000", StopTimeout = TimeSpan.FromSeconds(3) }), Mark);
        dsl.On(new Host(other.Name), Mark);
        var clock = PacedWatch.Start();

        var report = await Rig.Apply(lab.SshConfig, catalog);

        Assert.IsType<LatentStopException>(report.Hosts[0].Error);
        Assert.Equal("file /srv/mark", Assert.Single(report.Hosts[0].Done).Address);
        Assert.Null(report.Hosts[1].Error);
        clock.Took(3, 60);
    }

    [LabFact]
    public async Task One_that_waits_for_others_for_long_rests_meanwhile()
    {
        await using var host = await lab.StartHostAsync();
        await using var other = await lab.StartHostAsync();
        using var power = await Switch.Off(lab, host);
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        var slow = dsl.On(new Host(other.Name), new ConfigEngine.Resources.Command($"sleep 12") { Touches = [] });
        dsl.On(power.Host(latent => latent with { StopAfterIdle = TimeSpan.FromSeconds(1) }), Mark).After = [slow];

        var report = await Rig.Apply(lab.SshConfig, catalog);

        Assert.All(report.Hosts, each => Assert.Null(each.Error));
        Assert.Equal("start stop start stop", await power.Log());
        await host.Start();
        Assert.Equal("x", await host.Sh("cat /srv/mark"));
    }

    async Task<HostReport> Apply(Host host)
    {
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On(host, Mark);
        return (await Rig.Apply(lab.SshConfig, catalog)).Hosts[0];
    }

    /// <summary>A lab host's power as a shell can reach it: files that this process watches for.</summary>
    sealed class Switch : IDisposable
    {
        readonly CancellationTokenSource over = new();
        readonly LabHost host;
        readonly string directory;
        readonly Task watching;

        public Switch(Lab lab, LabHost host)
        {
            this.host = host;
            directory = Directory.CreateDirectory(Path.Combine(lab.Directory, $"power-{host.Name}")).FullName;
            watching = Watch();
        }

        public static async Task<Switch> Off(Lab lab, LabHost host)
        {
            await host.Stop();
            return new(lab, host);
        }

        public Host Host(Func<Latent, Latent>? how = null)
        {
            Latent latent = new(
                $"echo start >>{directory}/log; touch {directory}/start; while [ -e {directory}/start ]; do sleep 0.1; done",
                $"echo stop >>{directory}/log; touch {directory}/stop; while [ -e {directory}/stop ]; do sleep 0.1; done"
            );
            return new(host.Name) { Latent = how is null ? latent : how(latent) };
        }

        public async Task<string> Log() =>
            System.IO.File.Exists($"{directory}/log")
                ? (await System.IO.File.ReadAllTextAsync($"{directory}/log")).Trim().ReplaceLineEndings(" ")
                : "";

        async Task Watch()
        {
            while (!over.IsCancellationRequested)
            {
                if (System.IO.File.Exists($"{directory}/start"))
                {
                    await host.Start();
                    System.IO.File.Delete($"{directory}/start");
                }

                if (System.IO.File.Exists($"{directory}/stop"))
                {
                    await host.Stop();
                    System.IO.File.Delete($"{directory}/stop");
                }

                await Task.Delay(50);
            }
        }

        public void Dispose()
        {
            over.Cancel();
            watching.Wait(TimeSpan.FromSeconds(10));
            over.Dispose();
        }
    }
}
