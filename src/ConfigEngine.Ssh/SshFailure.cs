using System.Text.RegularExpressions;

namespace ConfigEngine.Ssh;

/// <summary>
/// The meaning of OpenSSH's and sudo's last messages, and what to do about them. The texts are theirs, in the C locale. A cause is
/// named only if there is evidence for it. If several are possible, the message shows the evidence, and the hint says where to
/// look.
/// </summary>
static partial class SshFailure
{
    const string Shell =
        "The login must lead to a shell that reads its standard input: look at the account's shell, at what its profile runs, and at "
        + "command= in authorized_keys or ForceCommand.";

    /// <summary>
    /// Whether the connection was refused before sshd identified itself: too many at the same time (sshd_config(5), MaxStartups),
    /// as far as can be seen. Another attempt later may help.
    /// </summary>
    public static bool IsTurnedAway(LastWords words) =>
        !IsSomethingElse(words)
        && words.Ssh switch
        {
            null => TurnedAway().IsMatch(words.Said),
            { Stage: > LoginStage.Port } => false,
            { Stage: LoginStage.Port } own => own.Said.Any(TurnedAway().IsMatch),
            // Another process makes the connection, and prints why that failed, or prints nothing.
            var own => TurnedAway().IsMatch(words.Stderr.Length > 0 ? words.Stderr : string.Join('\n', own.Said)),
        };

    /// <summary>
    /// Whether the answer did not come from an sshd: it began with other text, and that was not sshd's own refusal.
    /// </summary>
    static bool IsSomethingElse(LastWords words) =>
        words.Ssh is { Stage: <= LoginStage.Port, Before: [var first, ..] }
            && !first.StartsWith("Exceeded MaxStartups", StringComparison.Ordinal)
        || NotSsh().IsMatch(words.Said);

    /// <summary>Whether sshd itself reported too many logins at the same time; before 8.3 it reported nothing.</summary>
    static bool IsFull(LastWords words) =>
        Has(words.Said, "exceeded maxstartups") || words.Ssh?.Before.Any(line => Has(line, "exceeded maxstartups")) == true;

    /// <summary>The error for a session that could not be opened.</summary>
    public static HostUnreachableException Explain(Host host, LastWords words)
    {
        var said = words.Said;
        var (reason, next) = Cause(host, words, said);
        return new(host.Name, reason, next)
        {
            // If only other output mentions a changed key, it is the key of a jump host.
            IsAnotherHost = Has(words.Ssh is null ? said : string.Join('\n', words.Ssh.Said), "remote host identification has changed"),
            IsBusy = Has(said, "timed out during banner exchange") || IsFull(words),
        };
    }

