using System.Diagnostics;
using ConfigEngine.Local;
using ConfigEngine.Ssh.Native;

namespace ConfigEngine.Tests;

/// <summary>ssh_config as it is read without an ssh: where there is one, both say the same.</summary>
public sealed class HostSettingsTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-ssh-config-");

    public static TheoryData<string> Configs =>
        [
            "",
            "Host web1\n  HostName 203.0.113.1\n  User deploy\n  Port 2222\n",
            "User first\nUser second\nPort 23\n",
            "Host *.example.com\n User a\nHost web*\n User b\nHost *\n User c\n Port 24\n",
            "Host * !web1\n User other\nHost web1\n User mine\n",
            "host=web1\n  hostname = \"203.0.113.2\"\n\tPORT=25 # why\n",
            "Match host 203.0.113.*\n User early\nHost web1\n HostName 203.0.113.3\nMatch host 203.0.113.*\n User late\n",
            "Match originalhost web1 user root\n Port 26\nMatch !originalhost web1\n Port 27\nMatch all\n Port 28\n",
            "Host web1\n ProxyJump hop@bastion:2200,second\n HostKeyAlias the-web\n IdentitiesOnly yes\n",
            "Host web1\n ProxyJump none\nHost *\n ProxyJump bastion\n",
            "HostName %h.example.com\n",
            "IgnoreUnknown New*,Other\nNewThing yes\nPort 29\n",
            "Include DIR/more\nHost web1\n Include DIR/m*\nUser after\n",
            "Host other\n Include DIR/more\nHost web1\n User mine\n",
        ];

    [Theory]
    [MemberData(nameof(Configs))]
    public void Says_what_ssh_says(string config)
    {
        System.IO.File.WriteAllText(Path.Combine(directory.FullName, "more"), "Port 30\nHost web1\n User included\n");
        var file = Write(config);

        var settings = HostSettings.Of("web1", null, null, new() { SshConfig = file });

        if (Said(file) is not { } said)
            return;
        Assert.Equal(
            (said["hostname"].First(), said["user"].First(), said["port"].First()),
            (settings.Hostname, settings.User, $"{settings.Port}")
        );
        Assert.Equal(said["proxyjump"].FirstOrDefault() ?? "", string.Join(',', settings.Jumps));
        Assert.Equal(said["hostkeyalias"].FirstOrDefault(), settings.HostKeyAlias);
        Assert.Equal(said["identitiesonly"].First() is "yes", settings.IdentitiesOnly);
    }

    [Theory]
    [InlineData("Host *\n ProxyCommand nc %h %p\n", "ProxyCommand cannot be used here, because the way to the host is another program")]
    [InlineData("KnownHostsCommand /bin/keys\n", "KnownHostsCommand cannot be used here")]
    [InlineData("VerifyHostKeyDNS yes\n", "VerifyHostKeyDNS cannot be used here")]
    [InlineData("CanonicalizeHostname always\n", "CanonicalizeHostname cannot be used here")]
    [InlineData("PKCS11Provider /lib/token.so\n", "PKCS11Provider cannot be used here")]
    [InlineData("StrictHostKeyChecking no\n", "StrictHostKeyChecking no cannot be used here, because it trusts changed keys")]
    [InlineData("Match exec true\n User x\n", "Match exec cannot be decided here")]
    [InlineData("Hots web1\n", "config:1: Hots is not a directive of ssh_config(5)")]
    [InlineData("\nPort ninety\n", "config:2: ninety is not a port")]
    [InlineData("User\n", "config:1: User has no value")]
    [InlineData("User \"x\n", "config:1: a quote is not closed")]
    [InlineData("IdentityFile %Z\n", "config:1: IdentityFile: %Z is not known here")]
    [InlineData("UserKnownHostsFile ${CFG_NO_SUCH}/x\n", "there is no environment variable CFG_NO_SUCH")]
    [InlineData("IdentitiesOnly maybe\n", "config:1: IdentitiesOnly is yes or no, not maybe")]
    public void Refuses_by_name_what_it_cannot_do(string config, string problem)
    {
        var file = Write(config);

        var error = Assert.Throws<SettingsException>(() => HostSettings.Of("web1", null, null, new() { SshConfig = file }));

        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host other\n ProxyCommand nc %h %p\n")]
    [InlineData("ProxyCommand none\nVerifyHostKeyDNS no\nRevokedHostKeys none\n")]
    [InlineData("ProxyJump bastion\nProxyCommand nc %h %p\n")]
    [InlineData("Match originalhost other exec true\n User x\n")]
    public void Refuses_nothing_that_does_not_apply(string config) =>
        Assert.Equal("web1", HostSettings.Of("web1", null, null, new() { SshConfig = Write(config) }).Hostname);

    [Fact]
    public void A_file_that_includes_itself_is_told()
    {
        var file = Write("");
        System.IO.File.WriteAllText(file, $"Include {file}\n");

        Assert.Contains(
            "Include leads in a circle",
            Assert.Throws<SettingsException>(() => HostSettings.Of("web1", null, null, new() { SshConfig = file })).Problem,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("web1", null, "web1", null)]
    [InlineData("me@web1:2200", "me", "web1", 2200)]
    [InlineData("a@b@web1", "a@b", "web1", null)]
    [InlineData("[2001:db8::1]:22", null, "2001:db8::1", 22)]
    [InlineData("2001:db8::1", null, "2001:db8::1", null)]
    [InlineData("ssh://me@web1:2200/", "me", "web1", 2200)]
    public void A_host_on_the_way_has_a_user_a_name_and_a_port(string text, string? user, string address, int? port) =>
        Assert.Equal((user, address, port), Destination.Read(text));

    string Write(string config)
    {
        var file = Path.Combine(directory.FullName, "config");
        System.IO.File.WriteAllText(file, config.Replace("DIR", directory.FullName, StringComparison.Ordinal));
        return file;
    }

    /// <summary>What <c>ssh -G</c> says; null where there is no ssh.</summary>
    static ILookup<string, string>? Said(string file)
    {
        try
        {
            using var ssh =
                Process.Start(new ProcessStartInfo("ssh", ["-G", "-F", file, "web1"]) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException();
            return ssh
                .StandardOutput.ReadToEnd()
                .Split('\n')
                .Select(line => line.Split(' ', 2))
                .Where(words => words.Length == 2)
                .ToLookup(words => words[0], words => words[1]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Dispose() => directory.Delete(recursive: true);
}
