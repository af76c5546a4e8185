using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// A statement of SQL. It is written as an interpolated string, and every interpolated text is quoted as one literal, or with the
/// format <c>n</c> as one name, so that no value can become syntax.
/// </summary>
[InterpolatedStringHandler]
sealed class Sql
{
    readonly StringBuilder text;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    public Sql(int literalLength, int formattedCount) => text = new(literalLength + (16 * formattedCount));

    /// <summary>The statement as it is sent.</summary>
    public string Text => text.ToString();

    /// <summary>Called by the compiler for the literal parts.</summary>
    public void AppendLiteral(string literal) => text.Append(literal);

    /// <summary>A literal, or with the format <c>n</c> a name.</summary>
    public void AppendFormatted(string value, string? format = null) => text.Append(format is "n" ? Name(value) : Literal(value));

    /// <summary>Another part of a statement, unchanged.</summary>
    public void AppendFormatted(Sql part) => text.Append(part.text);

    /// <summary>A whole number.</summary>
    public void AppendFormatted(long number) => text.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>An array of texts.</summary>
    public void AppendFormatted(IEnumerable<string> values) =>
        text.Append("array[").AppendJoin(", ", values.Select(Literal)).Append("]::text[]");

    /// <summary>Several parts, with a text between them.</summary>
    public static Sql Join(string between, IEnumerable<Sql> parts)
    {
        Sql all = new(0, 0);
        all.text.AppendJoin(between, parts.Select(part => part.Text));
        return all;
    }

    /// <summary>A literal that means the same whatever standard_conforming_strings is.</summary>
    public static string Literal(string value) =>
        value.Contains('\\', StringComparison.Ordinal)
            ? $"E'{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name, in its case.</summary>
    public static string Name(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>What is wrong with the name of a thing in the server, which would cut a longer one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">The thing: <c>a role</c>.</param>
    public static IEnumerable<string> Problems(string name, string what) =>
        name.Length is 0 or > 63 || name.Any(char.IsControl) || name.Any(char.IsSurrogate) || Encoding.UTF8.GetByteCount(name) > 63
            ? [$"\"{Values.Text.Excerpt(name)}\" is not a valid name for {what}: it has 1 to 63 bytes, and no control characters"]
            : [];

    /// <inheritdoc/>
    public override string ToString() => Text;
}
