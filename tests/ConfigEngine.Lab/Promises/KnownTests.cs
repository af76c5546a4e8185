using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Values that one host makes and another one needs: a key that is made on a and lets a in on b.</summary>
[Collection("lab")]
public sealed class KnownTests(Lab lab)
{
    [LabFact]
    public async Task A_key_is_made_on_one_host_and_authorized_on_another_in_one_plan_and_one_apply()
    {
        await using var a = await lab.StartHostAsync();
        await using var b = await lab.StartHostAsync();

        var (plan, report) = await Apply(a, b);

        var waiting = Assert.Single(plan.Hosts.Single(host => host.Host == b.Name).Changes);
        Assert.Equal(Certainty.Unknown, waiting.Certainty);
        Assert.Equal($"from the public key of ssh-key ~root/.ssh/id_ed25519 on {a.Name}", waiting.Because);
        Assert.Equal(Certainty.Exact, Assert.Single(plan.Hosts.Single(host => host.Host == a.Name).Changes).Certainty);
        Assert.Empty(report.Hosts.SelectMany(host => host.Errors).Select(error => error.Message));
        Assert.Equal(await a.Sh("cat /root/.ssh/id_ed25519.pub"), await b.Sh("tail -n 1 /root/.ssh/authorized_keys"));
        Assert.Equal("600", await a.Sh("stat -c %a /root/.ssh/id_ed25519"));
        Assert.Empty((await Apply(a, b)).Plan.Changes);

        // Somebody replaces the key by hand, and takes the line away on the other host.
        await a.Sh(
            "rm /root/.ssh/id_ed25519 && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519 </dev/null && echo stale "
                + ">/root/.ssh/id_ed25519.pub && chmod 640 /root/.ssh/id_ed25519"
        );
        var (drift, repaired) = await Apply(a, b);
        Assert.Equal(2, drift.Changes.Count());
        Assert.Empty(repaired.Hosts.SelectMany(host => host.Errors).Select(error => error.Message));
        Assert.Equal(
            await a.Sh("cut -d ' ' -f 2 /root/.ssh/id_ed25519.pub"),
            await b.Sh("tail -n 1 /root/.ssh/authorized_keys | cut -d ' ' -f 2")
        );
        Assert.Equal(
            await a.Sh("ssh-keygen -y -f /root/.ssh/id_ed25519 | cut -d ' ' -f 2"),
            await a.Sh("cut -d ' ' -f 2 /root/.ssh/id_ed25519.pub")
        );
        Assert.Empty((await Apply(a, b)).Plan.Changes);
    }

    async Task<(Plan Plan, Report Report)> Apply(LabHost a, LabHost b)
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        SshKey key = new("root") { Comment = "root@a" };
        dsl.On(new Host(b.Name), new AuthorizedKey("root", key.PublicKey));
        dsl.On(new Host(a.Name), key);
        await using Engine engine = new(
            catalog,
            catalog.Inventory,
            Ways.Connector(lab.SshConfig),
            new()
            {
                KeepSessions = true,
                Changes = true,
                Run = Rig.Run,
                Parallel = 1,
            }
        );
        var plan = await engine.Plan(_ => { }, default);
        return (plan, await engine.Apply(plan, _ => { }, default, default));
    }
}
