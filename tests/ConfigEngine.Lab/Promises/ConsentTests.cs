using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Promise 12: nothing worse than what was shown. Taking cfg-demo-lib away takes cfg-demo with it, which depends on it.</summary>
[Collection("lab")]
public sealed class ConsentTests(Lab lab)
{
    const string Demo = "dpkg-query -W -f='${db:Status-Status}' cfg-demo";

    [LabFact]
    public async Task What_a_predicted_transaction_takes_with_it_is_shown_and_what_was_not_shown_is_not_done()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get install -qy cfg-demo-lib");
        using CfgProcess cfg = new(lab.SshConfig);

        // The command installs what the removal would then take with it: when the plan was made, it took nothing.
        var unshown = cfg.Write(
            "unshown.csx",
            """
            On("all",
                new Command($"apt-get install -qy cfg-demo"),
                new NoPackage("cfg-demo-lib"),
                new File("/srv/after") { Content = "x\n" });
            """
        );
        var planned = await cfg.Run(0, "plan", unshown, "--host", host.Name);
        Assert.Contains(
            "- no-package cfg-demo-lib  predicted, after command apt-get install -qy cfg-demo\n",
            planned.Stdout,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("also removes", planned.Stdout, StringComparison.Ordinal);

        var stopped = await cfg.Run(1, "apply", unshown, "--host", host.Name, "--yes");
        Assert.Contains(
            "no-package cfg-demo-lib would do more than the plan showed:\n    also removes cfg-demo\n",
            (stopped.Stdout + stopped.Stderr).Replace("      also", "    also", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Equal("installed", await host.Sh(Demo));
        Assert.NotEqual(0, (await host.Run("test -e /srv/after")).Exit);

        // Now it is there, so that the plan shows it; and what was shown is done.
        var shown = cfg.Write(
            "shown.csx",
            """
            On("all",
                new Command($"true"),
                new NoPackage("cfg-demo-lib"));
            """
        );
        Assert.Contains(
            "also removes cfg-demo\n",
            (await cfg.Run(0, "plan", shown, "--host", host.Name)).Stdout,
            StringComparison.Ordinal
        );
        await cfg.Run(0, "apply", shown, "--host", host.Name, "--yes");
        Assert.NotEqual("installed", (await host.Run(Demo)).Stdout.Trim());
    }

    [LabFact]
    public async Task What_a_tree_or_a_list_of_groups_would_lose_more_than_was_shown_is_not_lost()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir /srv/www; echo old >/srv/www/old; mkdir /srv/gone; groupadd docker; useradd -m ann; echo x >/srv/y");
        Resource[][] recipes =
        [
            [
                new Command($"echo upload >/srv/www/upload") { Creates = "/srv/www/upload" },
                new Tree("/srv/www") { From = [new("index.html", "hello\n", Executable: false)], Purge = true },
            ],
            [
                new Command($"usermod -aG docker ann; touch /srv/grouped") { Creates = "/srv/grouped" },
                new User("ann") { GroupsExactly = [] },
            ],
            [new Command($"rm /srv/y; mkdir /srv/y; echo data >/srv/y/data") { Unless = $"test -e /srv/y/data" }, new NoPath("/srv/y")],
        ];
        string[] more = ["also removes /srv/www/upload", "also removes ann from the group docker", "loses all that is in /srv/y"];

        foreach (var (recipe, lost) in recipes.Zip(more))
        {
            var stopped = await Rig.Apply(lab.SshConfig, host.Name, recipe);
            Assert.DoesNotContain(
                lost[(lost.LastIndexOf('/') + 1)..],
                string.Join(
                    '\n',
                    stopped
                        .Plan.Changes.Where(change => change.Kind is not "command")
                        .SelectMany(change => change.Effects)
                        .Select(effect => effect.What)
                ),
                StringComparison.Ordinal
            );
            Assert.Contains(
                $"{recipe[1].Address} would do more than the plan showed:\n  {lost}\n",
                stopped.Error,
                StringComparison.Ordinal
            );
        }

        Assert.Equal("upload data ann docker", await host.Sh("echo $(cat /srv/www/upload /srv/y/data; id -Gn ann)"));

        // Now the plan shows all of it, and it is done. What the plan had shown the first time was not done either: the old file is there.
        foreach (var recipe in recipes)
            Nothing.In((await Rig.Apply(lab.SshConfig, host.Name, recipe)).Error);
        Assert.Equal("index.html ann", await host.Sh("echo $(ls /srv/www; id -Gn ann)"));
        Assert.NotEqual(0, (await host.Run("test -e /srv/y")).Exit);
    }

    [LabFact]
    public async Task Handlers_run_in_the_order_in_which_the_plan_prints_them()
    {
        await using var host = await lab.StartHostAsync();
        Handler[] handlers = [.. Enumerable.Range(1, 4).Select(i => new Handler($"handler {i}", $"echo {i} >>/srv/order"))];
        Resource[] first =
        [
            new File("/srv/c") { Content = "x", Notifies = [handlers[2]] },
            new Command($"false") { Creates = "/srv/never" },
        ];
        await Rig.Apply(lab.SshConfig, host.Name, first);

        // The third is owed by the run that failed, and the plan has it in its place.
        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/srv/a") { Content = "x", Notifies = [handlers[1], handlers[0]] },
            new File("/srv/c") { Content = "y", Notifies = [handlers[2]] },
            new File("/srv/d") { Content = "x", Notifies = [handlers[3]] }
        );

        Nothing.In(applied.Error);
        Assert.Equal(
            applied.Plan.Hosts[0].Handlers.Select(call => call.Handler.Name),
            (await host.Sh("cat /srv/order")).Split('\n').Select(line => $"handler {line}")
        );
        Assert.Equal("2 1 3 4", (await host.Sh("cat /srv/order")).Replace('\n', ' '));
    }
}
