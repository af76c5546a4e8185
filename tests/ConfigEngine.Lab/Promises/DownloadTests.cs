using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>What fetches a file is what the host has; what goes wrong on the way is told, and leaves the old file.</summary>
[Collection("lab")]
public sealed class DownloadTests(Lab lab)
{
    const string Hello = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [LabTheory]
    [InlineData("bullseye", "curl")]
    [InlineData("bookworm", "wget")]
    [InlineData("trixie", "wget")]
    public async Task A_file_is_fetched_with_whatever_the_host_has(string release, string tool)
    {
        await using var host = await lab.StartHostAsync(release);
        using var files = FileServer.Start(lab.Number.Address(1), "hello");
        await host.Sh($"apt-get -q update && apt-get install -qy --no-install-recommends {tool}");
        Assert.Equal(tool, Path.GetFileName(await host.Sh("command -v curl || command -v wget")));
        Download file = new("/srv/file")
        {
            Url = files.Url + "/moved?a=1&b=2",
            Checksum = Hello,
            Owner = "deploy",
            Mode = "0640",
        };

        Nothing.In((await Rig.Apply(lab.SshConfig, host.Name, file)).Error);
        Assert.Empty((await Rig.Plan(lab.SshConfig, host.Name, file)).Changes);
        Assert.Equal("640 deploy hello", await host.Sh("stat -c '%a %U' /srv/file | tr '\\n' ' '; cat /srv/file"));

        await host.Sh("echo other >/srv/file");
        Nothing.In((await Rig.Apply(lab.SshConfig, host.Name, file)).Error);
        Assert.Equal("640 deploy hello", await host.Sh("stat -c '%a %U' /srv/file | tr '\\n' ' '; cat /srv/file"));

        foreach (
            var (url, says) in ((string, string)[])
                [
                    (files.Url + "/missing", "404"),
                    (files.Url + "/other", "has the checksum sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa"),
                    (files.Url + "/cut", "has the checksum"),
                    ($"http://{host.Address}:1/", "refused"),
                    ("http://nowhere.invalid/", "resolve"),
                ]
        )
        {
            await host.Sh("echo other >/srv/file");
            var failed = await Rig.Apply(lab.SshConfig, host.Name, file with { Url = url });
            Assert.Contains(says, failed.Error, StringComparison.Ordinal);
            Assert.Equal((ChangeState.Failed, Reached.Nothing), failed.Report.Changes.Select(one => (one.State, one.Reached)).Single());
            Assert.Equal("other", await host.Sh("cat /srv/file"));
            Assert.Equal("file", await host.Sh("ls -A /srv | grep -v apt"));
        }
    }

    [LabFact]
    public async Task A_host_that_cannot_fetch_is_an_error_before_anything_is_done()
    {
        await using var host = await lab.StartHostAsync();
        Download file = new("/srv/file") { Url = "http://203.0.113.1/file", Checksum = Hello };

        var plan = await Rig.Plan(lab.SshConfig, host.Name, file);

        Assert.Contains("the host has neither curl nor wget", plan.Hosts[0].Error?.Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task The_tool_may_come_with_an_earlier_package()
    {
        await using var host = await lab.StartHostAsync();
        using var files = FileServer.Start(lab.Number.Address(1), "hello");

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new PackageIndex(),
            new Package("wget"),
            new Download("/srv/file") { Url = files.Url, Checksum = Hello }
        );

        Nothing.In(applied.Error);
        Assert.Equal("hello", await host.Sh("cat /srv/file"));
    }
}
