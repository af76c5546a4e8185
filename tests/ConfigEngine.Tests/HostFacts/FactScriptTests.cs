using System.Diagnostics;

namespace ConfigEngine.Tests;

public sealed class FactScriptTests
{
    static readonly string[] Known = ["/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox sh", "/usr/bin/mksh"];

    public static TheoryData<string> Shells => [.. Known.Where(s => File.Exists(s.Split(' ')[0]))];

    // As a session sends it: quoted, for eval in a subshell.
    static (int Exit, string Out, string Error) Run(string shell, string before = "")
    {
        var words = shell.Split(' ');
        using Process process = new()
        {
            StartInfo = new(words[0], words[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        process.StandardInput.Write($"{before}\n( eval '{FactScript.Text.Replace("'", "'\\''", StringComparison.Ordinal)}' )\n");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Every_shell_here_tells_the_facts_of_this_machine(string shell)
    {
        var (exit, output, error) = Run(shell);
        var facts = Facts.Parse(output);

        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(Environment.MachineName, facts.Hostname.Split('.')[0]);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), facts.BootId);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), facts.Kernel.Release);
        Assert.InRange(facts.Cpus, 1, 4096);
        Assert.Equal(Environment.UserName, facts.RunningAs.User);
        Assert.Contains(facts.Mounts, m => m.Target is "/");
        Assert.Contains(facts.Interfaces, i => i is { IsLoopback: true, IPv4: "127.0.0.1" });
        Assert.NotEmpty(facts.Tools);
        Assert.Empty(facts.Lacks);
        Assert.NotNull(facts.ShellName);
    }

    [Fact]
    public void What_a_run_needs_and_the_host_has_not_is_told_with_its_package()
    {
        var lacks = Facts
            .Parse(
                Recording.With("versions", "").Replace(" versions\n", " lacks\nflock\nmktemp\nxargs\nstat -c\n", StringComparison.Ordinal)
            )
            .Lacks;
        Assert.Equal(["flock", "mktemp", "xargs", "stat -c"], lacks);
        var error = Assert.Throws<ToolsMissingException>(() =>
            ToolsMissingException.Of("web1", Recording.Parse("debian-12") with { Lacks = lacks })
        );
        Assert.StartsWith(
            "web1 lacks flock (package util-linux), mktemp, stat -c (package coreutils), xargs (package findutils), which cfg needs "
                + "on a host.\n",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Null(ToolsMissingException.Of("web1", Recording.Parse("debian-12")));
        Assert.StartsWith(
            "web1 lacks flock ",
            ToolsMissingException.Of("web1", Recording.Parse("debian-12") with { Lacks = ["flock"] })?.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_surroundings_of_the_session_do_not_change_the_answer()
    {
        var plain = Facts.Parse(Run("/bin/sh").Out);
        var odd = Facts.Parse(
            Run(
                "/bin/sh",
                "set -efu; IFS=/:; LC_ALL=de_AT.UTF-8; OMP_NUM_THREADS=1; PATH=/nowhere:$PATH; export LC_ALL OMP_NUM_THREADS PATH; cd /tmp"
            ).Out
        );

        Assert.Equal(plain.Cpus, odd.Cpus);
        Assert.Equivalent(plain.Tools, odd.Tools, strict: true);
        Assert.Equivalent(plain.Users, odd.Users, strict: true);
        Assert.Equal(plain.Interfaces.Count, odd.Interfaces.Count);
    }

    [Fact]
    public void The_boundary_is_another_one_each_time() =>
        Assert.NotEqual(Run("/bin/sh").Out.Split('\n')[0], Run("/bin/sh").Out.Split('\n')[0]);

    [Theory]
    [InlineData("nfs4")]
    [InlineData("nfs")]
    [InlineData("cifs")]
    [InlineData("smb3")]
    [InlineData("9p")]
    [InlineData("ceph")]
    [InlineData("fuse.sshfs")]
    [InlineData("autofs")]
    [InlineData("lustre")]
    [InlineData("glusterfs")]
    [InlineData("ext4", false)]
    [InlineData("fusectl", false)]
    [InlineData("nfsd", false)]
    [InlineData("tmpfs", false)]
    public void The_script_and_the_facts_agree_on_what_can_hang(string type, bool network = true)
    {
        var facts = Facts.Parse(Recording.With("mounts", $"22 1 0:1 / / rw - ext4 /dev/vda rw\n23 22 0:2 / /mnt rw - {type} x rw\n"));
        Assert.Equal(network, facts.MountOf("/mnt/a")?.IsNetwork);

        // The script's own words, asked of the shell that runs them.
        var start = FactScript.Text.IndexOf("case ${l##* - } in", StringComparison.Ordinal);
        var end = FactScript.Text.IndexOf("esac ;;\n", start, StringComparison.Ordinal);
        var body = FactScript
            .Text[start..end]
            .Replace("IFS=' '\n        set -- $l\n        IFS=$nl", "echo network; set -- 1 2 3 4 /", StringComparison.Ordinal);
        using Process sh = new()
        {
            StartInfo = new("/bin/sh", ["-c", $"l='23 22 0:2 / /mnt rw - {type} x rw'; {body} esac ;; esac"])
            {
                RedirectStandardOutput = true,
            },
        };
        sh.Start();
        Assert.Equal(network ? "network" : "", sh.StandardOutput.ReadToEnd().Trim());
        sh.WaitForExit();
    }
}
