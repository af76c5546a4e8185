using System.Security.Cryptography;

namespace ConfigEngine.Scripting;

/// <summary>How secrets are read on this machine, and how they are kept out of the output.</summary>
public sealed record SecretOptions
{
    readonly Lazy<ReadOnlyMemory<byte>> ownKey = new(() => RandomNumberGenerator.GetBytes(32));
    readonly Func<ReadOnlyMemory<byte>>? digestKey;

    /// <summary>Learns every secret, to remove it from all output.</summary>
    public Redaction Redaction { get; init; } = new();

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Asks the user, without showing the typed text; null if there is no one to ask.</summary>
    public Func<string, string>? Ask { get; init; }

    /// <summary>
    /// Gives a value for each secret's name instead of reading it: for tests, in which no secret is read, nobody is asked and no
    /// command of this machine runs, also none for an inventory. Secrets are read when null.
    /// </summary>
    public Func<string, string>? StandIn { get; init; }

    /// <summary>How long a command may take, with the time for a user to touch a security key; one minute by default.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock for that limit.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The key for the digests in plans; by default a new one for these options.</summary>
    public Func<ReadOnlyMemory<byte>> DigestKey
    {
        get => digestKey ?? (() => ownKey.Value);
        init => digestKey = value;
    }
}
