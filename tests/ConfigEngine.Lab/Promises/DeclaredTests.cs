using ConfigEngine.Resources;
using ConfigEngine.Tests.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What is declared and not there comes to be, also where nothing is said of it but that it should be there.</summary>
[Collection("lab")]
public sealed class DeclaredTests(Lab lab)
{
    /// <summary>Each resource with no more than it must have, and what shows that it is there.</summary>
    static IReadOnlyList<Trial> Bare { get; } = AllSamples.Trials(sample => sample.Bare);

    [LabFact]
    public async Task Case_01_Everything_that_is_declared_and_not_there_is_a_change_and_is_there_after_it()
    {
        await using var host = await lab.StartHostAsync();
        foreach (var trial in Bare.Where(trial => trial.Prepare.Length > 0))
            await host.Sh(trial.Prepare);
        Resource[] all = [.. Bare.Select(trial => trial.Resource)];

        var plan = await Rig.Plan(lab.SshConfig, host.Name, all);
        Assert.Empty(plan.Hosts[0].Obstacles);
        Assert.Equal(all.Select(resource => resource.Address), plan.Changes.Select(change => change.Address));
        var applied = await Rig.Apply(lab.SshConfig, host.Name, all);

        Nothing.In(applied.Error);
        foreach (var trial in Bare)
            Assert.True((await host.Run(trial.IsThere)).Exit == 0, $"{trial.Resource.Address} is not there: {trial.IsThere}");
        Assert.Equal(["command touch /srv/ran"], (await Rig.Plan(lab.SshConfig, host.Name, all)).Changes.Select(change => change.Address));
    }

    [LabFact]
    public async Task A_directory_that_a_mount_makes_and_a_home_that_a_user_gets_stand_in_the_plan()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("useradd -M carl; useradd -m dora; useradd -m evan");
        Resource[] all =
        [
            new Mount("/srv/data/deep") { Device = "tmpfs", Type = "tmpfs" },
            new File("/srv/data/deep/file") { Content = "x\n" },
            new User("bob"),
            new File("/home/bob/file") { Content = "x\n", Owner = "bob" },
            new User("carl") { HomeExists = true },
            new User("dora") { Home = "/srv/dora" },
            new File("/srv/dora/file") { Content = "x\n" },
            new NoUser("evan"),
            new NoPath("/home/evan"),
        ];

        var plan = (await Rig.Plan(lab.SshConfig, host.Name, all)).Hosts[0];
        Nothing.In(plan.Error?.Message ?? "");
        string[] lines =
        [
            .. plan.Changes.SelectMany(
                change => change.Attributes,
                (change, attribute) => $"{change.Address}: {attribute.Name} {attribute.Before} → {attribute.After}"
            ),
        ];
        Assert.Contains("mount /srv/data/deep: mount-point absent → directory", lines);
        Assert.Contains("user bob: home-exists  → True", lines);
        Assert.Contains("user carl: home-exists False → True", lines);
        Assert.Contains(
            "moves nothing out of /home/dora, and makes /srv/dora where it is not there",
            plan.Changes.Single(change => change.Key is "dora").Notes
        );
        Assert.Equal(["does not remove /home/evan"], plan.Changes.Single(change => change.Kind is "no-user").Notes);

        Nothing.In((await Rig.Apply(lab.SshConfig, host.Name, all)).Error);
        await host.Sh(
            "cat /srv/data/deep/file /home/bob/file /srv/dora/file && test -d /home/carl && test -d /home/dora && ! test -e /home/evan"
        );
    }
}
