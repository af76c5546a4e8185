using ConfigEngine.Ssh;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests;

/// <summary>OpenSSH's and sudo's own words, and what a user is told.</summary>
public sealed class SshFailureTests
{
    static readonly string[] Said =
    [
        "ssh: Could not resolve hostname web1: Name or service not known",
        "ssh: connect to host web1 port 22: Connection refused",
        "ssh: connect to host web1 port 22: Connection timed out",
        "ssh: connect to host web1 port 22: No route to host",
        "ssh: connect to host web1 port 22: Network is unreachable",
        "@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
        "No ED25519 host key is known for web1 and you have requested strict checking.\nHost key verification failed.",
        "deploy@web1: Permission denied (publickey,password).",
        "Received disconnect from 203.0.113.1 port 22:2: Too many authentication failures",
        "kex_exchange_identification: Connection closed by remote host",
        "kex_exchange_identification: read: Connection reset by peer",
        "sudo: a password is required",
        "deploy is not in the sudoers file.  This incident will be reported.",
        "Sorry, user deploy is not allowed to execute '/usr/bin/sh' as root on web1.",
        "sudo: sorry, you must have a tty to run sudo",
        "sh: 1: exec: sudo: not found",
        "sudo: unknown user root",
        "\"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later. For technical details, see pam_nologin(8).\"",
        "/etc/ssh/ssh_config: line 3: Bad configuration option: foo\n/etc/ssh/ssh_config: terminating, 1 bad configuration options",
        "Connection closed by 203.0.113.1 port 22",
        "its process ended with exit code 255",
        "something that nobody has seen before",
    ];

    [Fact]
    public void Every_failure_says_what_and_what_next()
    {
        Host host = new("web1") { User = "deploy", Become = Become.Sudo };
        Snapshot.Verify(string.Join("\n\n", Said.Select(said => $"{said}\n=> {SshFailure.Explain(host, said).Message}")));
    }

    [Fact]
    public void Being_turned_away_before_the_banner_is_throttling_and_nothing_else_is() =>
        Assert.Equal(Said.Where(said => said.StartsWith("kex_exchange", StringComparison.Ordinal)), Said.Where(SshFailure.IsThrottled));
}
