using System.Globalization;
using ConfigEngine.Ssh;
using Xunit.Abstractions;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>
/// What a look at a host costs it grows with the kinds of resources, not with their number: counted are the processes that start there.
/// The answers are those that each of them would get alone.
/// </summary>
[Collection("lab")]
public sealed class ProcessTests(Lab lab, ITestOutputHelper output)
{
    const int Each = 25;
    const string Before = "${before##* }";
    const string After = "${after##* }";

    [LabFact]
    public async Task A_plan_of_three_hundred_files_starts_hardly_more_processes_than_that_of_one()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir /srv/there && cd /srv/there && for i in $(seq 0 299); do echo $i >file$i; done");

        foreach (
            var (what, path, text) in ((string, string, string)[])
                [("the same", "/srv/there/file", ""), ("other", "/srv/there/file", "new "), ("no", "/srv/file", "")]
        )
        {
            var files = Enumerable.Range(0, 300).Select(i => new File($"{path}{i}") { Content = $"{text}{i}\n", Mode = "0644" }).ToArray();
            var (one, many) = (await Started(host, files[..1]), await Started(host, files));
            output.WriteLine($"{what} files: {one} processes for one, {many} for 300");
            Assert.True(many - one <= 20, $"{what} files: {one} processes for one, {many} for 300");
        }

