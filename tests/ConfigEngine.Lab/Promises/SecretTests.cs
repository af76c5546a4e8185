using System.Text;

namespace ConfigEngine.Lab;

/// <summary>Promise 9: secrets are in no argument, environment, readable temporary file, log, plan or journal, here and there.</summary>
[Collection("lab")]
public sealed class SecretTests(Lab lab)
{
    const string Given = "canary-1 of the 'environment' \"$HOME\"";
    const string Told = "canary-2 of a `command` \\ done";
    const string Before = "canary-3 that was there before";
    const string Hash = "$6$canary4salt$wJ5RHsgJWjZWFBnU8LhTAPnx4QoTSxYzWcOCLwe5wJlZ4zTzPqQ4gf8bV2r0EMZcnpVAXNMxcsgqK0lUq8JBN1";

    static readonly IReadOnlyList<string> Canaries = [.. new[] { Given, Told, Before, Hash, Lab.OpsPassword }.SelectMany(Forms)];

    // Slow on purpose, so that there is time to look at processes.
    const string Recipe = """
        var given = Secrets.Environment("LAB_GIVEN");
        var told = Secrets.Command("cat", "told");
        var password = Secrets.File("password");
        Hosts(new Host("HOST-ops") { Password = password, Become = Become.Sudo with { Password = password } });
        On("all",
            new File("/etc/app.env") { Content = $"PASSWORD={given}\n", Mode = "0600", Validate = $"sleep 1; test -e \"$cfg_new\"", Backup = "/etc/app.env.old" },
            new File("/home/deploy/app.env") { Content = $"PASSWORD={given}\n", As = "deploy", Validate = $"sleep 1; test -e \"$cfg_new\"" },
            new Block("/etc/app.conf", "database") { Content = $"password = {told}" },
            new Command($"cat >/root/told; sleep 1") { Input = $"{told}\n", Creates = "/root/told", Touches = ["/root/told"] },
            new Command($"umask 077; cat >/home/deploy/told; sleep 1") { Input = told, As = "deploy", Creates = "/home/deploy/told", Touches = ["/home/deploy/told"] },
            new User("app") { PasswordHash = Secrets.File("hash") });
        """;

    const string Failing = """
        var given = Secrets.Environment("LAB_GIVEN");
        var password = Secrets.File("password");
        Hosts(new Host("HOST-ops") { Password = password, Become = Become.Sudo with { Password = password } });
        On("all", new Command($"read -r line; echo it is not \"$line\" >&2; echo it is not \"$line\" | base64 >&2; exit 3") { Input = $"{given}\n", Touches = [], Uncut = true });
        """;

