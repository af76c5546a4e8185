using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ConfigEngine.HostShell;

/// <summary>
/// A snippet of POSIX <c>sh</c>. It is written as an interpolated string, and every interpolated value is quoted as one
/// word, so that no value can become syntax. There is no conversion from <see cref="string"/>: <c>Shell s = user;</c>
/// does not compile.
/// </summary>
/// <example><code>Shell s = $"chown {owner} -- {path}"; // chown 'root; rm -rf /' -- /etc/motd</code></example>
[InterpolatedStringHandler]
public sealed class Shell : IEquatable<Shell>
{
    readonly StringBuilder text;

    // What a recording asks instead; null while that is the same text.
    StringBuilder? plain;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    public Shell(int literalLength, int formattedCount) => text = new(literalLength + (16 * formattedCount));

    /// <summary>The snippet as it is sent.</summary>
    public string Text => text.ToString();

    /// <summary>The snippet without its hints (<see cref="Hint"/>): what a recording keeps as the question.</summary>
    internal string Plain => (plain ?? text).ToString();

    /// <summary>
    /// A snippet from text that is <em>already</em> shell code: a constant of the engine, or a command that a user wrote.
    /// </summary>
    public static Shell Verbatim(string text)
    {
        Shell shell = new(text.Length, 0);
        shell.AppendLiteral(text);
        return shell;
    }

    /// <summary>Called by the compiler for the literal parts.</summary>
    public void AppendLiteral(string literal) => Add(literal);

    /// <summary>A value, as one quoted word.</summary>
    public void AppendFormatted(string value) => Add(Quote(value));

    /// <summary>Another snippet, unchanged.</summary>
    public void AppendFormatted(Shell snippet)
    {
        if (snippet.plain is not null)
            Part();
        plain?.Append(snippet.plain ?? snippet.text);
        text.Append(snippet.text);
    }

    /// <summary>A word that does not change what the answer is about.</summary>
    internal void AppendFormatted(Hint hint)
    {
        if (hint.Word != hint.Instead)
            Part();
        plain?.Append(Quote(hint.Instead));
        text.Append(Quote(hint.Word));
    }

    /// <summary>A mistake that the compiler reports.</summary>
    [Obsolete(Secret.InCommand, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(Secret secret) => throw new RecipeException(Secret.InCommand);

    /// <summary>A whole number.</summary>
    public void AppendFormatted(long number) => Add(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A file mode, in octal.</summary>
    public void AppendFormatted(Mode mode) => Add(mode.ToString());

    /// <summary>Several values: quoted words with a space between.</summary>
    public void AppendFormatted(IEnumerable<string> values) => Add(string.Join(' ', values.Select(Quote)));

    void Add(string piece)
    {
        text.Append(piece);
        plain?.Append(piece);
    }

    void Part() => plain ??= new(text.ToString());

    /// <summary>
    /// One word of <c>sh</c> (POSIX.1-2024, Shell Command Language 2.2.2): unchanged if that is safe, otherwise in single quotes.
    /// </summary>
    /// <exception cref="ArgumentException">The value contains a NUL, which no argument of a process can have.</exception>
    public static string Quote(string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException(
                $"A value with a NUL character cannot be passed to a command: {value.Replace("\0", "\\0", StringComparison.Ordinal)}"
            );

        return value.Length > 0 && value.All(IsSafe) ? value : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '@' or '%' or '+' or '=' or ':' or ',' or '.' or '/' or '-';

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public bool Equals(Shell? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shell);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>
/// A word of a question that only makes its answer shorter, such as the digest of content that need not be sent. The answer to the
/// question without the hint is a right answer too. Recordings ask without it, so that they stay right when a recipe's content
/// changes. A word that asks for more, which changes without a cause (<see cref="Model.Lasting"/>), is one, too.
/// </summary>
/// <param name="Word">The word.</param>
/// <param name="Instead">The word that hints at nothing.</param>
readonly record struct Hint(string Word, string Instead);
