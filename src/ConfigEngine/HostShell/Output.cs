using System.Text;

namespace ConfigEngine.HostShell;

/// <summary>What a command on a host answered: exact bytes, kept apart by stream.</summary>
/// <param name="Exit">The exit code.</param>
/// <param name="Stdout">Standard output, whole.</param>
/// <param name="Stderr">Standard error; of a long one the beginning and the end.</param>
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

    /// <summary>Standard error as text; what is not UTF-8 shows as replacement characters.</summary>
    public string Error => Encoding.UTF8.GetString(Stderr.Span);

    /// <summary>
    /// Standard error as messages show it: of a long one the beginning and the end.</summary> <summary>The answer with a complaint
    /// that holds none of the secrets. Standard output is what probes read, and stays.
    /// </summary>
    internal Output Without(Redaction redaction)
    {
        if (Stderr.Length == 0)
            return this;
        var (said, clean) = (Error, redaction.Of(Error));
        return ReferenceEquals(said, clean) ? this : this with { Stderr = Encoding.UTF8.GetBytes(clean) };
    }

    internal string Said => Values.Text.Ends(Error.Trim());

    /// <summary>The lines of standard output, without their line ends.</summary>
    public IReadOnlyList<string> Lines => Text is "" ? [] : Text.TrimEnd('\n').Split('\n');

    /// <summary>
    /// The same where a file of the host may be part of the answer, which need not be UTF-8; see <see cref="ByteText"/>.
    /// </summary>
    internal IReadOnlyList<string> FileLines => ByteText.Decode(Stdout.Span) is { Length: > 0 } text ? text.TrimEnd('\n').Split('\n') : [];

    /// <summary>
    /// <c>NAME=VALUE</c> lines as a table. A line of another shape, or a name that is asked for and not there, is an error:
    /// an answer that is not understood is never taken for a state.
    /// </summary>
    public Properties Properties => new(Lines);
}

/// <summary>The <c>NAME=VALUE</c> lines of an answer.</summary>
public sealed class Properties
{
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads the lines.</summary>
    /// <exception cref="UnexpectedOutputException">A line is not of that shape.</exception>
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

    /// <summary>The value of a name, or null where the answer has none: for what not every version prints.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);
}