    static (string Reason, string? Next) Cause(Host host, LastWords words, string said)
    {
        var name = host.Address ?? host.Name;
        var login = host.User is { } user ? $"{user}@{name}" : name;
        var reached = words.Ssh?.Stage ?? LoginStage.Nothing;
        return said switch
        {
            _ when words.IsEndless => (
                $"the login of {login} prints without end, and no shell answers. It began with:\n  {Text.Excerpt(words.Stdout)}",
                Shell
            ),
            _ when AskedOf().Match(said) is { Success: true } asked => Asked(asked.Groups["prompt"].Value.Trim(), login),
            _ when Unresolved().Match(said) is { Success: true } match => (
                $"cannot resolve the name {match.Groups[1].Value}",
                "Check the name, or set the host's Address in the inventory or its HostName in ssh's configuration."
            ),
            _ when Has(said, "remote host identification has changed") => (
                $"{Whose(words, "remote host identification has changed")} host key is not the one that is known",
                "Either the host was reinstalled, or someone is in between. When you know that it is the first, remove the old key with "
                    + "ssh-keygen -R and connect once with ssh."
            ),
            _ when Has(said, "host key verification failed") || Has(said, "host key is known for") => (
                $"{Whose(words, "host key verification failed")} host key is not known here",
                $"Connect once with ssh {login} and compare the fingerprint, or accept keys of hosts never seen before with "
                    + $"--accept-new-host-keys."
            ),
            _ when Forwarding().Match(said) is { Success: true } match => (
                $"a host on the way could not connect to {name}: {match.Groups["why"].Value}",
                "Is the host up, is its port right, and may the host on the way forward connections to it?"
            ),
            _ when Connecting().Match(said) is { Success: true } match => NotConnected(
                match.Groups["host"].Value,
                match.Groups["port"].Value,
                match.Groups["why"].Value
            ),
            _ when Has(said, "too many authentication failures") => (
                $"{login} offered more keys than the host accepts",
                "Say which key in ssh's configuration: IdentityFile and IdentitiesOnly yes."
            ),
            _ when reached < LoginStage.Account && Denied().Match(said) is { Success: true } match => (
                $"{(match.Groups["login"].Value is { Length: > 0 } whose ? whose : login)} could not log in (tried: "
                    + $"{match.Groups["tried"].Value})",
                $"Try ssh {login}; cfg uses the same keys, agent and configuration"
                    + (host.Password is null ? ". For a password, use --ask-password." : ", and the password that was given.")
            ),
            _ when Has(said, "bad configuration option") || Has(said, "terminating,") || Has(said, "command-line line 0:") => (
                $"ssh does not accept its configuration: {said}",
                null
            ),
            _ when IsSomethingElse(words) => (
                $"what answers at {name} is not sshd"
                    + (
                        words.Ssh?.Before is [var first, ..]
                            ? $": it said \"{Text.Excerpt(first)}\""
                            : ": what it said is not a greeting of ssh"
                    ),
                "Is the port right?"
            ),
            _ when IsFull(words) => (
                "sshd turned the connection away: too many are logging in at once (MaxStartups)",
                "Use a smaller --parallel, or raise MaxStartups there."
            ),
            _ when IsTurnedAway(words) => (
                $"{name} closed the connection before it said anything",
                "sshd does so when too many log in at once (use a smaller --parallel, or raise MaxStartups there), a firewall or proxy "
                    + "when it has its reasons, and a host while it starts or shuts down."
            ),
            _ when reached < LoginStage.Account && Has(said, "timed out during banner exchange") => (
                $"{name} accepted the connection, and then said nothing",
                "Is the host overloaded, and is it sshd that listens there?"
            ),
            _ when Has(said, "not responding") => (
                $"the connection to {name} went silent after the login",
                "Is the network all right, and was the host stopped or restarted?"
            ),
            _ when reached is LoginStage.Sshd && Has(said, "timed out") => (
                $"sshd at {name} said who it is, and then nothing more",
                $"ssh -v {login} shows how far it comes. Is the host overloaded, or does something on the way drop large packets?"
            ),
            _ when reached is LoginStage.Login && Has(said, "timed out") => (
                $"sshd at {name} did not answer the login of {login} in time",
                "It may wait for its own name service or PAM: its log says for what."
            ),
            _ when Has(said, "timed out") => (
                $"no answer from {name} in time",
                "Is the host up, and does a firewall drop the connection?"
            ),
            _ when Sudo(host, login, words.Stderr) is { } sudo => sudo,
            _ when Has(words.Stderr, "sh: not found") || Has(words.Stderr, "sh: command not found") || words.Exit is 127 => (
                "there is no sh to talk to",
                null
            ),
            _ when NotYet().IsMatch(words.Stderr) => (
                $"it is not ready for logins yet: {Text.Sentence(words.Stderr)}",
                "It is starting or shutting down."
            ),
            _ when reached is LoginStage.Sshd => (
                $"sshd at {name} ended the connection before the login: {words.Reason}",
                $"ssh -v {login} shows how far it comes, and sshd's own log there says why."
            ),
            _ when reached is LoginStage.Login || (words.Ssh is null && Closed().IsMatch(said)) => (
                $"sshd at {name} ended the connection during the login of {login}"
                    + (words.Stderr.Length > 0 ? $", and said:\n  {words.Printed.ReplaceLineEndings("\n  ")}" : ""),
                "Its own log says why. It does so while logins are closed (/run/nologin, while it starts or shuts down) and for an "
                    + "account that is locked or expired."
            ),
            _ when reached is LoginStage.Account
                    && words.Exit is 255
                    && (words.Ssh?.Said.Count > 0 || Has(words.Stderr, "closed by remote host")) => (
                $"the connection to {name} was lost right after the login: {words.Reason}",
                null
            ),
            _ when words.Silence is { } silence => (
                $"no shell answered within {silence.TotalSeconds:0.#} s" + After(words, reached, name),
                reached is LoginStage.Account || words.Ssh is null ? Shell : null
            ),
            _ when words.Exit is { } exit && (words.Ssh is null || reached is LoginStage.Account) => (
                $"{(words.Ssh is null ? "what should be a shell" : $"the login of {login}")} ended at once with exit code {exit}"
                    + Behind(words),
                Shell
            ),
            _ => (words.Reason, null),
        };
    }

