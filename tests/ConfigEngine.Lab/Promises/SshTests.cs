namespace ConfigEngine.Lab;

/// <summary>What <c>cfg</c> asks of OpenSSH's client, in surroundings that are not the usual ones.</summary>
[Collection("lab")]
public sealed class SshTests(Lab lab)
{
    [LabFact]
    public async Task Control_sockets_may_be_in_a_directory_whose_name_ssh_would_take_apart()
    {
        await using var sshd = await lab.StartSshdAsync();
        var odd = Directory.CreateTempSubdirectory("a b %h \"");
        try
        {
            using CfgProcess cfg = new(sshd.SshConfig(1), new() { ["TMPDIR"] = odd.FullName, ["XDG_RUNTIME_DIR"] = "" });

            var plan = await cfg.Run(
                0,
                "plan",
                cfg.Write("site.csx", """On("all", new File("/tmp/cfg-lab-none") { Content = "x\n" });"""),
                "--host",
                "loop1"
            );

            Assert.Contains("+ file /tmp/cfg-lab-none", plan.Stdout, StringComparison.Ordinal);
            Assert.DoesNotContain(
                odd.EnumerateFiles("*", SearchOption.AllDirectories),
                file => file.FullName.Contains("configengine-", StringComparison.Ordinal)
            );
        }
        finally
        {
            odd.Delete(recursive: true);
        }
    }

    /// <summary>Twelve hosts through each of two jump hosts, one of which lets four logins start at a time and drops the others.</summary>
    [LabFact]
    public async Task Hosts_are_reached_through_a_jump_host_that_drops_logins()
    {
        await using var narrow = await lab.StartSshdAsync("4:100:4");
        await using var wide = await lab.StartSshdAsync("100");
        await using var target = await lab.StartSshdAsync("100");
        string[] hosts = [.. Enumerable.Range(1, 12).SelectMany(i => (string[])[$"narrow{i}", $"wide{i}"])];
        var config = Path.Combine(lab.Directory, $"jumps.{Guid.NewGuid():N}");
        var known = await File.ReadAllTextAsync(target.SshConfig(0));
        SshConfigs.Write(
            config,
            $"Host narrow*\n    ProxyJump jump-narrow\nHost wide*\n    ProxyJump jump-wide\n"
                + $"{Named("jump-narrow", narrow)}{Named("jump-wide", wide)}Host narrow* wide*\n    HostName 127.0.0.1\n"
                + known.Replace("Host loop*", "", StringComparison.Ordinal)
        );
        using CfgProcess cfg = new(config);
        cfg.Write("infra.csx", $"Group(\"all-of-them\", {string.Join(", ", hosts.Select(host => $"new Host(\"{host}\")"))});\n");

        var ran = await cfg.Run(0, "exec", "all", "echo here", "--json", "--parallel", "24");

        Assert.Equal(hosts.Length, ran.Stdout.Split("here\\n").Length - 1);
        Assert.Contains("MaxStartups", narrow.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("MaxStartups", wide.Log, StringComparison.Ordinal);
    }

    /// <summary>The entry of a jump host, in the configuration that its sshd gives for <c>loop*</c>.</summary>
    static string Named(string name, LoopbackSshd sshd) =>
        File.ReadAllText(sshd.SshConfig(0)).Replace("Host loop*", $"Host {name}\n    HostName 127.0.0.1", StringComparison.Ordinal);
}
