using System.Diagnostics;
using System.Security.Cryptography;

namespace ConfigEngine.Values;

/// <summary>
/// A value that must not be seen. It has no text form, so that it cannot slip into a name, a command or a log by accident: it can
/// be (in) the content of a file, what a command reads, or the password of a host. Plans show a keyed digest of it.
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
    /// <param name="origin">Where it comes from, for messages: <c>the vault's app/db</c>.</param>
    /// <param name="read">Reads it.</param>
    public Secret(string origin, Func<string> read)
        : this(origin, origin, read, new Lazy<ReadOnlyMemory<byte>>(() => RandomNumberGenerator.GetBytes(32))) { }

    internal Secret(string name, string origin, Func<string> read, Lazy<ReadOnlyMemory<byte>> key)
    {
        Name = name;
        Origin = origin;
        Key = key;
        value = new(read);
    }

    /// <summary>What stands in its place where a host repeats it: <c>(secret DB_PASSWORD)</c>.</summary>
    public string Name { get; }

    /// <summary>Where it comes from.</summary>
    public string Origin { get; }

    /// <summary>The variable of the environment that holds it; null where none does.</summary>
    internal string? Variable { get; init; }

    /// <summary>Whether it was read; what was not cannot have leaked.</summary>
    public bool IsRead => value.IsValueCreated;

    /// <summary>The key of its digests.</summary>
    internal Lazy<ReadOnlyMemory<byte>> Key { get; }

    /// <summary>The value: for standard input and nothing else.</summary>
    /// <exception cref="RecipeException">It cannot be read.</exception>
    public string Reveal() => value.Value;

    /// <summary>Never text: what <c>$"{secret}"</c> and <c>"…" + secret</c> come to where text is wanted.</summary>
    /// <exception cref="RecipeException">Always.</exception>
    public override string ToString() =>
        throw new RecipeException($"the secret of {Origin} cannot become text, which anything could show", hint: Use);

    /// <summary>A mistake, found by the compiler.</summary>
    [Obsolete(InText, error: true)]
    public static string operator +(string text, Secret secret) => text + secret.Name;

    /// <summary>A mistake, found by the compiler.</summary>
    [Obsolete(InText, error: true)]
    public static string operator +(Secret secret, string text) => secret.Name + text;

    internal const string InText = "a secret cannot become text, which anything could show; " + Use;

    internal const string InCommand =
        "a secret cannot be part of a command, which every user of the host can see in the list of processes; "
        + "give it to the command's standard input, Input = $\"{secret}\\n\", or write a File with Mode = \"0600\" that the command reads";

    const string Use = "write it right where a file's content or a command's input is: Content = $\"PASSWORD={password}\\n\"";
}
