using System.Diagnostics;
using ConfigEngine.Ssh;
using Xunit.Abstractions;

namespace ConfigEngine.Lab.Faults;

/// <summary>Promise 6, for a program that uses the engine and lives long: a thousand runs leave it as they found it.</summary>
[Collection("lab")]
public sealed class LeakTests(Lab lab, ITestOutputHelper output) : IDisposable
{
    const int Plans = 1000;
    const int Applies = 100;
    const int Warm = 100;
    const int WarmApplies = 4;
    const int Parallel = 6;

    readonly string directory = Directory.CreateTempSubdirectory("cfg-leak-").FullName;
    readonly string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");

    [LabFact]
    public async Task Many_runs_of_one_process_over_a_jump_host_leave_nothing_behind()
    {
        await using var one = await Target();
        await using var two = await Target();
        using var connector = Ways.Connector(await Config([one, two]));
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", directory);

        await Run(connector, Warm, WarmApplies, one, two);
        var before = await Census.Take(directory);
        var clock = Stopwatch.StartNew();
        await Run(connector, Plans - Warm, Applies - WarmApplies, one, two);
        var after = await Census.Take(directory);

        output.WriteLine(
            $"after {Warm} plans and {WarmApplies} applies: {before}\nafter {Plans} plans and {Applies} applies: {after}\n"
                + $"{clock.Elapsed.TotalSeconds:0} s in between"
        );
        Assert.Equal(before.Processes, after.Processes);
        Assert.InRange(after.Descriptors, 0, before.Descriptors + 3);
        Assert.InRange(after.Sockets, 0, before.Sockets + 1);
        Assert.InRange(after.Threads, 0, before.Threads + 15);
        Assert.Equal(before.Temporary, after.Temporary);
        Assert.InRange(after.Memory, 0, before.Memory + (1024 * 1024));
    }

    [LabTheory]
    [InlineData("KILL", 5)]
    [InlineData("STOP", 45)]
    public async Task A_proxy_that_ends_or_stops_is_a_lost_connection_and_costs_no_time(string signal, int within)
    {
        await using var host = await Target();
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", directory);
        // Only OpenSSH's client has a process for the way over a jump host.
        using var connector = Ways.Connector(
            new ConnectorOptions { SshConfig = await Config([host]), Transport = ConfigEngine.Model.Transport.Ssh }
        );
        await using var session = await connector.Connect(new(host.Name), null, default);
        var asked = session.Ask(new("sleep 1000", "a long sleep") { Deadline = TimeSpan.FromMinutes(5) }, default);
        var proxy = Assert.Single(
            Census.Descendants(Environment.ProcessId),
            process => process.Command.Contains(" -W ", StringComparison.Ordinal)
        );

        var clock = Stopwatch.StartNew();
        (await LocalCommand.Run("kill", "-s", signal, $"{proxy.Id}")).Succeeded("kill");
        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => asked.WaitAsync(TimeSpan.FromMinutes(2)));
        var took = clock.Elapsed;
        var before = Environment.CpuUsage.TotalTime;
        await Task.Delay(TimeSpan.FromSeconds(10));
        var spent = Environment.CpuUsage.TotalTime - before;

        output.WriteLine(
            $"{signal}: lost after {took.TotalSeconds:0.0} s ({lost.Message}); {spent.TotalSeconds:0.00} s of CPU in the 10 s after it"
        );
        Assert.Contains("a long sleep", lost.Message, StringComparison.Ordinal);
        Assert.InRange(took.TotalSeconds, 0, within);
        // What spins takes all of a processor; what else this process does in that time takes some.
        Assert.InRange(spent.TotalSeconds, 0, 3);
        Assert.DoesNotContain(Census.Below(Environment.ProcessId), command => command.StartsWith("ssh ", StringComparison.Ordinal));
    }

    /// <summary>A host whose logins cost little: what is counted here is not pam_systemd's.</summary>
    async Task<LabHost> Target()
    {
        var host = await lab.StartHostAsync();
        await host.Sh("sed -i 's/^UsePAM.*/UsePAM no/' /etc/ssh/sshd_config; systemctl restart ssh");
        return host;
    }

    /// <summary>The hosts behind a jump host, with a key exchange that costs a tenth of the default's time.</summary>
    async Task<string> Config(IReadOnlyList<LabHost> hosts)
    {
        var jump = await lab.StartSshdAsync("200:30:300");
        var config = Path.Combine(lab.Directory, $"leak.{Guid.NewGuid():N}");
        var own = string.Concat(hosts.Select(host => $"Host {host.Name}\n    ProxyJump loop1\n"));
        await File.WriteAllTextAsync(
            config,
            $"{await File.ReadAllTextAsync(jump.SshConfig(1))}\n{own}Host *\n    KexAlgorithms curve25519-sha256\n"
                + $"{await File.ReadAllTextAsync(lab.SshConfig)}"
        );
        return config;
    }

    static async Task Run(Connector connector, int plans, int applies, params LabHost[] hosts)
    {
        // The applies of a host follow each other, as its lock wants it; plans are made beside them.
        var left = plans;
        await Task.WhenAll([
            .. hosts.Select(async host =>
            {
                for (var i = 0; i < applies / hosts.Length; i++)
                    await Apply(connector, host);
            }),
            .. Enumerable
                .Range(0, Parallel)
                .Select(async worker =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                        await Plan(connector, hosts[worker % hosts.Length]);
                }),
        ]);
    }

    static async Task Plan(Connector connector, LabHost host)
    {
        await using var engine = On(connector, host, new());
        var plan = await engine.Plan(_ => { }, default);
        Assert.Null(plan.Hosts[0].Error);
    }

    static async Task Apply(Connector connector, LabHost host)
    {
        await using var engine = On(connector, host, new() { KeepSessions = true, Changes = true });
        var report = await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default);
        Assert.Null(report.Hosts[0].Error);
        Assert.Single(report.Hosts[0].Done);
    }

    static Engine On(Connector connector, LabHost host, EngineOptions options)
    {
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On("all", new Resources.File("/srv/leak") { Content = $"{Guid.NewGuid()}\n" });
        return new(catalog, new(), connector, options with { Everywhere = new(host.Name) });
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", runtime);
        Directory.Delete(directory, recursive: true);
    }
}
