using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace ConfigEngine.Lab.Faults;

/// <summary>
/// A run that is terminated in the middle of an operation, one kind after the other: that operation is finished and looked at,
/// nothing behind it is begun, the run ends with 4, and the next one goes on from there.
/// </summary>
[Collection("lab")]
public sealed class DrainTests(Lab lab, ITestOutputHelper output)
{
    /// <summary>
    /// What an operation waits in until <c>/run/go</c> is there, and shows that it has begun; and what makes a command of the host
    /// wait in that, with all arguments or those of a pattern.
    /// </summary>
    const string Slow = """
        printf '#!/bin/sh\ntouch /run/begun\nfor i in $(seq 3000); do [ ! -e /run/go ] || exit 0; sleep 0.1; done; exit 1\n' >/usr/local/bin/hold; chmod 755 /usr/local/bin/hold
        slow() {
            printf '#!/bin/sh\ncase "$*" in %s) /usr/local/bin/hold;; esac\nexec %s "$@"\n' "${2:-*}" "$(command -v "$1")" >"/usr/local/sbin/$1.new"
            chmod 755 "/usr/local/sbin/$1.new"; mv "/usr/local/sbin/$1.new" "/usr/local/sbin/$1"
        }

        """;

    /// <summary>Makes all commands as fast as they were.</summary>
    const string Restore = "rm -f /usr/local/sbin/* /etc/apt/apt.conf.d/99slow";

    /// <summary>Puts a unit in place whose start is slow.</summary>
    const string SlowUnit = """
        printf '%s\n' '[Service]' Type=oneshot RemainAfterExit=yes ExecStart=/usr/local/bin/hold '[Install]' WantedBy=multi-user.target \
            >/etc/systemd/system/slow.service
        systemctl daemon-reload
        """;

    static readonly Kind[] Kinds =
    [
        new(
            "command",
            "new Command($\"/usr/local/bin/hold; touch /srv/made\") { Creates = \"/srv/made\", Touches = [\"/srv/made\"] }",
            Done: "test -e /srv/made"
        ),
        new(
            "command that must not be cut",
            "new Command($\"/usr/local/bin/hold; touch /srv/made\") { Creates = \"/srv/made\", Touches = [\"/srv/made\"], Uncut = true }",
            Done: "test -e /srv/made"
        ),
        new(
            "command, between two tries",
            "new Command($\"touch /run/begun; test -e /run/go && touch /srv/made\") { Creates = \"/srv/made\", Touches = "
                + "[\"/srv/made\", \"/run\"], Retries = 120, RetryDelay = TimeSpan.FromSeconds(0.5) }",
            Done: "test -e /srv/made"
        ),
        new(
            "file, while it is validated",
            "new File(\"/srv/made\") { Content = \"x\\n\", Validate = $\"/usr/local/bin/hold $cfg_new\" }",
            Done: "test -e /srv/made"
        ),
        new("tree", "new Tree(\"/srv/made\") { From = [new LocalEntry(\"a/b\", \"1\\n\", false)] }", "slow tar", "test -e /srv/made/a/b"),
        new(
            "download",
            "new Download(\"/srv/made\") { Url = \"{{url}}\", Checksum = "
                + "\"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\" }",
            "apt-get -q update; apt-get install -qy --no-install-recommends curl; slow curl",
            "test -e /srv/made"
        ),
        new(
            "package",
            "new Package(\"cfg-demo\")",
            "apt-get -q update; echo 'DPkg::Pre-Invoke {\"/usr/local/bin/hold\";};' >/etc/apt/apt.conf.d/99slow",
            "dpkg -s cfg-demo"
        ),
        new(
            "package index",
            "new PackageIndex()",
            "rm -rf /var/lib/apt/lists/*; echo 'APT::Update::Pre-Invoke {\"/usr/local/bin/hold\";};' >/etc/apt/apt.conf.d/99slow",
            "ls /var/lib/apt/lists/*Packages"
        ),
        new(
            "unit",
            "new SystemdUnit(\"slow.service\") { Running = true, Enabled = true }",
            SlowUnit,
            "systemctl is-active slow && systemctl is-enabled slow"
        ),
        new(
            "unit file",
            "new UnitFile(\"made.service\") { Service = new() { ExecStart = \"sleep infinity\" }, Validate = $\"/usr/local/bin/hold "
                + "$cfg_new\" }",
            Done: "systemctl cat made.service"
        ),
        new("user", "new User(\"made\")", "slow useradd", "id made"),
        new(
            "mount",
            "new Mount(\"/mnt/made\") { Device = \"none\", Type = \"tmpfs\" }",
            "slow mount",
            "grep ' /mnt/made tmpfs' /proc/mounts"
        ),
        new(
            "checkout",
            "new GitCheckout(\"/srv/made\") { Repository = \"/srv/origin\" }",
            "apt-get -q update; apt-get install -qy --no-install-recommends git; git init -q /srv/origin; cd /srv/origin; git config "
                + "user.name x; git config user.email x; echo x >file; git add file; git commit -q -m x; slow git '*fetch*|*clone*'",
            "test -e /srv/made/file"
        ),
        new(
            "handler",
            "new File(\"/srv/made\") { Content = \"x\\n\", Notifies = [new Handler(\"ring\", $\"/usr/local/bin/hold; echo rang "
                + ">>/srv/rang\")] }",
            Done: "test $(cat /srv/rang) = rang",
            NextBlock: true
        ),
    ];

