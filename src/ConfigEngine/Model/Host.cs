namespace ConfigEngine.Model;

/// <summary>
/// A machine that recipes can be applied to. Everything that is not set here is left to OpenSSH: its configuration, agent,
/// certificates and jump hosts apply to the name as for <c>ssh NAME</c>.
/// </summary>
/// <example><code>new Host("db1") { Address = "203.0.113.21", User = "deploy", Become = Become.Sudo }</code></example>
/// <param name="Name">The host's name. ssh gets it too, unless <see cref="Address"/> is set.</param>
public sealed record Host(string Name) : Target
{
    /// <summary>The name or address to connect to; the host's name when null.</summary>
    public string? Address { get; init; }

    /// <summary>The port of sshd; when null, ssh decides.</summary>
    public int? Port { get; init; }

    /// <summary>The user to log in as; when null, ssh decides.</summary>
    public string? User { get; init; }

    /// <summary>How the session becomes another user after login; when null, it does not.</summary>
    public Become? Become { get; init; }

    /// <summary>The password that ssh may ask for. When null, ssh may not ask for one. Keys need none.</summary>
    public Secret? Password { get; init; }

    /// <summary>The secrets that are needed to open a session to it.</summary>
    internal IEnumerable<Secret> Secrets => ((Secret?[])[Password, Become?.Password]).OfType<Secret>();

    /// <summary>How to reach a shell on it; ssh when null, as <c>--transport</c> says.</summary>
    public Transport? Transport { get; init; }

    /// <summary>How to start and stop a host that does not always run; when null, it always runs.</summary>
    public Latent? Latent { get; init; }

    /// <summary>Values for recipes. They take precedence over those of the host's groups.</summary>
    public Vars Vars { get; init; } = [];

    /// <inheritdoc/>
    public override string Selector => Name;
}
