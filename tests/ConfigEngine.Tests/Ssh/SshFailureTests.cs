using ConfigEngine.Ssh;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests;

/// <summary>OpenSSH's and sudo's own words, and what a user is told: causes that were seen, and no others.</summary>
public sealed class SshFailureTests
{
    const string Port = "debug1: Connection established.\n";
    const string Sshd =
        Port + "debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1\ndebug1: SSH2_MSG_KEXINIT sent\n";
    const string Login = Sshd + "debug1: SSH2_MSG_NEWKEYS received\n";
    const string Account = Login + "Authenticated to web1 ([203.0.113.1]:22) using \"publickey\".\n";

    /// <summary>What was seen: the log of ssh where there is one, standard error, standard output, the exit code.</summary>
    static readonly (string Seen, LastWords Words)[] Ends =
    [
        Ssh("a name that nobody knows", "ssh: Could not resolve hostname web1: Name or service not known\n"),
        Ssh(
            "a jump host's name that nobody knows",
            "kex_exchange_identification: Connection closed by remote host\n",
            "ssh: Could not resolve hostname bastion: Name or service not known"
        ),
        Ssh("refused", "ssh: connect to host web1 port 22: Connection refused\n"),
        Ssh(
            "a jump host that cannot go on",
            "kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535\n",
            "channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed"
        ),
        Ssh("dropped packets", "ssh: connect to host web1 port 22: Connection timed out\n"),
        Ssh("no route", "ssh: connect to host web1 port 22: No route to host\n"),
        Ssh("no network", "ssh: connect to host web1 port 22: Network is unreachable\n"),
        Ssh(
            "another key",
            Sshd + "@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.\n"
        ),
        Ssh(
            "another key of a jump host",
            "kex_exchange_identification: Connection closed by remote host\n",
            "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed."
        ),
        Ssh(
            "an unknown key",
            Sshd + "No ED25519 host key is known for web1 and you have requested strict checking.\nHost key verification failed.\n"
        ),
        Ssh(
            "a revoked key",
            Sshd
                + "@       WARNING: REVOKED HOST KEY DETECTED!               @\nThe ED25519 host key for web1 is marked as revoked.\n"
                + "Host key verification failed.\n"
        ),
        Ssh("no login", Login + "deploy@web1: Permission denied (publickey,password).\n"),
        Ssh(
            "no login, beside a banner that speaks of permission",
            Login + "deploy@web1: Permission denied (publickey).\n",
            "Authorized users only: all others get permission denied (and timed out)"
        ),
        Ssh(
            "no login at a jump host",
            "kex_exchange_identification: Connection closed by remote host\n",
            "hop@bastion: Permission denied (publickey)."
        ),
        Ssh("too many keys", Login + "Received disconnect from 203.0.113.1 port 22:2: Too many authentication failures\n"),
        Ssh(
            "somebody else asks for the password",
            "kex_exchange_identification: Connection closed by remote host\n",
            "cfg-askpass: hop@bastion's password: \nhop@bastion: Permission denied (password)."
        ),
        Ssh(
            "closed before a word",
            Port + "kex_exchange_identification: Connection closed by remote host\nConnection closed by 203.0.113.1 port 22\n"
        ),
        Ssh(
            "reset before a word",
            Port + "kex_exchange_identification: read: Connection reset by peer\nConnection reset by 203.0.113.1 port 22\n"
        ),
        Ssh(
            "a jump host that closes while ssh greets",
            "debug1: kex_exchange_identification: write: Broken pipe\nbanner exchange: Connection to UNKNOWN port 65535: Broken pipe\n"
        ),
        Ssh(
            "a jump host that turns the login away while ssh greets",
            "debug1: kex_exchange_identification: write: Broken pipe\nbanner exchange: Connection to UNKNOWN port 65535: Broken pipe\n",
            "kex_exchange_identification: read: Connection reset by peer\nConnection reset by 203.0.113.1 port 22"
        ),
        Ssh(
            "a web server, as told before OpenSSH 8.0",
            Port
                + "debug1: ssh_exchange_identification: HTTP/1.1 400 Bad Request\nssh_exchange_identification: "
                + "Connection closed by remote host\n"
        ),
        Ssh(
            "MaxStartups",
            Port
                + "debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups\nkex_exchange_identification: Connection "
                + "closed by remote host\n"
        ),
        Ssh(
            "a web server",
            Port
                + "debug1: kex_exchange_identification: banner line 0: HTTP/1.1 400 Bad Request\ndebug1: kex_exchange_identification: "
                + "banner line 1: Server: x\nkex_exchange_identification: Connection closed by remote host\n"
        ),
        Ssh(
            "noise",
            Port
                + "kex_exchange_identification: banner line too long\nbanner exchange: Connection to 203.0.113.1 port 22: invalid format\n"
        ),
        Ssh("silence before a word", Port + "Connection timed out during banner exchange\nConnection to 203.0.113.1 port 22 timed out\n"),
        Ssh("a banner, and then silence", Sshd + "Connection to 203.0.113.1 port 22 timed out\n"),
        Ssh("a banner, and then an end", Sshd + "Connection reset by 203.0.113.1 port 22\n"),
        Ssh("a login that is not answered", Login + "Connection to 203.0.113.1 port 22 timed out\n"),
        Ssh("an end during the login", Login + "Connection closed by 203.0.113.1 port 22\n"),
        Ssh(
            "an end during the login, with words",
            Login + "Connection closed by 203.0.113.1 port 22\n",
            "closed for maintenance until noon"
        ),
        Ssh(
            "a host that boots",
            Login + "Connection closed by 203.0.113.1 port 22\n",
            "\"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later. For technical details, "
                + "see pam_nologin(8).\""
        ),
        Ssh("a black hole after the login", Account + "Timeout, server web1 not responding.\n"),
        Ssh("cut after the login", Account + "client_loop: send disconnect: Broken pipe\n"),
        Ssh("a login without a shell", Account, stdout: "This account is currently not available.", exit: 1),
        Ssh("a forced command", Account, stdout: "this key is for backups only", exit: 0),
        Ssh("an end without a word", Account, exit: 0),
        ("no shell in time", Ssh("", Account, stdout: "Press any key", exit: null).Words with { Silence = TimeSpan.FromSeconds(45) }),
        ("prints without end", Ssh("", Account, stdout: "yes yes yes", exit: null).Words with { IsEndless = true }),
        Ssh("no sh", Account, "sh: 1: exec: sh: not found", exit: 127),
        Ssh("sudo wants a password", Account, "sudo: a password is required", exit: 1),
        Ssh("no sudoer", Account, "deploy is not in the sudoers file.  This incident will be reported.", exit: 1),
        Ssh("not to a shell", Account, "Sorry, user deploy is not allowed to execute '/usr/bin/sh' as root on web1.", exit: 1),
        Ssh("a terminal is wanted", Account, "sudo: sorry, you must have a tty to run sudo", exit: 1),
        Ssh("no sudo", Account, "sh: 1: exec: sudo: not found", exit: 127),
        Ssh("nobody to become", Account, "sudo: unknown user root", exit: 1),
        Ssh(
            "a configuration with an error",
            "",
            "/etc/ssh/ssh_config: line 3: Bad configuration option: foo\n/etc/ssh/ssh_config: terminating, 1 bad configuration options"
        ),
        Ssh("nothing at all", ""),
        ("another transport that fails", new("Error response from daemon: No such container: box") { Exit = 1 }),
    ];

