using System.Diagnostics;

namespace ConfigEngine.Tests;

/// <summary>A host chooses its package manager by itself, before its facts are known: as they have it.</summary>
public sealed class PackageChoiceTests
{
    public static TheoryData<string, string, PackageManager> Hosts =>
        new()
        {
            { "ID=debian\n", "apt-get dpkg rpm dnf", PackageManager.Apt },
            { "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "apt-get dnf", PackageManager.Dnf },
            { "ID_LIKE='rhel fedora'\nID=ours", "dnf yum", PackageManager.Dnf },
            { "ID=centos\n", "yum", PackageManager.Yum },
            { "ID=opensuse-tumbleweed\n", "dnf zypper", PackageManager.Zypper },
            { "ID=alpine\n", "apk", PackageManager.Apk },
            { "ID=ours\n", "pacman", PackageManager.Pacman },
            { "ID=debian\n", "", PackageManager.None },
            { "", "dnf", PackageManager.Dnf },
        };

    [Theory, MemberData(nameof(Hosts))]
    public void A_host_says_what_its_facts_say(string release, string tools, PackageManager manager)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("cfg-choice-");
        try
        {
            var file = Path.Combine(directory.FullName, "os-release");
            System.IO.File.WriteAllText(file, release);
            foreach (var tool in tools.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var path = Path.Combine(directory.FullName, tool);
                System.IO.File.WriteAllText(path, "");
                System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var script = PackageChoice.Script.Replace("/etc/os-release /usr/lib/os-release", file, StringComparison.Ordinal);
            ProcessStartInfo start = new("/bin/sh", ["-c", $"PATH={directory.FullName}\n{script}echo \"$cfg_manager\""])
            {
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start");
            var said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();

            var expected = manager is PackageManager.None ? "" : manager.ToString().ToLowerInvariant();
            Assert.Equal(expected, said);
            Assert.Equal(manager, PackageChoice.Of(DistributionOf(release).Family, tools.Split(' ')));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    static Distribution DistributionOf(string release)
    {
        Dictionary<string, string> said = release
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"', '\''));
        return new()
        {
            Id = said.GetValueOrDefault("ID") ?? "linux",
            IdLike = (said.GetValueOrDefault("ID_LIKE") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }
}
