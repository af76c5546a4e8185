using System.Text.RegularExpressions;

namespace ConfigEngine.Ssh;

/// <summary>
/// The meaning of OpenSSH's and sudo's last messages, and what to do about them. The texts are theirs, in the C locale. A cause is
/// named only if there is evidence for it. If several are possible, the message shows the evidence, and the hint says where to
/// look.
/// </summary>
static partial class SshFailure
{
    /// <summary>
    /// Whether the connection was refused before sshd identified itself: too many at the same time (sshd_config(5), MaxStartups),
    /// as far as can be seen. Another attempt later may help.
    /// </summary>
    static bool IsTurnedAway(LastWords words) =>
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

    /// <summary>Why a session could not be opened.</summary>
    public static Failure Of(Host host, LastWords words)
    {
        var said = words.Said;
        var name = host.Address ?? host.Name;
        var login = host.User is { } user ? $"{user}@{name}" : name;
        var reached = words.Ssh?.Stage ?? LoginStage.Nothing;
        return said switch
        {
            _ when words.IsEndless => new(
                FailureKind.NoShell,
                $"the login of {login} prints without end, and no shell answers. It began with:\n  {Text.Excerpt(words.Stdout)}",
                Failures.Shell
            ),
            _ when AskedOf().Match(said) is { Success: true } asked => Asked(asked.Groups["prompt"].Value.Trim(), login),
            _ when Unresolved().Match(said) is { Success: true } match => Failures.Unresolved(match.Groups[1].Value),
            _ when Has(said, "marked as revoked") => Failures.KeyRevoked(Whose(words, "marked as revoked")),
            _ when Has(said, "remote host identification has changed") => Failures.KeyChanged(
                Whose(words, "remote host identification has changed")
            ),
            _ when Has(said, "host key verification failed") || Has(said, "host key is known for") => Failures.KeyUnknown(
                Whose(words, "host key verification failed"),
                login
            ),
            _ when Forwarding().Match(said) is { Success: true } match => Failures.NotForwarded(name, match.Groups["why"].Value),
            _ when Connecting().Match(said) is { Success: true } match => NotConnected(
                match.Groups["host"].Value,
                match.Groups["port"].Value,
                match.Groups["why"].Value
            ),
            _ when NothingInCommon().Match(said) is { Success: true } match => Failures.NoAlgorithm(
                name,
                match.Groups["what"].Value,
                match.Groups["offer"].Value
            ),
            _ when Has(said, "too many authentication failures") => Failures.TooManyKeys(login),
            _ when reached < LoginStage.Account && Denied().Match(said) is { Success: true } match => Failures.Denied(
                match.Groups["login"].Value is { Length: > 0 } whose ? whose : login,
                match.Groups["tried"].Value,
                $"Try ssh {login}; cfg uses the same keys, agent and configuration"
                    + (host.Password is null ? ". For a password, use --ask-password." : ", and the password that was given.")
            ),
            _ when Has(said, "bad configuration option") || Has(said, "terminating,") || Has(said, "command-line line 0:") => new(
                FailureKind.Settings,
                $"ssh does not accept its configuration: {said}"
            ),
            _ when IsSomethingElse(words) => Failures.NotSshd(name, words.Ssh?.Before is [var first, ..] ? first : null),
            _ when IsFull(words) => Failures.Full,
            _ when IsTurnedAway(words) => Failures.TurnedAway(name),
            _ when reached < LoginStage.Account && Has(said, "timed out during banner exchange") => Failures.Silent(name),
            _ when Has(said, "not responding") => new(
                FailureKind.Ended,
                $"the connection to {name} went silent after the login",
                "Is the network all right, and was the host stopped or restarted?"
            ),
            _ when reached is LoginStage.Sshd && Has(said, "timed out") => Failures.SilentAfterGreeting(
                name,
                $"ssh -v {login} shows how far it comes. "
            ),
            _ when reached is LoginStage.Login && Has(said, "timed out") => Failures.SilentLogin(name, login),
            _ when Has(said, "timed out") => new(
                FailureKind.NotReached,
                $"no answer from {name} in time",
                "Is the host up, and does a firewall drop the connection?"
            ),
            _ when Sudo(host, login, words.Stderr) is { } sudo => sudo,
            _ when Has(words.Stderr, "sh: not found") || Has(words.Stderr, "sh: command not found") || words.Exit is 127 => new(
                FailureKind.NoShell,
                "there is no sh to talk to"
            ),
            _ when NotYet().IsMatch(words.Stderr) => Failures.NotReady(words.Stderr),
            _ when reached is LoginStage.Sshd => Failures.EndedBeforeLogin(
                name,
                words.Reason,
                $"ssh -v {login} shows how far it comes, and sshd's own log there says why."
            ),
            _ when reached is LoginStage.Login || (words.Ssh is null && Closed().IsMatch(said)) => Failures.EndedDuringLogin(
                name,
                login,
                words.Stderr.Length > 0 ? words.Printed : ""
            ),
            _ when reached is LoginStage.Account
                    && words.Exit is 255 or null
                    && words.Silence is null
                    && (words.Ssh?.Said.Count > 0 || Has(words.Stderr, "closed by remote host")) => new(
                FailureKind.Ended,
                $"the connection to {name} was lost right after the login: {words.Reason}"
            ),
            _ when words.Silence is { } silence => new(
                FailureKind.NoShell,
                $"no shell answered within {silence.TotalSeconds:0.#} s" + After(words, reached, name),
                reached is LoginStage.Account || words.Ssh is null ? Failures.Shell : null
            ),
            _ when words.Exit is { } exit && (words.Ssh is null || reached is LoginStage.Account) => new(
                FailureKind.NoShell,
                $"{(words.Ssh is null ? "what should be a shell" : $"the login of {login}")} ended at once with exit code {exit}"
                    + Behind(words),
                Failures.Shell
            ),
            _ => new(FailureKind.Other, words.Reason),
        };
    }