    [Fact]
    public void Every_failure_says_what_and_what_next()
    {
        Host host = new("web1") { User = "deploy", Become = Become.Sudo };
        Snapshot.Verify(string.Join("\n\n", Ends.Select(end => $"{end.Seen}\n=> {SshFailure.Of(host, end.Words).For(host).Message}")));
    }

    [Fact]
    public void Only_what_ended_before_sshd_said_a_word_is_tried_again() =>
        Assert.Equal(
            [
                "closed before a word",
                "reset before a word",
                "a jump host that closes while ssh greets",
                "a jump host that turns the login away while ssh greets",
                "MaxStartups",
            ],
            Ends.Where(end => SshFailure.Of(new("web1"), end.Words).IsTurnedAway).Select(end => end.Seen)
        );

    [Fact]
    public void Only_the_hosts_own_changed_key_makes_it_another_host() =>
        Assert.Equal(
            ["another key"],
            Ends.Where(end => SshFailure.Of(new("web1"), end.Words).For(new("web1")).IsAnotherHost).Select(end => end.Seen)
        );

    [Fact]
    public void Only_a_host_that_says_so_or_is_slow_is_busy() =>
        Assert.Equal(
            ["MaxStartups", "silence before a word"],
            Ends.Where(end => SshFailure.Of(new("web1"), end.Words).For(new("web1")).IsBusy).Select(end => end.Seen)
        );

    [Fact]
    public void A_banner_is_no_cause() =>
        Assert.DoesNotContain(
            "timed out",
            SshFailure.Of(new("web1"), Ends.First(end => end.Seen.StartsWith("no login, beside", StringComparison.Ordinal)).Words).Reason,
            StringComparison.Ordinal
        );

    static (string Seen, LastWords Words) Ssh(string seen, string log, string stderr = "", string stdout = "", int? exit = 255) =>
        (
            seen,
            new(stderr)
            {
                Ssh = SshLog.Of(log),
                Stdout = stdout,
                Exit = exit,
            }
        );
}
