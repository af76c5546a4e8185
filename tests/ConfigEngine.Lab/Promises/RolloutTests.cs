using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// A block comes to its hosts batch by batch, and not to all when some fail; hosts that do not always run are started and stopped.
/// </summary>
[Collection("lab")]
public sealed class RolloutTests(Lab lab)
{
    [LabFact]
    public async Task A_canary_that_is_not_well_keeps_the_rest_from_being_touched()
    {
        await using var host = await lab.StartHostAsync();
        var (report, plan) = await Roll(
            host,
            new()
            {
                Canary = 1,
                Batch = 2,
                HealthCheck = $"echo no answer >&2; false",
                HealthTimeout = TimeSpan.FromSeconds(2),
            }
        );

        Assert.Equal([1, 2, 2], Assert.Single(plan.Rollouts).Batches.Select(batch => batch.Count));
        Assert.IsType<UnhealthyException>(report.Hosts[0].Error);
        Assert.All(report.Hosts.Skip(1), each => Assert.IsType<RolloutStoppedException>(each.Error));
        Assert.Equal("one", await host.Sh("ls /srv/rolled"));
    }

    [LabFact]
    public async Task Each_batch_waits_for_the_one_before_and_those_out_of_reach_count()
    {
        await using var host = await lab.StartHostAsync();
        var (report, _) = await Roll(
            host,
            new()
            {
                Canary = 1,
                Batch = "50%",
                MaxFailures = 1,
            },
            unreachable: "two"
        );

        Assert.Equal([true, false, true, true, true], report.Hosts.Select(each => each.Error is null));

        var (stopped, _) = await Roll(host, new() { Batch = 2 }, unreachable: "one");

        Assert.Equal(typeof(HostUnreachableException), stopped.Hosts[0].Error?.GetType());
        Assert.Null(stopped.Hosts[1].Error);
        Assert.All(
            stopped.Hosts.Skip(2),
            each => Assert.Contains("1 host of 5 failed (one)", each.Error?.Message, StringComparison.Ordinal)
        );
    }

    /// <summary>One real host under five names: what is made there tells who came.</summary>
    async Task<(Report Report, Plan Plan)> Roll(LabHost real, Rollout rollout, string? unreachable = null)
    {
        await real.Sh("rm -rf /srv/rolled; mkdir /srv/rolled");
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        string[] names = ["one", "two", "three", "four", "five"];
        dsl.Group(
            "all-five",
            [
                .. names.Select(name => new Host(name)
                {
                    Address = real.Address,
                    User = "root",
                    Port = name == unreachable ? 2 : null,
                }),
            ]
        );
        dsl.On("all-five", host => [new File($"/srv/rolled/{host.Name}") { Content = "x" }]).Rollout = rollout;
        var config = Path.Combine(lab.Directory, $"rollout-{real.Name}");
        await System.IO.File.WriteAllTextAsync(
            config,
            $"Include {lab.SshConfig}\nHost {real.Address}\n HostKeyAlias {real.Name}\n IdentityFile {lab.Key}\n StrictHostKeyChecking "
                + $"no\n UserKnownHostsFile /dev/null\n"
        );
        await using Engine engine = new(
            catalog,
            catalog.Inventory,
            Ways.Connector(config),
            new()
            {
                KeepSessions = true,
                Changes = true,
                WaitForLock = TimeSpan.FromMinutes(1),
            }
        );
        var plan = await engine.Plan(_ => { }, default);
        return (await engine.Apply(plan, _ => { }, default, default), plan);
    }
}
