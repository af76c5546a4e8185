using System.Text;

namespace ConfigEngine.Cli;

/// <summary>The last step of all output: every printed text goes through the redaction.</summary>
sealed class RedactedWriter(TextWriter inner, Redaction redaction) : TextWriter
{
    /// <summary>The writer behind it, for documents whose values are already redacted: their names must not be changed.</summary>
    public TextWriter Inner => inner;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(value is null ? null : redaction.Of(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + inner.NewLine);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
