using System.Diagnostics;

namespace ConfigEngine.Lab;

/// <summary>ssh over the lab's lines: delayed and counted by the relay, and to hundreds of names on one sshd.</summary>
[Collection("lab")]
public sealed class LinkTests(Lab lab)
{
    [LabFact]
    public async Task A_dialogue_over_ssh_costs_a_round_trip_a_step_and_a_pipeline_one()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        relay.RoundTrip = TimeSpan.FromMilliseconds(200);
        using var shell = Start("ssh", "-F", lab.SshConfigFor(host, relay), host.Name, "sh");
        await Ask(1);
        var connect = relay.RoundTrips;
        Assert.InRange(connect, 4, 15);

        var clock = PacedWatch.Start();
        for (var step = 0; step < 5; step++)
            await Ask(1);
        Assert.Equal(5, relay.RoundTrips - connect);
        clock.Took(1, 4);

        clock.Restart();
        await Ask(50);
        Assert.Equal(6, relay.RoundTrips - connect);
        clock.Took(0.2, 4);

        shell.StandardInput.Close();
        await shell.WaitForExitAsync();

        async Task Ask(int questions)
        {
            for (var i = 0; i < questions; i++)
                await shell.StandardInput.WriteLineAsync($"echo {i}");
            for (var i = 0; i < questions; i++)
                Assert.Equal($"{i}", await shell.StandardOutput.ReadLineAsync());
        }
    }

    [LabFact]
    public async Task A_line_that_is_cut_ends_ssh()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        using var shell = Start("ssh", "-F", lab.SshConfigFor(host, relay), host.Name, "echo here; sleep 100");
        Assert.Equal("here", await shell.StandardOutput.ReadLineAsync());

        relay.Cut();

        await shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(255, shell.ExitCode);
    }

    [LabFact]
    public async Task One_sshd_answers_for_two_hundred_names_and_only_on_loopback()
    {
        await using var sshd = await lab.StartSshdAsync();
        var config = sshd.SshConfig(200);

        foreach (var name in new[] { "loop1", "loop57", "loop200" })
            (await LocalCommand.Run("ssh", "-F", config, name, "true")).Succeeded(name);

        await using var relay = new Relay("127.0.0.1", sshd.Port);
        (await LocalCommand.Run("ssh", "-F", sshd.SshConfig(2, relay), "loop2", "true")).Succeeded("through the relay");
        Assert.Equal(1, relay.Connections);

        var listens = (await LocalCommand.Run("ss", "-Hltn", $"sport = {sshd.Port}")).Stdout;
        Assert.Contains($"0.0.0.0%lo:{sshd.Port}", listens);
    }

    [LabFact]
    public async Task Sshd_refuses_more_than_it_may_have_starting_up()
    {
        await using var sshd = await lab.StartSshdAsync(maxStartups: "1:100:1");
        var config = sshd.SshConfig(10);

        var all = await Task.WhenAll(Enumerable.Range(1, 10).Select(host => LocalCommand.Run("ssh", "-F", config, $"loop{host}", "true")));

        Assert.Contains(all, ran => ran.Exit is 0);
        Assert.Contains(all, ran => ran.Exit is 255);
    }

    static Process Start(string file, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(file, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        ) ?? throw new LabException($"{file} did not start");
}