        // A look that has to be made one by one is counted.
        Resources.Command[] commands =
        [
            .. Enumerable.Range(0, 100).Select(i => new Resources.Command($"true {i}") { Unless = $"true {i}" }),
        ];
        Assert.InRange(await Started(host, commands) - await Started(host, commands[..1]), 99, 500);
    }

    [LabFact]
    public async Task Twenty_five_of_each_of_twelve_kinds_start_hardly_more_than_one_of_one_kind()
    {
        await using var host = await lab.StartHostAsync();
        var many = await Kinds(host);
        Assert.Equal(12, many.Select(resource => resource.Kind).Distinct().Count());
        Assert.Equal(12 * Each, many.Count);

        // What is to be changed, and then what is as it should be.
        foreach (var what in (string[])["changed", "left"])
        {
            var (one, all) = (await Started(host, many[0]), await Started(host, many));
            output.WriteLine($"to be {what}: {one} processes for one file, {all} for {many.Count} resources");
            Assert.True(all - one <= 60, $"to be {what}: {one} processes for one file, {all} for {many.Count} resources");
            await Same(host, many);
            if (what is "changed")
                Nothing.In((await host.Apply([.. many])).Error);
        }

        Assert.Empty((await host.Plan([.. many])).Changes);
    }

    /// <summary>A file takes the rename, and the shells of its step: what else it needs is done for all of them together.</summary>
    [LabFact]
    public async Task An_apply_of_many_files_starts_few_processes_for_each()
    {
        const int Many = 100;
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir /srv/one /srv/many");
        foreach (var content in (string[])["new", "other"])
        {
            var one = await Written(host, "/srv/one", 1, content);
            var many = await Written(host, "/srv/many", 1 + Many, content);
            output.WriteLine($"{content} files: {one} processes for one, {many} for {1 + Many}");
            Assert.True(many - one <= 6 * Many, $"{content} files: {one} processes for one, {many} for {1 + Many}");
        }

        Assert.Equal(
            $"{1 + Many} 0",
            await host.Sh("cd /srv/many; grep -l '^other [0-9]*$' file* | wc -l | tr '\\n' ' '; ls -A | grep -c cfg || true")
        );
    }

    /// <summary>What is done for many files together changes nothing of what each of them promises.</summary>
    [LabFact]
    public async Task Of_many_files_one_that_is_in_the_way_stops_the_run_there()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir /srv/set; cd /srv/set && for i in 0 1 2 3 4; do echo old >file$i; done");
        File[] files = [.. Enumerable.Range(0, 5).Select(i => new File($"/srv/set/file{i}") { Content = $"new {i}\n" })];

        var drifted = await Rig.Apply(host.SshConfig, new(host.Name), files, async _ => await host.Sh("echo mine >/srv/set/file2"));
        var there = await host.Sh("cd /srv/set && ls -A && cat *");
        var refused = await Rig.Apply(host.SshConfig, new(host.Name), files, async _ => await host.Sh("chattr +i /srv/set/file3"));
        var then = await host.Sh("chattr -i /srv/set/file3; cd /srv/set && ls -A && cat *");
        var rest = await host.Apply(files);

        Assert.Equal(["file /srv/set/file0", "file /srv/set/file1"], drifted.Done);
        Assert.Contains("/srv/set/file2", drifted.Error, StringComparison.Ordinal);
        Assert.Equal("file0\nfile1\nfile2\nfile3\nfile4\nnew 0\nnew 1\nmine\nold\nold", there);
        Assert.Equal(["file /srv/set/file2"], refused.Done);
        Assert.Contains("file /srv/set/file3", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Operation not permitted", refused.Error, StringComparison.Ordinal);
        Assert.Equal("file0\nfile1\nfile2\nfile3\nfile4\nnew 0\nnew 1\nnew 2\nold\nold", then);
        Nothing.In(rest.Error);
        Assert.Equal(["file /srv/set/file3", "file /srv/set/file4"], rest.Done);
        Assert.Equal("", await host.Sh("ls -A /var/lib/configengine | grep -v owed || true"));
    }

    /// <summary>How many processes start on a host for the plan and the apply of files.</summary>
    static async Task<int> Written(LabHost host, string directory, int count, string content)
    {
        File[] files =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new File($"{directory}/file{i}")
                {
                    Content = $"{content} {i}\n",
                    Owner = "root",
                    Mode = i % 2 == 0 ? "0644" : "0755",
                }),
        ];
        var before = await Last(host);
        var report = await host.Apply([.. files]);
        Nothing.In(report.Error);
        return await Last(host) - before;
    }

    [LabFact]
    public async Task The_facts_take_at_most_fifteen()
    {
        await using var host = await lab.StartHostAsync();
        List<int> counts = [];
        for (var i = 0; i < 3; i++)
            counts.Add(
                int.Parse(
                    await host.Sh(
                        $"""
                        read -r before </proc/loadavg
                        ( {FactScript.Text}
                        ) >/srv/facts
                        read -r after </proc/loadavg
                        echo $(({After} - {Before}))
                        """
                    ),
                    CultureInfo.InvariantCulture
                )
            );

        output.WriteLine($"{counts.Min()} processes for the facts");
        Assert.Equal("debian", Facts.Parse(await host.Sh("cat /srv/facts")).Distribution.Id);
        Assert.InRange(counts.Min(), 2, 15);
    }

    /// <summary>Twelve kinds, of which more than one is usual.</summary>
    static async Task<IReadOnlyList<Resource>> Kinds(LabHost host)
    {
        await host.Sh(
            "mkdir /srv/many; cd /srv/many && for i in $(seq 0 24); do echo old >line$i; echo old >block$i; echo gone >gone$i; done"
        );
        var packages = (await host.Sh("dpkg-query -W -f='${Package}\\n' | sort -u | head -n 25")).Split('\n');
        var names = (
            await host.Sh("cd /proc/sys && for it in net/ipv4/tcp_*; do cat $it >$it && echo $it; done 2>/dev/null || true")
        ).Split('\n');
        List<(string Name, string Value)> settings = [];
        foreach (var name in names)
        {
            if (await host.Sh($"cat /proc/sys/{name}") is { Length: > 0 } value && !value.Contains('\n', StringComparison.Ordinal))
                settings.Add((name, value));
        }

        return
        [
            .. Enumerable
                .Range(0, Each)
                .SelectMany(i =>
                    (Resource[])
                        [
                            new File($"/srv/many/file{i}")
                            {
                                Content = $"{i}\n",
                                Owner = "root",
                                Mode = "0644",
                            },
                            new Directory($"/srv/many/directory{i}") { Mode = "0750" },
                            new Resources.Symlink($"/srv/many/link{i}") { Target = $"file{i}" },
                            new Resources.NoPath($"/srv/many/gone{i}"),
                            new Resources.Line($"/srv/many/line{i}", "new"),
                            new Resources.Block($"/srv/many/block{i}", "ours") { Content = "one\ntwo\n" },
                            new Resources.CronJob($"job{i}") { Schedule = "5 4 * * *", Command = $"true {i}" },
                            new Resources.UserGroup($"group{i}"),
                            new Resources.User($"user{i}") { Groups = [$"group{i}"], HomeExists = true },
                            new Resources.Package(packages[i]),
                            new Resources.Sysctl(settings[i].Name) { Value = settings[i].Value },
                            new Resources.UnitFile($"many{i}.service") { Service = new() { ExecStart = ["/bin/true"] } },
                        ]
                ),
        ];
    }

    /// <summary>How many processes start on a host for a plan over an open session.</summary>
    async Task<int> Started(LabHost host, params IReadOnlyList<IDeclaration> resources)
    {
        await using var engine = Rig.On(lab.SshConfig, new(host.Name), resources);
        Nothing.In((await engine.Plan(_ => { }, default)).Hosts[0].Error?.Message ?? "");
        List<int> counts = [];
        for (var i = 0; i < 3; i++)
        {
            var before = await Last(host);
            await engine.Plan(_ => { }, default);
            counts.Add(await Last(host) - before);
        }

        return counts.Min();
    }

    /// <summary>The number of the newest process in the host's own pid namespace.</summary>
    static async Task<int> Last(LabHost host) =>
        int.Parse((await host.Sh("read -r load </proc/loadavg; echo ${load##* }")).Trim(), CultureInfo.InvariantCulture);

    /// <summary>Each resource gets the answer that it gets alone.</summary>
    async Task Same(LabHost host, IReadOnlyList<Resource> resources)
    {
        using Connector ssh = new(new() { SshConfig = lab.SshConfig });
        await using var session = await ssh.Connect(new(host.Name), null, default);
        var probes = Planner.Probes(resources);
        var together = await Probing.Ask(session, probes, default);
        foreach (var probe in probes)
        {
            var alone = await session.Ask(Probing.RequestFor(probe), default);
            Assert.Equal((probe.What, alone.Exit, alone.Text), (probe.What, together[probe].Exit, together[probe].Text));
        }
    }
}
