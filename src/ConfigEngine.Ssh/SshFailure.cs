using System.Text.RegularExpressions;

namespace ConfigEngine.Ssh;

/// <summary>
/// What OpenSSH's and sudo's last words mean, and what to do about them. The sentences are theirs, in the C locale.
/// </summary>
static partial class SshFailure
{
    /// <summary>Whether sshd turned the connection away before it said who it is: too many at once (sshd_config(5), MaxStartups).</summary>
    public static bool IsThrottled(string said) => Throttled().IsMatch(said);

    /// <summary>The error for a session that did not come to be.</summary>
    public static HostUnreachableException Explain(Host host, string said)
    {
        var name = host.Address ?? host.Name;
        var login = host.User is { } user ? $"{user}@{name}" : name;
        var (reason, next) = said switch
        {
            _ when Has("could not resolve hostname") => ($"the name {name} could not be resolved", "Check the name, or say the host's Address in the inventory or its HostName in ssh's configuration."),
            _ when Has("remote host identification has changed") => ("its host key is not the one that is known", "Either the host was reinstalled, or someone is in between. When you know that it is the first, remove the old key with ssh-keygen -R and connect once with ssh."),
            _ when Has("host key verification failed") || Has("host key is known for") => ("its host key is not known here", $"Connect once with ssh {login} and compare the fingerprint, or accept keys of hosts never seen before with --accept-new-host-keys."),
            _ when Has("connection refused") => ($"{name} refused the connection: nothing listens on that port", "Is sshd running, and is the port right?"),
            _ when Has("timed out") => ($"no answer from {name} in time", "Is the host up, and does a firewall drop the connection?"),
            _ when Has("no route to host") || Has("network is unreachable") => ($"there is no way to {name} from here", "Check the address and the route."),
            _ when Has("too many authentication failures") => ($"{login} offered more keys than the host accepts", "Say which key in ssh's configuration: IdentityFile and IdentitiesOnly yes."),
            _ when Has("permission denied") => ($"{login} could not log in ({Methods(said)})", $"Try ssh {login}; cfg uses the same keys, agent and configuration" + (host.Password is null ? ". For a password, use --ask-password." : ", and the password that was given.")),
            _ when Throttled().IsMatch(said) => ("sshd throttled us: it turns connections away while too many are logging in", "Use a smaller --parallel, or raise MaxStartups there; while the host starts or shuts down, it passes."),
            _ when Has("a password is required") || Has("a terminal is required") => ($"sudo wants a password for {login}", "Use --ask-become-password, or allow it without one in sudoers: NOPASSWD."),
            _ when Has("the password was not accepted") || Has("incorrect password") => ($"sudo did not accept the password of {login}", null),
            _ when Has("is not in the sudoers file") || Has("is not allowed to execute") || Has("may not run sudo") => ($"{login} may not use sudo to become {host.Become?.User ?? "root"}", "Allow it in sudoers, or log in as another user."),
            _ when Has("you must have a tty") => ("sudo there wants a terminal (requiretty in sudoers)", "Take requiretty away for this user: Defaults:USER !requiretty."),
            _ when Has("unknown user") => ($"there is no user {host.Become?.User} there to become", null),
            _ when Has("sudo: not found") || Has("sudo: command not found") => ("sudo is not installed there", "Log in as root, or install sudo."),
            _ when Has("sh: not found") || Has("sh: command not found") || Has("exit code 127") => ("there is no sh to talk to", null),
            _ when Has("nologin") || Has("system is booting up") || Has("not permitted to log in yet") => ("it is not ready for logins yet", "It is starting or shutting down."),
            _ when TurnedAway().IsMatch(said) || Has("ended with exit code 255") => ($"it closed the connection of {login} after the login", "Logins may be closed there for now (/run/nologin, while it starts or shuts down), or the account is locked or expired."),
            _ when Has("bad configuration option") || Has("terminating,") => ($"ssh does not accept its configuration: {said}", null),
            _ => (said, null),
        };
        return new(host.Name, reason, next)
        {
            IsAnotherHost = Has("remote host identification has changed"),
            IsBusy = Has("timed out during banner exchange") || Has("exceeded maxstartups"),
        };

        bool Has(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    static string Methods(string said) => MethodList().Match(said) is { Success: true } match ? $"tried: {match.Groups[1].Value}" : "permission denied";

    [GeneratedRegex(@"kex_exchange_identification|Exceeded MaxStartups|banner exchange: Connection .*(reset|closed)", RegexOptions.IgnoreCase)]
    private static partial Regex Throttled();

    // Behind the key exchange there is no line that begins with kex_exchange_identification: what closes then is PAM, and at
    // LogLevel=ERROR ssh says nothing of it.
    [GeneratedRegex(@"^Connection (reset|closed) by \S+ port \d+\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex TurnedAway();

    [GeneratedRegex(@"Permission denied \(([^)]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex MethodList();
}
