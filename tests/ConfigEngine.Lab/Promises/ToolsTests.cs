namespace ConfigEngine.Lab;

/// <summary>What a host must have, and that the plan says so where it has not.</summary>
[Collection("lab")]
public sealed class ToolsTests(Lab lab)
{
    [LabFact]
    public async Task A_host_without_flock_is_told_with_the_package_by_the_plan_and_before_anything_is_done()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write(
            "site.csx",
            """On("all", new File("/srv/x") { Content = "x\n" }, new SystemdUnit("nowhere.service") { Running = true });"""
        );
        await host.Sh("mv /usr/bin/flock /root/");

        foreach (
            var command in (string[][])
                [
                    ["plan"],
                    ["apply", "--yes"],
                ]
        )
        {
            var refused = await cfg.Run(1, [command[0], recipe, "--host", host.Name, .. command[1..]]);
            Assert.Contains(
                $"{host.Name} lacks flock (package util-linux), which cfg needs on a host.",
                refused.Stdout,
                StringComparison.Ordinal
            );

            // What else is in the way, and what could be planned, stand there as well.
            Assert.Contains("+ file /srv/x\n", refused.Stdout, StringComparison.Ordinal);
            Assert.Contains("there is no unit nowhere.service", refused.Stdout, StringComparison.Ordinal);
        }

        Nothing.In(await host.Sh("ls /srv/x /run/configengine 2>/dev/null || true"));
        await cfg.Run(0, "facts", "--host", host.Name);

        recipe = cfg.Write("site.csx", """On("all", new File("/srv/x") { Content = "x\n" });""");
        await host.Sh(
            "mv /root/flock /usr/bin/; mv /usr/bin/stat /root/; printf '#!/bin/sh\\nexit 1\\n' >/usr/bin/stat; chmod 755 /usr/bin/stat"
        );
        var odd = await cfg.Run(1, "plan", recipe, "--host", host.Name);
        Assert.Contains($"{host.Name} lacks stat -c (package coreutils)", odd.Stdout, StringComparison.Ordinal);

        await host.Sh("mv -f /root/stat /usr/bin/");
        await cfg.Run(0, "apply", recipe, "--host", host.Name, "--yes");
        Assert.Equal("x", await host.Sh("cat /srv/x"));
    }
}
