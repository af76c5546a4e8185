namespace ConfigEngine.Lab.Faults;

/// <summary>
/// A session that sat idle is proven alive before anything depends on it, or replaced: the first operation never fails for it.
/// </summary>
[Collection("lab")]
public sealed class IdleTests(Lab lab)
{
    [LabTheory]
    [InlineData("cut")]
    [InlineData("silent")]
    [InlineData("fine")]
    public async Task A_link_that_broke_while_it_was_idle_is_replaced_and_the_apply_does_not_notice(string link)
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        var config = lab.SshConfigFor(host, relay);
        using var connector = Ways.Connector(config);
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On("all", new Resources.File("/srv/first") { Content = "x\n" });
        await using Engine engine = new(
            catalog,
            new(),
            connector,
            new()
            {
                Everywhere = new(host.Name),
                KeepSessions = true,
                Changes = true,
            }
        );
        var plan = await engine.Plan(_ => { }, default);

        if (link is "cut")
            relay.Cut();
        else if (link is "silent")
            relay.BlackHole();

        // As behind a firewall that lost its state: the old connection is silent, and a new one goes through.
        if (link is not "fine")
            File.Copy(lab.SshConfig, config, overwrite: true);
        await Task.Delay(TimeSpan.FromSeconds(6));
        var report = await engine.Apply(plan, _ => { }, default, default);

        Nothing.In(report.Hosts[0].Error?.Message ?? "");
        Assert.Equal("x", await host.Sh("cat /srv/first"));
        Assert.Equal(1, relay.Connections);
    }
}
