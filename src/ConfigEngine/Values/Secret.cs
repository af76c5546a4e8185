using System.Diagnostics;
using System.Security.Cryptography;

namespace ConfigEngine.Values;

/// <summary>
/// A value that must not be shown. It has no text form, so that it cannot get into a name, a command or a log by accident. It can
/// be a part of a file's content, the input of a command, or the password of a host. Plans show a keyed digest of it.
/// </summary>
/// <example><code>
/// var password = Secrets.Environment("DB_PASSWORD");
/// On("db1",
///     new File("/etc/app.env") { Content = $"PASSWORD={password}\n", Mode = "0600" },
///     new Command($"psql -q app") { Input = $"alter role app password '{password}';\n", Unless = $"test -e /srv/set" });
/// </code></example>
[DebuggerDisplay("(secret {Name,nq})")]
public sealed class Secret
{
    readonly Lazy<string> value;

    /// <summary>A secret that is read when it is first needed, once.</summary>
    /// <param name="origin">Its source, for messages: <c>the vault's app/db</c>.</param>
    /// <param name="read">Reads the value.</param>
    public Secret(string origin, Func<string> read)
        : this(origin, origin, read, new Lazy<ReadOnlyMemory<byte>>(() => RandomNumberGenerator.GetBytes(32))) { }

    internal Secret(string name, string origin, Func<string> read, Lazy<ReadOnlyMemory<byte>> key)
    {
        Name = name;
        Origin = origin;
        Key = key;
        value = new(read);
    }

    /// <summary>The name that replaces it if a host repeats it: <c>(secret DB_PASSWORD)</c>.</summary>
    public string Name { get; }

    /// <summary>Its source.</summary>
    public string Origin { get; }

    /// <summary>The environment variable that contains it; null if there is none.</summary>
    internal string? Variable { get; init; }

    /// <summary>Whether it was read; a value that was not read cannot have leaked.</summary>
    public bool IsRead => value.IsValueCreated;

    /// <summary>The key of its digests.</summary>
    internal Lazy<ReadOnlyMemory<byte>> Key { get; }

    /// <summary>The value: for standard input and nothing else.</summary>
    /// <exception cref="RecipeException">The value cannot be read.</exception>
    public string Reveal() => value.Value;

    /// <summary>Never returns text: <c>$"{secret}"</c> and <c>"…" + secret</c> call this where text is expected.</summary>
    /// <exception cref="RecipeException">Always.</exception>
    public override string ToString() =>
        throw new RecipeException($"the secret of {Origin} cannot become text, which anything could show", hint: Use);

    /// <summary>A mistake that the compiler reports.</summary>
    [Obsolete(InText, error: true)]
    public static string operator +(string text, Secret secret) => text + secret.Name;

    /// <summary>A mistake that the compiler reports.</summary>
    [Obsolete(InText, error: true)]
    public static string operator +(Secret secret, string text) => secret.Name + text;

    internal const string InText = "a secret cannot become text, which anything could show; " + Use;

    internal const string InCommand =
        "a secret cannot be part of a command, which every user of the host can see in the list of processes; "
        + "give it to the command's standard input, Input = $\"{secret}\\n\", or write a File with Mode = \"0600\" that the command reads";

    const string Use = "write it right where a file's content or a command's input is: Content = $\"PASSWORD={password}\\n\"";
}
