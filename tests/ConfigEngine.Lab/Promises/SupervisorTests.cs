using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>
/// Programs of supervisord: a real worker of Celery with a task in flight, which a restart does not lose; what supervisord cannot read;
/// and values that are read back.
/// </summary>
[Collection("lab")]
public sealed class SupervisorTests(Lab lab)
{
    /// <summary>A password as it may be in an address, with what the format could stumble over.</summary>
    const string Password = "s3cr%et,=";

    const string Broker = "redis://:s3cr%25et,=@127.0.0.1:6379/0";

    /// <summary>A task of a minute: supervisord waits 10 s by default.</summary>
    [LabFact]
    public async Task A_task_in_flight_survives_a_restart_because_supervisord_waits_for_it()
    {
        await using var host = await lab.StartHostAsync("bookworm", "app1");
        using CfgProcess cfg = new(lab.SshConfig, new() { ["BROKER_URL"] = Broker });
        await host.Sh(
            $"""
            apt-get -q update && apt-get -q install -y redis-server python3-redis
            printf '%s\n' 'requirepass {Password}' 'bind 127.0.0.1' >>/etc/redis/redis.conf; systemctl restart redis-server
            """
        );
        var recipe = cfg.PlaceOfHouse("celery", text => text);
        var planned = await cfg.Run(0, "plan", recipe);
        Assert.Contains("supervisor-program worker", planned.Stdout, StringComparison.Ordinal);

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Nothing.In((await host.Apply(Other)).Error);
        var other = await Pid(host, "other");
        Assert.Equal("600 root", await host.Sh("stat -c '%a %U' /etc/supervisor/conf.d/worker.conf"));
        foreach (var file in System.IO.Directory.EnumerateFiles(cfg.Directory, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("s3cr", System.IO.File.ReadAllText(file), StringComparison.Ordinal);

        // New code comes while a task runs: the restart waits for it.
        await Begin(host, "first");
        var worker = await Pid(host, "worker");
        await host.Sh("echo '# by hand' >>/srv/app/tasks.py");
        var changed = await cfg.Run(0, "apply", recipe, "--yes");
        Assert.Contains("restart worker (supervisor)", changed.Stdout, StringComparison.Ordinal);
        await host.Sh("test -e /srv/app/first.done");
        Assert.NotEqual(worker, await Pid(host, "worker"));

        // The same with the time that supervisord waits by itself: the task is lost, and the plan has said so.
        var hasty = cfg.PlaceOfHouse(
            "celery",
            text => text.Replace("taskLimit + TimeSpan.FromSeconds(30)", "TimeSpan.FromSeconds(10)", StringComparison.Ordinal)
        );
        var warned = await cfg.Run(0, "apply", hasty, "--yes");
        Assert.Contains("its StopWait of 10 s is not longer than its TaskLimit of 300 s", warned.Stdout, StringComparison.Ordinal);
        await Begin(host, "second");
        var hurried = await Pid(host, "worker");
        await host.Sh("echo '# by hand' >>/srv/app/tasks.py");
        await cfg.Run(0, "apply", hasty, "--yes");
        Assert.Equal(
            "lost",
            await host.Sh("rm /srv/app/second.began; pgrep -u app -f celery >/srv/now; test -e /srv/app/second.done || echo lost")
        );
        Assert.DoesNotContain(hurried, (await host.ReadFile("/srv/now")).Split('\n'));

        // Nor does it begin again.
        Assert.Equal("lost", await host.Sh("sleep 5; ls /srv/app/second.* 2>/dev/null || echo lost"));

        // To wait longer again is a change, and this restart still is a hasty one.
        var patient = cfg.PlaceOfHouse("celery", text => text);
        Assert.Contains(
            "this restart still waits only 10 s, as the running program was started",
            (await cfg.Run(0, "apply", patient, "--yes")).Stdout,
            StringComparison.Ordinal
        );
        Assert.Equal(other, await Pid(host, "other"));
        Nothing.In((await host.Apply(new NoSupervisorProgram("worker"))).Error);
        Assert.Empty((await host.Plan(new NoSupervisorProgram("worker"))).Changes);
        Assert.Equal(other, await Pid(host, "other"));
        Assert.DoesNotContain("worker", await host.Sh("supervisorctl status || true"), StringComparison.Ordinal);
    }

    static readonly SupervisorProgram Other = new("other") { Command = $"/usr/bin/sleep infinity" };

    static Task<string> Pid(LabHost host, string program) => host.Sh($"supervisorctl pid {program}:{program}");

    static async Task Begin(LabHost host, string name)
    {
        await host.Sh($"cd /srv/app && BROKER_URL='{Broker}' celery -A tasks call tasks.release --args='[\"{name}\", 60]' >/dev/null");
        await host.Until($"test -e /srv/app/{name}.began", instead: "supervisorctl tail worker:worker stderr");
    }

    [LabFact]
    public async Task Values_are_read_back_and_what_is_wrong_is_refused_or_repaired()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get -q install -y supervisor");
        Random random = new(7);
        string Odd() =>
            string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => OddCharacters[random.Next(OddCharacters.Length)]));
        var variables = Enumerable
            .Range(0, 4000)
            .Select(_ => Odd())
            .Where(value => SupervisorSyntax.VariableProblem(value) is null)
            .Take(200)
            .Select((value, i) => (Name: $"ODD_{i}", value))
            .ToDictionary(one => one.Name, one => one.value);
        string[] words = [.. Enumerable.Range(0, 200).Select(_ => Odd())];
        SupervisorProgram odd = new("odd")
        {
            Command = $"/usr/bin/python3 -c {"import time; time.sleep(9999)"} {words}",
            Environment = variables,
        };
        SupervisorProgram many = Other with
        {
            Processes = 3,
            User = "plain",
            Environment = new() { ["A"] = "1" },
        };
        Resource[] all = [odd, many];

