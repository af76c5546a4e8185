namespace ConfigEngine;

/// <summary>
/// A value that must not be seen: it has no text form, so it cannot slip into a string, a plan or a log by accident, and
/// is delivered over standard input only.
/// </summary>
public sealed class Secret
{
    readonly Func<string> read;
    string? value;

    /// <summary>A secret that is read when it is first needed.</summary>
    /// <param name="origin">Where it comes from, for messages: <c>environment DB_PASSWORD</c>.</param>
    /// <param name="read">Reads it.</param>
    public Secret(string origin, Func<string> read)
    {
        Origin = origin;
        this.read = read;
    }

    /// <summary>Where it comes from.</summary>
    public string Origin { get; }

    /// <summary>The value: for a session's standard input and nothing else.</summary>
    public string Reveal() => value ??= read();

    /// <summary>Says that there is a secret, and not what it is.</summary>
    public override string ToString() => $"(secret from {Origin})";
}
