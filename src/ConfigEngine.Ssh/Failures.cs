namespace ConfigEngine.Ssh;

/// <summary>The words for failures that every transport can find.</summary>
static class Failures
{
    /// <summary>A login that leads to no shell.</summary>
    public const string Shell =
        "The login must lead to a shell that reads its standard input: look at the account's shell, at what its profile runs, and at "
        + "command= in authorized_keys or ForceCommand.";

    /// <summary>Nobody knows the name.</summary>
    public static Failure Unresolved(string name) =>
        new(
            FailureKind.NotReached,
            $"cannot resolve the name {name}",
            "Check the name, or set the host's Address in the inventory or its HostName in ssh's configuration."
        );

    /// <summary>The port refused the connection.</summary>
    public static Failure Refused(string name, string port) =>
        new(
            FailureKind.NotReached,
            $"{name} refused the connection at port {port}",
            "Is sshd running, is the port right, and does a firewall reject the connection?"
        );

    /// <summary>The port did not answer.</summary>
    public static Failure NoAnswer(string name, string port) =>
        new(
            FailureKind.NotReached,
            $"no answer from {name} at port {port} in time",
            "Is the host up, and does a firewall drop the connection?"
        );

    /// <summary>There is no route.</summary>
    public static Failure NoRoute(string name, string why) =>
        new(FailureKind.NotReached, $"there is no way to {name} from here ({why})", "Check the address and the route.");

    /// <summary>A host on the way could not go on.</summary>
    public static Failure NotForwarded(string name, string why) =>
        new(
            FailureKind.NotReached,
            $"a host on the way could not connect to {name}: {why}",
            "Is the host up, is its port right, and may the host on the way forward connections to it?"
        );

    /// <summary>The host has another key than the known one.</summary>
    /// <param name="whose">Whose key; null for the host's own.</param>
    public static Failure KeyChanged(string? whose) =>
        new(
            whose is null ? FailureKind.KeyChanged : FailureKind.KeyOnTheWay,
            $"{whose ?? "its"} host key is not the one that is known",
            "Either the host was reinstalled, or someone is in between. When you know that it is the first, remove the old key with "
                + "ssh-keygen -R and connect once with ssh."
        );

    /// <summary>The host's key is not known.</summary>
    /// <param name="whose">Whose key; null for the host's own.</param>
    /// <param name="login">The login.</param>
    /// <param name="lines">The key and the line for known_hosts, where they are known; empty otherwise.</param>
    public static Failure KeyUnknown(string? whose, string login, string lines = "") =>
        new(
            whose is null ? FailureKind.KeyUnknown : FailureKind.KeyOnTheWay,
            $"{whose ?? "its"} host key is not known here",
            $"Connect once with ssh {login} and compare the fingerprint, or accept keys of hosts never seen before with "
                + $"--accept-new-host-keys.{lines}"
        );

    /// <summary>The host's key is marked as revoked.</summary>
    /// <param name="whose">Whose key; null for the host's own.</param>
    public static Failure KeyRevoked(string? whose) =>
        new(
            whose is null ? FailureKind.KeyRevoked : FailureKind.KeyOnTheWay,
            $"{whose ?? "its"} host key is marked as revoked",
            "known_hosts has it as @revoked: others may have the key, too. Give the host a new key, and make that one known."
        );

    /// <summary>The host refused the login.</summary>
    /// <param name="login">The login.</param>
    /// <param name="tried">The methods that the host offers.</param>
    /// <param name="next">What to do about it.</param>
    public static Failure Denied(string login, string tried, string next) =>
        new(FailureKind.NotLoggedIn, $"{login} could not log in (tried: {tried})", next);

    /// <summary>The host ended the login after some keys.</summary>
    public static Failure TooManyKeys(string login) =>
        new(
            FailureKind.NotLoggedIn,
            $"{login} offered more keys than the host accepts",
            "Say which key in ssh's configuration: IdentityFile and IdentitiesOnly yes."
        );

    /// <summary>What answers is no sshd.</summary>
    /// <param name="name">The host's name.</param>
    /// <param name="said">What it said; null if that cannot be shown.</param>
    public static Failure NotSshd(string name, string? said) =>
        new(
            FailureKind.NotSshd,
            $"what answers at {name} is not sshd"
                + (said is null ? ": what it said is not a greeting of ssh" : $": it said \"{Text.Excerpt(said)}\""),
            "Is the port right?"
        );

