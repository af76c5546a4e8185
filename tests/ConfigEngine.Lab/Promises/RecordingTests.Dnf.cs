namespace ConfigEngine.Lab;

/// <summary>A host with dnf, for the tests that plan without one.</summary>
public sealed partial class RecordingTests
{
    [LabFact]
    public async Task A_recorded_host_with_dnf_is_planned_as_the_host_itself()
    {
        await using var host = await lab.StartHostAsync("dnf", "rpm1");
        await host.Sh("dnf -q makecache; dnf -qy install aside-1.0-1");
        using CfgProcess cfg = new(lab.SshConfig);
        var (recipe, recordings) = (
            $"{House()}/tests/ConfigEngine.Tests/Recordings/Dnf/packages.csx",
            Path.Combine(cfg.Directory, "recordings")
        );

        await RecordAs([]);
        await cfg.Run(0, "apply", recipe, "--yes");
        await RecordAs(["--as", "converged", "--based"]);
        await cfg.Run(0, "plan", recipe, "--recorded", recordings, "--state", "converged", "--exit-code");
        await host.Sh(
            "dnf -q versionlock clear; dnf -qy upgrade cfg-demo; dnf -qy install aside; chmod 666 /etc/cfg-demo.conf; "
                + "rm /etc/yum.repos.d/more.repo"
        );
        await RecordAs(["--as", "drifted", "--based"]);

        await Keep(recordings, $"{House()}/tests/ConfigEngine.Tests/Recordings/Dnf/recordings");

        async Task RecordAs(string[] state)
        {
            await cfg.Run(0, ["record", "all", "--for", recipe, "-o", recordings, .. state]);
            string[] planned = state is [_, var name, ..] ? ["--recorded", recordings, "--state", name] : ["--recorded", recordings];
            var live = await cfg.RunAny("plan", recipe, "-v", "--diff", "full");
            Assert.Equal(live.Stdout, (await cfg.RunAny(["plan", recipe, "-v", "--diff", "full", .. planned])).Stdout);
            Assert.Equal(0, live.Exit);
        }
    }
}
