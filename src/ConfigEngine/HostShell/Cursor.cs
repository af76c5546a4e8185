using System.Text;

namespace ConfigEngine.HostShell;

/// <summary>Reads an answer from beginning to end, byte by byte, for answers that are not made of lines.</summary>
sealed class Cursor(ReadOnlyMemory<byte> bytes)
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The part that was not read yet.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; } = bytes;

    /// <summary>Whether everything was read.</summary>
    public bool AtEnd => Rest.Length == 0;

    /// <summary>The text up to the next line end, without the line end.</summary>
    public string Line() => Until('\n');

    /// <summary>The text up to the next such character, without the character.</summary>
    public string Until(char end)
    {
        var at = Rest.Span.IndexOf((byte)end);
        if (at < 0)
            throw Unexpected($"something that ends with {(end is '\n' ? "a line end" : end is '\0' ? "NUL" : $"\"{end}\"")}");
        var text = Decode(TakeBytes(at));
        Rest = Rest[1..];
        return text;
    }

    /// <summary>The next ASCII characters.</summary>
    public string Take(int count) => Decode(TakeBytes(count));

    /// <summary>The next bytes.</summary>
    public ReadOnlyMemory<byte> TakeBytes(int count)
    {
        if (count > Rest.Length)
            throw Unexpected($"{count} bytes more");
        var taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }

    /// <summary>Reads a text if it comes next.</summary>
    public bool Skip(string text)
    {
        var expected = Encoding.UTF8.GetBytes(text);
        if (!Rest.Span.StartsWith(expected))
            return false;
        Rest = Rest[expected.Length..];
        return true;
    }

    /// <summary>Reads a text that must come next.</summary>
    public void Expect(string text)
    {
        if (!Skip(text))
            throw Unexpected($"\"{Text.Excerpt(text)}\"");
    }

    UnexpectedOutputException Unexpected(string expected) =>
        new($"expected {expected}, got \"{Text.Excerpt(Encoding.UTF8.GetString(Rest.Span[..Math.Min(80, Rest.Length)]))}\"");

    static string Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new UnexpectedOutputException($"a name is not UTF-8: \"{Text.Excerpt(Encoding.UTF8.GetString(bytes.Span))}\"");
        }
    }
}
