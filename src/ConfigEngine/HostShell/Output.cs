using System.Text;

namespace ConfigEngine.HostShell;

/// <summary>A command's answer on a host: exact bytes, separate for each stream.</summary>
/// <param name="Exit">The exit code.</param>
/// <param name="Stdout">All of standard output.</param>
/// <param name="Stderr">Standard error; only the beginning and the end if it is long.</param>
public sealed record Output(int Exit, ReadOnlyMemory<byte> Stdout, ReadOnlyMemory<byte> Stderr)
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>An answer with exit code 0 and this text: for tests and recordings.</summary>
    public static Output Of(string stdout) => new(0, Encoding.UTF8.GetBytes(stdout), default);

    /// <summary>Standard output as text.</summary>
    /// <exception cref="UnexpectedOutputException">It is not UTF-8.</exception>
    public string Text
    {
        get
        {
            try
            {
                return Strict.GetString(Stdout.Span);
            }
            catch (DecoderFallbackException)
            {
                throw new UnexpectedOutputException("the answer is not UTF-8 text");
            }
        }
    }

    /// <summary>Standard error as text; bytes that are not UTF-8 are shown as replacement characters.</summary>
    public string Error => Encoding.UTF8.GetString(Stderr.Span);

    /// <summary>The same answer with the secrets removed from standard error. Standard output, which probes read, stays.</summary>
    internal Output Without(Redaction redaction)
    {
        if (Stderr.Length == 0)
            return this;
        var (said, clean) = (Error, redaction.Of(Error));
        return ReferenceEquals(said, clean) ? this : this with { Stderr = Encoding.UTF8.GetBytes(clean) };
    }

    /// <summary>Standard error for messages: only the beginning and the end if it is long.</summary>
    internal string Said => Values.Text.Ends(Error.Trim());

    /// <summary>The lines of standard output, without their line ends.</summary>
    public IReadOnlyList<string> Lines => Text is "" ? [] : Text.TrimEnd('\n').Split('\n');

    /// <summary>
    /// The same, where a file of the host may be part of the answer and need not be UTF-8; see <see cref="ByteText"/>.
    /// </summary>
    internal IReadOnlyList<string> FileLines => ByteText.Decode(Stdout.Span) is { Length: > 0 } text ? text.TrimEnd('\n').Split('\n') : [];

    /// <summary>
    /// <c>NAME=VALUE</c> lines as a table. A line in another form, or a requested name that is missing, is an error: an answer that
    /// is not understood is never read as a state.
    /// </summary>
    public Properties Properties => new(Lines);
}

/// <summary>The <c>NAME=VALUE</c> lines of an answer.</summary>
public sealed class Properties
{
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads the lines.</summary>
    /// <exception cref="UnexpectedOutputException">A line does not have that form.</exception>
    public Properties(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var (name, value) = NameValue.Read(line);
            values[name] = value;
        }
    }

    /// <summary>The value of a name.</summary>
    /// <exception cref="UnexpectedOutputException">The answer has no such name.</exception>
    public string this[string name] =>
        values.TryGetValue(name, out var value)
            ? value
            : throw new UnexpectedOutputException($"expected a line {name}=…, and there is none");

    /// <summary>The value of a name, or null where the answer has none: for names that not every version prints.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);
}