    [LabFact]
    public async Task A_canary_is_found_nowhere()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig, new() { ["LAB_GIVEN"] = Given });
        await host.Sh("install -m 0644 /dev/null /etc/app.env; touch /etc/app.conf");
        await host.WriteFile("/etc/app.env", $"PASSWORD={Before}\n");
        cfg.Write("told", Told + "\n");
        cfg.Write("password", Lab.OpsPassword + "\n");
        cfg.Write("hash", Hash + "\n");
        cfg.Write("site.csx", Recipe.Replace("HOST", host.Name, StringComparison.Ordinal));
        cfg.Write("failing.csx", Failing.Replace("HOST", host.Name, StringComparison.Ordinal));

        List<Ran> said = [];
        await using (var watch = ProcessWatch.Start(Canaries, owner: "cfg.dll"))
        {
            said.Add(await cfg.Run(0, "plan", "site.csx", "-v", "--debug", "--out", "plan.json"));
            said.Add(await cfg.Run(0, "plan", "site.csx", "--json"));
            said.Add(await cfg.Run(0, "apply", "plan.json", "-v", "--debug"));
            said.Add(await cfg.Run(0, "plan", "site.csx", "--exit-code"));
            said.Add(await cfg.Run(1, "apply", "failing.csx", "--yes", "-v", "--debug"));
            said.Add(await cfg.Run(1, "apply", "failing.csx", "--yes", "--json"));
            Assert.Empty(watch.Found);
            Assert.True(watch.Rounds > 20, $"only {watch.Rounds} looks");
        }

        Assert.All(said, ran => Assert.Empty(In(ran.Stdout + ran.Stderr)));
        Assert.Contains("it is not (secret LAB_GIVEN)", said[^2].Stdout, StringComparison.Ordinal);
        Assert.Contains("it is not (secret LAB_GIVEN)", said[^1].Stdout, StringComparison.Ordinal);
        Assert.Matches("content +secret [0-9a-f]{6} → secret [0-9a-f]{6}", said[0].Stdout);
        Assert.Equal(["hash", "password", "told"], Files(cfg.Directory));
        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), "configengine-*").SelectMany(Files));

        Assert.Equal($"PASSWORD={Given}\n", await host.ReadFile("/etc/app.env"));
        Assert.Equal($"{Told}\n", await host.ReadFile("/root/told"));
        Assert.Equal(
            "600 root\n600 root\n600 deploy\n600 deploy",
            await host.Sh("stat -c '%a %U' /etc/app.env /etc/app.env.old /home/deploy/app.env /home/deploy/told")
        );
        Assert.Equal(Hash, await host.Sh("getent shadow app | cut -d: -f2"));
        Assert.Equal(
            "/etc/app.conf /etc/app.env /etc/app.env.old /etc/shadow /home/deploy/app.env /home/deploy/told /root/told",
            await Keeping(host)
        );
        Nothing.In(
            (await host.Run("journalctl --sync; journalctl -a --no-pager | grep -F -f /dev/stdin", string.Join('\n', Canaries))).Stdout
        );
    }

    [LabFact]
    public async Task The_watch_sees_what_is_on_a_host()
    {
        await using var host = await lab.StartHostAsync();
        await using var watch = ProcessWatch.Start(["decoy-in-argument", "decoy-in-environment"], owner: "nsenter");
        await host.Sh("d=decoy; systemd-run --quiet --no-block --setenv=X=$d-in-environment /bin/sh -c \"sleep 3; : $d-in-argument\"");

        string[] places = ["argument of /bin/sh: decoy-in-argument", "environment of /bin/sh: decoy-in-environment"];
        for (var i = 0; i < 50 && !places.All(watch.Found.Contains); i++)
            await Task.Delay(100);
        Assert.Subset(watch.Found.ToHashSet(), places.ToHashSet());
    }

    /// <summary>The files of a host that hold a canary.</summary>
    static async Task<string> Keeping(LabHost host) =>
        (
            await host.Run(
                "grep -rlsaF -f /dev/stdin --exclude-dir=journal /etc /home /root /srv /tmp /var /run /dev/shm | sort | tr '\\n' ' '",
                string.Join('\n', Canaries)
            )
        ).Stdout.Trim();

    /// <summary>The files below a directory of this machine that hold a canary.</summary>
    static IEnumerable<string> Files(string directory) =>
        !Directory.Exists(directory)
            ? []
            : new DirectoryInfo(directory)
                .EnumerateFiles(
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
                )
                .Where(file => file.Length > 0 && In(Encoding.Latin1.GetString(File.ReadAllBytes(file.FullName))).Count > 0)
                .Select(file => Path.GetRelativePath(directory, file.FullName))
                .Order(StringComparer.Ordinal);

    static List<string> In(string text) => [.. Canaries.Where(canary => text.Contains(canary, StringComparison.Ordinal))];

    /// <summary>A canary as it is, a part of it that no quoting alters, and in base64, wherever that begins.</summary>
    static IEnumerable<string> Forms(string canary) =>
        [
            canary,
            canary[..12],
            .. Enumerable
                .Range(0, 3)
                .Select(before => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('x', before)}{canary}"))[4..^4]),
        ];
}
