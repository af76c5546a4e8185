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

    /// <summary>Called by the compiler for an interpolated string.</summary>
    public Shell(int literalLength, int formattedCount) => text = new(literalLength + (16 * formattedCount));

    /// <summary>The snippet as it is sent.</summary>
    public string Text => text.ToString();

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
    public void AppendLiteral(string literal) => text.Append(literal);

    /// <summary>A value, as one quoted word.</summary>
    public void AppendFormatted(string value) => text.Append(Quote(value));

    /// <summary>Another snippet, unchanged.</summary>
    public void AppendFormatted(Shell snippet) => text.Append(snippet.text);

    /// <summary>A mistake that the compiler reports.</summary>
    [Obsolete(Secret.InCommand, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(Secret secret) => throw new RecipeException(Secret.InCommand);

    /// <summary>A whole number.</summary>
    public void AppendFormatted(long number) => text.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A file mode, in octal.</summary>
    public void AppendFormatted(Mode mode) => text.Append(mode.ToString());

    /// <summary>Several values: quoted words with a space between.</summary>
    public void AppendFormatted(IEnumerable<string> values) => text.AppendJoin(' ', values.Select(Quote));

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
