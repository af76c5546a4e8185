using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ConfigEngine.Values;

/// <summary>
/// Converts any bytes to text and back. A byte that is not UTF-8 becomes half a character that valid text never has (U+DC80 to
/// U+DCFF, like Python's surrogateescape), so that unchanged bytes stay exactly as they are.
/// </summary>
static class ByteText
{
    const char Escape = '\uDC00';

    /// <summary>The bytes as text.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        StringBuilder text = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) is OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var one in bytes[..length])
                    text.Append((char)(Escape + one));
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The text as the bytes that it came from.</summary>
    /// <exception cref="FormatException">The text has half a character that does not stand for a byte.</exception>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        ArrayBufferWriter<byte> bytes = new(text.Length + 1);
        while (!text.IsEmpty)
        {
            var length = text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var half ? half : text.Length;
            Encoding.UTF8.GetBytes(text[..length], bytes);
            text = text[length..];
            if (text.IsEmpty)
                break;
            if (Rune.DecodeFromUtf16(text, out var rune, out length) is OperationStatus.Done)
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            else if (IsByte(text[0]))
                bytes.Write([(byte)(text[0] - Escape)]);
            else
                throw new FormatException("Text with a lone surrogate (half a character) cannot be written as UTF-8.");
            text = text[length..];
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The number of bytes in it that are not UTF-8.</summary>
    public static int Strange(string text) => text.Where((_, index) => IsByte(text, index)).Count();

    /// <summary>The text for people: a byte that is not UTF-8 is shown as <c>\xe4</c>.</summary>
    public static string Shown(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uDC80', '\uDCFF'))
            return text;
        StringBuilder shown = new(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsByte(text, i))
                shown.Append($"\\x{text[i] - Escape:x2}");
            else
                shown.Append(text[i]);
        }

        return shown.ToString();
    }

    static bool IsByte(string text, int index) => IsByte(text[index]) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));

    static bool IsByte(char c) => c is >= '\uDC80' and <= '\uDCFF';
}