    [LabFact]
    public async Task Terminated_during_any_kind_of_operation_a_run_finishes_it_and_begins_nothing_else()
    {
        using var files = FileServer.Start(lab.Number.Address(1), "hello");
        ConcurrentQueue<Kind> left = new(Kinds);
        ConcurrentBag<string> wrong = [];
        await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(async _ =>
                {
                    await using var host = await lab.StartHostAsync();
                    using CfgProcess cfg = new(lab.SshConfig);
                    while (left.TryDequeue(out var kind))
                    {
                        try
                        {
                            await Interrupt(host, cfg, kind, files);
                        }
                        catch (Exception problem) when (problem is LabException or TimeoutException)
                        {
                            wrong.Add($"{kind.Name}: {problem.Message}");
                        }
                    }
                })
        );

        Nothing.In(string.Join("\n", wrong));
    }

    [LabFact]
    public async Task Terminated_while_a_host_reboots_it_waits_for_the_host_and_begins_nothing_else()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        await host.Sh(
            Slow
                + "printf '[Service]\\nType=oneshot\\nRemainAfterExit=yes\\nExecStart=true\\nExecStop=/usr/local/bin/hold\\n' "
                + ">/etc/systemd/system/slow.service; systemctl daemon-reload; systemctl start slow"
        );
        var before = await host.BootId();
        var recipe = cfg.Write(
            "site.csx",
            "On(\"all\", new File(\"/srv/made\") { Content = \"x\\n\", Notifies = [Reboot.Now] });\nOn(\"all\", new "
                + "File(\"/srv/behind\") { Content = \"x\\n\" });"
        );
        using RunningCfg run = new(cfg.Start("apply", recipe, "--host", host.Name, "--yes"));
        await run.Reaches(host, "[ \"$(systemctl is-system-running)\" = stopping ]");

        await run.Signal("TERM");
        await run.Says(RunningCfg.Stopping);
        await host.Sh("touch /run/go");
        var ran = await run.Ended(TimeSpan.FromMinutes(2));

        Assert.Equal(4, ran.Exit);
        Assert.NotEqual(before, await host.BootId());
        Assert.Equal("made", await host.Sh("ls /srv | grep -v apt"));
        await cfg.Run(0, "apply", recipe, "--host", host.Name, "--yes");
        Assert.Equal("behind\nmade", await host.Sh("ls /srv | grep -v apt"));
    }

    [LabFact]
    public async Task Terminated_while_it_waits_for_another_run_it_ends_at_once()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        using RunningCfg first = new(
            cfg.Start(
                "apply",
                cfg.Write(
                    "first.csx",
                    "On(\"all\", new Command($\"touch /run/begun; until test -e /run/go; do sleep 0.1; done\") { Touches = [\"/run\"] });"
                ),
                "--host",
                host.Name,
                "--yes"
            )
        );
        await first.Reaches(host, "test -e /run/begun");
        using CfgProcess other = new(lab.SshConfig);
        using RunningCfg second = new(
            other.Start(
                "apply",
                other.Write("second.csx", "On(\"all\", new File(\"/srv/made\") { Content = \"x\\n\" });"),
                "--host",
                host.Name,
                "--yes",
                "--wait-lock",
                "1m"
            )
        );
        await second.Says("waiting up to");

        await second.Signal("TERM");
        var ran = await second.Ended(TimeSpan.FromSeconds(5));
        await host.Sh("touch /run/go");

        Assert.NotEqual(0, ran.Exit);
        Assert.Equal(0, (await first.Ended(TimeSpan.FromSeconds(30))).Exit);
        Nothing.In(await host.Sh("ls /srv | grep -v apt || true"));
    }

    /// <exception cref="LabException">Something was not as it should be.</exception>
    async Task Interrupt(LabHost host, CfgProcess cfg, Kind kind, FileServer files)
    {
        await host.Sh(
            $"{Restore}; rm -f /run/begun /run/go; find /srv -mindepth 1 -maxdepth 1 ! -name apt -exec rm -rf {{}} +\n{Slow}{kind.Setup}"
        );
        var first = kind.Recipe.Replace("{{url}}", files.Url, StringComparison.Ordinal);
        var between = kind.NextBlock ? ");\nOn(\"all\", " : ", ";
        var recipe = cfg.Write(
            $"{Guid.NewGuid():N}.csx",
            $"On(\"all\", {first}{between}new File(\"/srv/behind\") {{ Content = \"x\\n\" }});"
        );
        using RunningCfg run = new(cfg.Start("apply", recipe, "--host", host.Name, "--yes"));
        await run.Reaches(host, "test -e /run/begun");

        await run.Signal("TERM");
        await run.Says(RunningCfg.Stopping);

        // What comes after it was sent already, unless it is in another block: the host must have been told before it gets there.
        for (var waiting = PacedWatch.Start(); !kind.NextBlock && !cfg.HasJournaled("halted"); await Task.Delay(50))
        {
            if (waiting.Elapsed > TimeSpan.FromSeconds(30))
                throw new LabException("the host was not seen to be told to stop");
        }

        await host.Sh("touch /run/go");
        var clock = Stopwatch.StartNew();
        var ran = await run.Ended(TimeSpan.FromMinutes(1));
        var took = clock.Elapsed;
        var isDone = (await host.Run(kind.Done)).Exit == 0;
        var isBehind = (await host.Run("test -e /srv/behind")).Exit == 0;
        output.WriteLine(
            $"{kind.Name,-30} exit {ran.Exit}, {took.TotalSeconds:0.0} s after it could go on; "
                + $"{(isDone ? "finished" : "not finished")}; what is behind it {(isBehind ? "begun" : "not begun")}"
        );

        if (ran.Exit != 4 || !isDone || isBehind)
            throw new LabException(
                $"it ended with {ran.Exit}, {(isDone ? "" : "not ")}finished, what is behind it {(isBehind ? "" : "not ")}begun\n"
                    + $"{ran.Stdout}{ran.Stderr}"
            );
        await host.Sh(Restore);
        await cfg.Run(0, "apply", recipe, "--host", host.Name, "--yes");
        await cfg.Run(0, "plan", recipe, "--host", host.Name, "--exit-code");
    }

    /// <summary>One kind of operation.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Recipe">The resource.</param>
    /// <param name="Setup">What makes its operation slow on the host, where the resource does not say that itself; it makes
    /// <c>/run/begun</c> when it begins.</param>
    /// <param name="Done">What shows on the host that it is finished.</param>
    /// <param name="NextBlock">What is behind it is in the next block: a handler runs at the end of its own.</param>
    sealed record Kind(string Name, string Recipe, string Setup = ":", string Done = "true", bool NextBlock = false);
}
