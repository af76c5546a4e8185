using System.Text.Json;

namespace ConfigEngine.Lab;

/// <summary>A command on several hosts, and a shell on one.</summary>
[Collection("lab")]
public sealed class ExecTests(Lab lab)
{
    [LabFact]
    public async Task A_command_runs_on_two_hosts_and_a_shell_on_one_and_no_secret_is_shown()
    {
        await using var one = await lab.StartHostAsync();
        await using var two = await lab.StartHostAsync();
        await two.Sh("echo hunter22-canary >/etc/app.env");
        using CfgProcess cfg = new(lab.SshConfig, new() { ["APP_PASSWORD"] = "hunter22-canary" });
        cfg.Write(
            "infra.csx",
            $$"""
            var password = Secrets.Environment("APP_PASSWORD");
            Hosts(new Host("{{one.Name}}"), new Host("{{two.Name}}") { Become = Become.Sudo with { Password = password } });
            """
        );

        var alike = await cfg.Run(0, "exec", "all", "uname -s");
        Assert.Equal($"{one.Name}, {two.Name} (2 hosts)\n  Linux\n", alike.Stdout);

        var apart = await cfg.Run(1, "exec", "all", "cat /etc/app.env");
        Assert.Contains($"{two.Name}\n  (secret APP_PASSWORD)\n", apart.Stdout, StringComparison.Ordinal);
        Assert.Contains(
            $"{one.Name}  exit code 1\n  cat: /etc/app.env: No such file or directory\n",
            apart.Stdout,
            StringComparison.Ordinal
        );

        var json = await cfg.Run(1, "exec", "all", "cat /etc/app.env", "--json");
        Assert.Equal(
            [1, 0],
            JsonDocument.Parse(json.Stdout).RootElement.EnumerateArray().Select(host => host.GetProperty("exitCode").GetInt32())
        );
        Assert.DoesNotContain("hunter22", json.Stdout + apart.Stdout, StringComparison.Ordinal);

        using var shell = cfg.Start("shell", one.Name);
        await shell.StandardInput.WriteLineAsync("hostname; exit 5");
        shell.StandardInput.Close();
        var said = shell.StandardError.ReadToEndAsync();
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(5, shell.ExitCode);
        Assert.Contains(one.Name, printed + await said, StringComparison.Ordinal);
    }
}