    /// <summary>The host offers no algorithm that is allowed here.</summary>
    /// <param name="name">The host's name.</param>
    /// <param name="what">What for, in ssh's words.</param>
    /// <param name="offer">What the host offers, with commas between.</param>
    public static Failure NoAlgorithm(string name, string what, string offer) =>
        new(
            FailureKind.NoAlgorithm,
            $"sshd at {name} has only old algorithms for the {Purpose(what)}: {offer}",
            $"Update sshd there. If that cannot be, allow one for this host in ssh's configuration: {Option(what)} +{offer.Split(',')[0]}."
        );

    static string Purpose(string what) =>
        what switch
        {
            _ when what.Contains("host key", StringComparison.OrdinalIgnoreCase) => "host key",
            _ when what.Contains("key exchange", StringComparison.OrdinalIgnoreCase) => "key exchange",
            _ when what.Contains("MAC", StringComparison.Ordinal) => "integrity check",
            _ => "encryption",
        };

    static string Option(string what) =>
        Purpose(what) switch
        {
            "host key" => "HostKeyAlgorithms",
            "key exchange" => "KexAlgorithms",
            "integrity check" => "MACs",
            _ => "Ciphers",
        };

    /// <summary>sshd has too many logins at the same time, and says so.</summary>
    public static Failure Full { get; } =
        new(
            FailureKind.Full,
            "sshd turned the connection away: too many are logging in at once (MaxStartups)",
            "Use a smaller --parallel, or raise MaxStartups there."
        );

    /// <summary>It closed the connection at once.</summary>
    public static Failure TurnedAway(string name) =>
        new(
            FailureKind.TurnedAway,
            $"{name} closed the connection before it said anything",
            "sshd does so when too many log in at once (use a smaller --parallel, or raise MaxStartups there), a firewall or proxy "
                + "when it has its reasons, and a host while it starts or shuts down."
        );

    /// <summary>It accepted the connection, and no more.</summary>
    public static Failure Silent(string name) =>
        new(
            FailureKind.Silent,
            $"{name} accepted the connection, and then said nothing",
            "Is the host overloaded, and is it sshd that listens there?"
        );

    /// <summary>It identified itself, and no more.</summary>
    /// <param name="name">The host's name.</param>
    /// <param name="look">How to see more; empty where there is no way.</param>
    public static Failure SilentAfterGreeting(string name, string look = "") =>
        new(
            FailureKind.Ended,
            $"sshd at {name} said who it is, and then nothing more",
            $"{look}Is the host overloaded, or does something on the way drop large packets?"
        );

    /// <summary>It does not answer the login.</summary>
    public static Failure SilentLogin(string name, string login) =>
        new(
            FailureKind.Ended,
            $"sshd at {name} did not answer the login of {login} in time",
            "It may wait for its own name service or PAM: its log says for what."
        );

    /// <summary>It ended the connection between its greeting and the login.</summary>
    /// <param name="name">The host's name.</param>
    /// <param name="reason">The last words.</param>
    /// <param name="next">Where to look.</param>
    public static Failure EndedBeforeLogin(string name, string reason, string next) =>
        new(FailureKind.Ended, $"sshd at {name} ended the connection before the login: {reason}", next);

    /// <summary>It ended the connection during the login.</summary>
    /// <param name="name">The host's name.</param>
    /// <param name="login">The login.</param>
    /// <param name="said">What the host said meanwhile; empty if nothing.</param>
    public static Failure EndedDuringLogin(string name, string login, string said) =>
        new(
            FailureKind.Ended,
            $"sshd at {name} ended the connection during the login of {login}"
                + (said.Length > 0 ? $", and said:\n  {said.ReplaceLineEndings("\n  ")}" : ""),
            "Its own log says why. It does so while logins are closed (/run/nologin, while it starts or shuts down) and for an "
                + "account that is locked or expired."
        );

    /// <summary>The host starts or shuts down.</summary>
    public static Failure NotReady(string said) =>
        new(FailureKind.NotLoggedIn, $"it is not ready for logins yet: {Text.Sentence(said)}", "It is starting or shutting down.");
}