        Nothing.In((await host.Apply(all)).Error);
        Assert.Empty((await host.Plan(all)).Changes);
        var pid = await Pid(host, "odd");
        var environment = (await host.Run($"cat /proc/{pid}/environ")).Stdout.Split('\0');
        Assert.All(variables, variable => Assert.Contains($"{variable.Key}={variable.Value}", environment));
        Assert.Equal(words, (await host.Run($"cat /proc/{pid}/cmdline")).Stdout.Split('\0')[3..^1]);

        // What somebody changes by hand; the other program goes on.
        foreach (
            var (breaks, attribute) in ((string, string)[])
                [
                    ("sed -i s/true/false/ /etc/supervisor/conf.d/other.conf", "content"),
                    ("chmod 666 /etc/supervisor/conf.d/other.conf", "mode"),
                    ("chown plain:plain /etc/supervisor/conf.d/other.conf", "owner"),
                    ("supervisorctl stop other:other_01", "running"),
                    ("supervisorctl stop other:*", "running"),
                    (
                        "cd /etc/supervisor/conf.d; cp -p other.conf /srv; sed -i s/A=/B=/ other.conf; supervisorctl update; "
                            + "cp -p /srv/other.conf .",
                        "loaded"
                    ),
                    ("cd /etc/supervisor/conf.d; mv other.conf /srv; supervisorctl update", "content"),
                ]
        )
        {
            var change = await host.Repaired(breaks, all);
            Assert.Contains(change.Attributes, one => one.Name == attribute);
        }

        Assert.Equal(pid, await Pid(host, "odd"));

        // A program that does not stay up is a failed change, with its last words.
        var dies = await host.Apply(new SupervisorProgram("dies") { Command = $"sh -c {"echo no luck >&2; exit 3"}" });
        Assert.Contains("no luck", dies.Error, StringComparison.Ordinal);

        // What supervisord cannot read does not stay.
        await host.Sh("printf '[program:zz]\\ncommand=/bin/true\\nstartsecs=lots\\n' >/etc/supervisor/conf.d/zz.conf");
        var before = await host.Sh("cat /etc/supervisor/conf.d/other.conf");
        var refused = await host.Apply(many with { Processes = 2 });
        Assert.Contains("what was there before is back", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await host.Sh("cat /etc/supervisor/conf.d/other.conf"));
        await host.Sh("rm /etc/supervisor/conf.d/zz.conf");

        // Without supervisord the plan says so.
        await host.Sh("systemctl stop supervisor");
        Assert.Contains(
            "supervisord does not run",
            await host.ErrorOf(new SupervisorProgram("new") { Command = $"x" }),
            StringComparison.Ordinal
        );
    }

    const string OddCharacters = "abc  \"'\\%#;,=$`:/()[]{}<>|&!?*~^@.-+éß\u2028\t";
}