    /// <summary>A question that only the user can answer.</summary>
    static Failure Asked(string prompt, string login) =>
        new(
            FailureKind.NotLoggedIn,
            $"ssh was asked \"{Text.Excerpt(prompt)}\", and the password that was given is for the login of {login} alone; nobody else "
                + $"was given it",
            "Let ssh log in to hosts on the way with a key. Of a question by keyboard-interactive authentication, ssh says whose it is "
                + "since OpenSSH 8.5."
        );

    static Failure NotConnected(string name, string port, string why) =>
        why switch
        {
            _ when Has(why, "refused") => Failures.Refused(name, port),
            _ when Has(why, "timed out") => Failures.NoAnswer(name, port),
            _ when Has(why, "no route") || Has(why, "unreachable") => Failures.NoRoute(name, why),
            _ => new(FailureKind.NotReached, $"{name} cannot be reached at port {port}: {why}"),
        };

    /// <summary>sudo's refusal, in its own words.</summary>
    static Failure? Sudo(Host host, string login, string said) =>
        said switch
        {
            _ when Has(said, "a password is required") || Has(said, "a terminal is required") => Refusal(
                $"sudo wants a password for {login}",
                "Use --ask-become-password, or allow it without one in sudoers: NOPASSWD."
            ),
            _ when Has(said, "the password was not accepted") || Has(said, "incorrect password") => Refusal(
                $"sudo did not accept the password of {login}",
                null
            ),
            _ when Has(said, "is not in the sudoers file") || Has(said, "is not allowed to execute") || Has(said, "may not run sudo") =>
                Refusal(
                    $"{login} may not use sudo to become {host.Become?.User ?? "root"}",
                    "Allow it in sudoers, or log in as another user."
                ),
            _ when Has(said, "you must have a tty") => Refusal(
                "sudo there wants a terminal (requiretty in sudoers)",
                "Take requiretty away for this user: Defaults:USER !requiretty."
            ),
            _ when Has(said, "unknown user") => Refusal($"there is no user {host.Become?.User} there to become", null),
            _ when Has(said, "sudo: not found") || Has(said, "sudo: command not found") => Refusal(
                "sudo is not installed there",
                "Log in as root, or install sudo."
            ),
            _ => null,
        };

    static Failure Refusal(string reason, string? next) => new(FailureKind.NotBecome, reason, next);

    /// <summary>
    /// The owner of a key: null for the host itself, if the ssh process that reaches it says so; a jump host, if only another ssh
    /// process does.
    /// </summary>
    static string? Whose(LastWords words, string sentence) =>
        words.Ssh is { } own && !own.Said.Any(line => Has(line, sentence)) ? "on the way to it, a jump host's" : null;

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

    [GeneratedRegex(@"no matching (?<what>.+?) found\. Their offer: (?<offer>\S+)")]
    private static partial Regex NothingInCommon();

    [GeneratedRegex(@"^(?:(?<login>\S+@\S+): )?Permission denied \((?<tried>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"(kex|ssh)_exchange_identification|Exceeded MaxStartups|banner exchange: Connection .*(reset|closed|broken pipe)",
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
