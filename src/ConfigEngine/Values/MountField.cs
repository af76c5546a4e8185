namespace ConfigEngine.Values;

/// <summary>
/// A field of fstab(5), <c>/proc/mounts</c> and <c>/proc/self/mountinfo</c>: characters that would end the field are written in
/// octal, as getmntent(3) and the kernel do.
/// </summary>
static class MountField
{
    /// <summary>Text as a field: spaces, tabs, line ends and backslashes are written in octal.</summary>
    public static string Escape(string text) =>
        text.Replace(@"\", @"\134", StringComparison.Ordinal)
            .Replace(" ", @"\040", StringComparison.Ordinal)
            .Replace("\t", @"\011", StringComparison.Ordinal)
            .Replace("\n", @"\012", StringComparison.Ordinal);

    /// <summary>A field as text. An octal number is one byte, and several bytes may be one character.</summary>
    public static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
            return field;
        List<byte> bytes = [];
        var escaped = ByteText.Encode(field);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] is (byte)'\\' && i + 3 < escaped.Length && Octal(escaped.AsSpan(i + 1, 3)) is { } value)
            {
                bytes.Add(value);
                i += 3;
            }
            else
            {
                bytes.Add(escaped[i]);
            }
        }

        return ByteText.Decode([.. bytes]);
    }

    static byte? Octal(ReadOnlySpan<byte> digits) =>
        digits.IndexOfAnyExceptInRange((byte)'0', (byte)'7') < 0 && digits[0] <= (byte)'3'
            ? (byte)(((digits[0] - '0') << 6) | ((digits[1] - '0') << 3) | (digits[2] - '0'))
            : null;
}
