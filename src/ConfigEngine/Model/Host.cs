namespace ConfigEngine.Model;

/// <summary>
/// A machine that recipes can be applied to. What is not said here is left to OpenSSH: its configuration, agent,
/// certificates and jump hosts apply to the name as they do for <c>ssh NAME</c>.
/// </summary>
/// <example><code>new Host("db1") { Address = "203.0.113.21", User = "deploy", Become = Become.Sudo }</code></example>
/// <param name="Name">What the host is called here, and what ssh is given unless <see cref="Address"/> says otherwise.</param>
public sealed record Host(string Name) : Target
{
    /// <summary>The name or address to connect to; the host's name when null.</summary>
    public string? Address { get; init; }

    /// <summary>The port of sshd; ssh's own choice when null.</summary>
    public int? Port { get; init; }

    /// <summary>The user to log in as; ssh's own choice when null.</summary>
    public string? User { get; init; }

    /// <summary>How the session becomes another user after login; not at all when null.</summary>
    public Become? Become { get; init; }

    /// <summary>The password that ssh may ask for; without one ssh is not allowed to ask. Keys need none.</summary>
    public Secret? Password { get; init; }

    /// <summary>Those by which a session to it is opened.</summary>
    internal IEnumerable<Secret> Secrets => ((Secret?[])[Password, Become?.Password]).OfType<Secret>();

    /// <summary>How to reach a shell on it; <see cref="Transport.Ssh"/> when null.</summary>
    public Transport? Transport { get; init; }

    /// <summary>How it is started and stopped, for a host that does not run all the time; it always runs when null.</summary>
    public Latent? Latent { get; init; }

    /// <summary>Values for recipes to use, over those of the host's groups.</summary>
    public Vars Vars { get; init; } = [];

    /// <inheritdoc/>
    public override string Selector => Name;
}
