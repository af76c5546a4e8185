using System.Security.Cryptography;

namespace ConfigEngine.Scripting;

/// <summary>How secrets are read on this machine, and who is told of them.</summary>
public sealed record SecretOptions
{
    readonly Lazy<ReadOnlyMemory<byte>> ownKey = new(() => RandomNumberGenerator.GetBytes(32));
    readonly Func<ReadOnlyMemory<byte>>? digestKey;

    /// <summary>Told of every secret, to take it out of what is shown.</summary>
    public Redaction Redaction { get; init; } = new();

    /// <summary>The environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Asks somebody, and does not show what is typed; null where nobody is there.</summary>
    public Func<string, string>? Ask { get; init; }

    /// <summary>How long a command may take, with whoever has to touch a key for it; a minute unless said otherwise.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock by which that is measured.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The key of the digests that plans show; a new one for these options unless said otherwise.</summary>
    public Func<ReadOnlyMemory<byte>> DigestKey
    {
        get => digestKey ?? (() => ownKey.Value);
        init => digestKey = value;
    }
}
