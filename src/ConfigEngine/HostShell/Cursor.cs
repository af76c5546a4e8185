using System.Text;

namespace ConfigEngine.HostShell;

/// <summary>Reads an answer from its beginning to its end, to the byte, for answers that lines do not cut well.</summary>
sealed class Cursor(ReadOnlyMemory<byte> bytes)
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What was not read yet.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; } = bytes;

    /// <summary>Whether everything was read.</summary>
    public bool AtEnd => Rest.Length == 0;

    /// <summary>What comes before the next line end, which is left out.</summary>
    public string Line() => Until('\n');

    /// <summary>What comes before the next such character, which is left out.</summary>
    public string Until(char end)
    {
        var at = Rest.Span.IndexOf((byte)end);
        if (at < 0)
            throw Unexpected($"something that ends with {(end is '\n' ? "a line end" : end is '\0' ? "NUL" : $"\"{end}\"")}");
        var text = Decode(TakeBytes(at));
        Rest = Rest[1..];
        return text;
    }

    /// <summary>So many characters of ASCII.</summary>
    public string Take(int count) => Decode(TakeBytes(count));

    /// <summary>So many bytes.</summary>
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
