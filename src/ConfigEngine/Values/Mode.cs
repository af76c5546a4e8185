namespace ConfigEngine.Values;

/// <summary>
/// A file mode as chmod(1) takes it in octal: three digits, or four with set-user-ID, set-group-ID and sticky bit.
/// </summary>
/// <example><code>new File("/etc/motd") { Content = "hi\n", Mode = "0644" }</code></example>
public readonly record struct Mode
{
    Mode(int bits) => Bits = bits;

    /// <summary>The twelve permission bits.</summary>
    public int Bits { get; }

    /// <summary>The mode, executable for everyone who may read.</summary>
    internal Mode Executable => new(Bits | ((Bits & 0x124) >> 2));

    /// <summary>A mode from its octal digits.</summary>
    /// <exception cref="FormatException">The text is not three or four octal digits.</exception>
    public static implicit operator Mode(string octal) => Parse(octal);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static Mode Parse(string octal) =>
        octal is { Length: 3 or 4 } && octal.All(c => c is >= '0' and <= '7')
            ? new(octal.Aggregate(0, (bits, digit) => (bits * 8) + digit - '0'))
            : throw new FormatException($"\"{octal}\" is not a file mode: write three or four octal digits, for example \"0644\".");

    /// <summary>A mode as stat(1) prints it, without leading zeros.</summary>
    /// <exception cref="UnexpectedOutputException">The text is not a mode.</exception>
    internal static Mode Said(string octal) =>
        octal is { Length: >= 1 and <= 4 } && octal.All(c => c is >= '0' and <= '7')
            ? new(octal.Aggregate(0, (bits, digit) => (bits * 8) + digit - '0'))
            : throw new UnexpectedOutputException($"expected a mode in octal, got \"{Text.Excerpt(octal)}\"");

    /// <summary>The mode as stat(1) prints it, without leading zeros.</summary>
    internal string Octal => Convert.ToString(Bits, 8);

    /// <summary>The mode as four octal digits.</summary>
    public override string ToString() => Octal.PadLeft(4, '0');
}
