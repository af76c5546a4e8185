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
}