    /// <summary>The error for a question that only the user can answer.</summary>
    static (string Reason, string? Next) Asked(string prompt, string login) =>
        (
            $"ssh was asked \"{Text.Excerpt(prompt)}\", and the password that was given is for the login of {login} alone; nobody else "
                + $"was given it",
            "Let ssh log in to hosts on the way with a key. Of a question by keyboard-interactive authentication, ssh says whose it is "
                + "since OpenSSH 8.5."
        );

    static (string Reason, string? Next) NotConnected(string name, string port, string why) =>
        why switch
        {
            _ when Has(why, "refused") => (
                $"{name} refused the connection at port {port}",
                "Is sshd running, is the port right, and does a firewall reject the connection?"
            ),
            _ when Has(why, "timed out") => (
                $"no answer from {name} at port {port} in time",
                "Is the host up, and does a firewall drop the connection?"
            ),
            _ when Has(why, "no route") || Has(why, "unreachable") => (
                $"there is no way to {name} from here ({why})",
                "Check the address and the route."
            ),
            _ => ($"{name} cannot be reached at port {port}: {why}", null),
        };

    /// <summary>sudo's refusal, in its own words.</summary>
    static (string Reason, string? Next)? Sudo(Host host, string login, string said) =>
        said switch
        {
            _ when Has(said, "a password is required") || Has(said, "a terminal is required") => (
                $"sudo wants a password for {login}",
                "Use --ask-become-password, or allow it without one in sudoers: NOPASSWD."
            ),
            _ when Has(said, "the password was not accepted") || Has(said, "incorrect password") => (
                $"sudo did not accept the password of {login}",
                null
            ),
            _ when Has(said, "is not in the sudoers file") || Has(said, "is not allowed to execute") || Has(said, "may not run sudo") => (
                $"{login} may not use sudo to become {host.Become?.User ?? "root"}",
                "Allow it in sudoers, or log in as another user."
            ),
            _ when Has(said, "you must have a tty") => (
                "sudo there wants a terminal (requiretty in sudoers)",
                "Take requiretty away for this user: Defaults:USER !requiretty."
            ),
            _ when Has(said, "unknown user") => ($"there is no user {host.Become?.User} there to become", null),
            _ when Has(said, "sudo: not found") || Has(said, "sudo: command not found") => (
                "sudo is not installed there",
                "Log in as root, or install sudo."
            ),
            _ => null,
        };

    /// <summary>
    /// The owner of a key: the host itself, if the ssh process that reaches it says so; a jump host, if only another ssh process
    /// does.
    /// </summary>
    static string Whose(LastWords words, string sentence) =>
        words.Ssh is { } own && !own.Said.Any(line => Has(line, sentence)) ? "on the way to it, a jump host's" : "its";

    static string After(LastWords words, LoginStage reached, string name) =>
        reached switch
        {
            LoginStage.Sshd => $"; sshd at {name} said who it is, and then nothing more",
            LoginStage.Login => "; the login was begun, and not answered",
            _ => Behind(words),
        };

    static string Behind(LastWords words) =>
        words.Printed is { Length: > 0 } printed
            ? $", and it printed:\n  {printed.ReplaceLineEndings("\n  ")}"
            : ", and it printed nothing";

    static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^cfg-askpass: (?<prompt>[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex AskedOf();

    [GeneratedRegex(@"could not resolve hostname (\S+?):", RegexOptions.IgnoreCase)]
    private static partial Regex Unresolved();

    [GeneratedRegex(@"\bopen failed: (?:connect failed: )?(?<why>[^\r\n]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Forwarding();

    [GeneratedRegex(@"connect to host (?<host>\S+) port (?<port>\d+): (?<why>[^\r\n]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Connecting();

    [GeneratedRegex(@"^(?:(?<login>\S+@\S+): )?Permission denied \((?<tried>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"(kex|ssh)_exchange_identification|Exceeded MaxStartups|banner exchange: Connection .*(reset|closed)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TurnedAway();

    [GeneratedRegex(
        @"banner line (too long|contains invalid)|banner exchange: Connection to .*: invalid format|no SSH identification string",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NotSsh();

    [GeneratedRegex(@"system is booting up|system is going down|not permitted to log in|pam_nologin", RegexOptions.IgnoreCase)]
    private static partial Regex NotYet();

    [GeneratedRegex(@"^Connection (reset|closed) by \S+ port \d+\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Closed();
}
