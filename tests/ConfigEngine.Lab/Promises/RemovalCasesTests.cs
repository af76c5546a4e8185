using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>What goes takes nothing with it that is somewhere else: what is mounted below it is not part of it.</summary>
[Collection("lab")]
public sealed class RemovalCasesTests(Lab lab)
{
    [LabFact]
    public async Task What_is_mounted_below_a_path_is_not_removed_with_it()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            useradd -m ann
            mkdir -p '/srv/precious data' '/srv/tree/a b/mp' /srv/www/kept/mp /srv/www/old/mp /home/ann/mp
            echo data >'/srv/precious data/it'
            for at in '/srv/tree/a b/mp' /srv/www/kept/mp /srv/www/old/mp /home/ann/mp; do mount --bind '/srv/precious data' "$at"; done
            """
        );
        Tree www = new("/srv/www") { From = [new("index.html", "hello\n", false), new("kept/mp", null, true)], Purge = true };

        // A bind mount has the device number of what it is of, so rm --one-file-system goes on into it.
        Assert.Contains(
            "something is mounted at /srv/tree/a b/mp, and is not removed with /srv/tree",
            await ErrorOf(host, new NoPath("/srv/tree")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "something is mounted at /srv/www/old/mp, and is not removed with /srv/www",
            await ErrorOf(host, www),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "something is mounted at /home/ann/mp, and is not removed with /home/ann",
            await ErrorOf(host, new NoUser("ann") { RemoveHome = true }),
            StringComparison.Ordinal
        );

        // With the mount taken away before, all of it goes; what is mounted on a directory of the tree itself stays as it is.
        var applied = await Apply(
            host,
            new NoMount("/srv/tree/a b/mp"),
            new NoPath("/srv/tree"),
            new NoMount("/srv/www/old/mp"),
            www,
            new NoMount("/home/ann/mp"),
            new NoUser("ann") { RemoveHome = true }
        );
        Nothing.In(applied.Error);
        Assert.Equal("data\n", await host.ReadFile("/srv/precious data/it"));
        Assert.Equal("it", await host.Sh("ls /srv/www/kept/mp"));
        Assert.Equal("index.html kept", await host.Sh("echo $(ls /srv/www); ls -d /srv/tree /home/ann 2>/dev/null || true"));
        Assert.Empty(
            (await Rig.Plan(lab.SshConfig, host.Name, new NoPath("/srv/tree"), www, new NoUser("ann") { RemoveHome = true })).Changes
        );
    }

    [LabFact]
    public async Task What_is_mounted_after_the_plan_stops_a_removal_before_it_begins()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "useradd -m ann; mkdir -p /srv/precious /home/ann/mp /srv/tree/mp; echo data >/srv/precious/it; touch /srv/tree/first"
        );

        var applied = await Apply(host, () => host.Sh("mount --bind /srv/precious /srv/tree/mp"), new NoPath("/srv/tree"));
        Assert.NotEqual("", applied.Error);
        applied = await Apply(host, () => host.Sh("mount --bind /srv/precious /home/ann/mp"), new NoUser("ann") { RemoveHome = true });
        Assert.Contains("something is mounted at /home/ann/mp", applied.Error, StringComparison.Ordinal);
        Assert.Equal("it first mp", await host.Sh("echo $(ls /srv/precious /srv/tree | grep -v :)"));
        Assert.Equal("ann", await host.Sh("id -un ann"));
    }

    Task<Applied> Apply(LabHost host, params IReadOnlyList<IDeclaration> resources) => Rig.Apply(lab.SshConfig, host.Name, resources);

    Task<Applied> Apply(LabHost host, Func<Task> between, params IReadOnlyList<IDeclaration> resources) =>
        Rig.Apply(lab.SshConfig, new Host(host.Name), resources, _ => between());

    async Task<string> ErrorOf(LabHost host, params IReadOnlyList<IDeclaration> resources) =>
        (await Rig.Plan(lab.SshConfig, host.Name, resources)).Hosts[0].Error?.Message ?? "";
}
