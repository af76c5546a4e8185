using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ConfigEngine.Model;

/// <content>Content as an interpolated string. It takes secrets, other content, and everything that a string takes.</content>
[InterpolatedStringHandler]
public sealed partial class Content
{
    // Text, secrets and contents, in order; null for content that is not from an interpolated string.
    readonly List<object>? pieces;
    Lazy<ReadOnlyMemory<byte>>? key;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Content(int literalLength, int formattedCount) => pieces = new(1 + (2 * Math.Min(formattedCount, literalLength + 1)));

    /// <summary>The secrets in it.</summary>
    internal IEnumerable<Secret> Secrets =>
        (pieces ?? []).SelectMany(piece =>
            piece switch
            {
                Secret secret => [secret],
                Content content => content.Secrets,
                _ => [],
            }
        );

    /// <summary>Whether all of it is known when planning.</summary>
    public bool IsKnown => !Unknown.Any();

    /// <summary>The origins of values that are not known yet.</summary>
    internal IEnumerable<Origin> Unknown =>
        (pieces ?? []).SelectMany(piece =>
            piece switch
            {
                IKnown { IsKnown: false, Origin: { } origin } => [origin],
                Content content => content.Unknown,
                _ => (IEnumerable<Origin>)[],
            }
        );

    /// <summary>The content with the values that were found; the same object where none was found.</summary>
    internal Content With(Func<Origin, object?> find)
    {
        if (pieces is null || Unknown.All(origin => find(origin) is null))
            return this;
        Content filled = new(0, 0) { key = key };
        filled.pieces?.AddRange(
            pieces.Select(piece =>
                piece switch
                {
                    IKnown { IsKnown: false, Origin: { } origin } known when find(origin) is { } found => known.With(found),
                    Content content => content.With(find),
                    _ => piece,
                }
            )
        );
        return filled;
    }

    StringBuilder End
    {
        get
        {
            if (pieces is [.., StringBuilder last])
                return last;
            StringBuilder next = new();
            pieces?.Add(next);
            return next;
        }
    }

    /// <summary>Called by the compiler for the literal parts.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string literal) => End.Append(literal);

    /// <summary>A secret. It makes the whole content secret.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(Secret? secret)
    {
        if (secret is null)
            return;
        key ??= secret.Key;
        pieces?.Add(secret);
    }

    /// <summary>Other content: its bytes.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(Content? content)
    {
        if (content is null)
            return;
        key ??= content.key;
        pieces?.Add(content);
    }

    /// <summary>Text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(ReadOnlySpan<char> text) => End.Append(text);

    /// <summary>Any other value, formatted as in a string.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        if (value is Secret secret)
            AppendFormatted(secret);
        else if (value is Content content)
            AppendFormatted(content);
        else if (value is IKnown known)
            pieces?.Add(known);
        else
            new StringBuilder.AppendInterpolatedStringHandler(0, 1, End, CultureInfo.InvariantCulture).AppendFormatted(
                value,
                alignment,
                format
            );
    }

    ReadOnlyMemory<byte> Join()
    {
        ArrayBufferWriter<byte> bytes = new();
        foreach (var piece in pieces ?? [])
        {
            bytes.Write(
                piece switch
                {
                    Secret secret => Encode(secret.Reveal()),
                    Content content => (
                        content.Bytes ?? throw new InvalidOperationException("content that is not here cannot be part of other content")
                    ).Span,
                    IKnown { IsKnown: false } unknown => throw new InvalidOperationException(
                        $"content with the {unknown} is not known before apply"
                    ),
                    _ => Encode(piece.ToString() ?? ""),
                }
            );
        }

        return bytes.WrittenMemory;
    }
}
