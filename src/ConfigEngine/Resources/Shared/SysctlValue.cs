using System.Globalization;
using System.Numerics;

namespace ConfigEngine.Resources;

/// <summary>Values of sysctl(8) as the kernel reads them: it reads numbers as strtoul(3) does, and shows them in decimal.</summary>
static class SysctlValue
{
    /// <summary>One space between the parts.</summary>
    public static string Normal(string value) => string.Join(' ', Parts(value));

    /// <summary>Whether two values are the same to the kernel.</summary>
    public static bool IsSame(string value, string other) => Parts(value).Select(Decimal).SequenceEqual(Parts(other).Select(Decimal));

    /// <summary>
    /// A value as the kernel will show it, judged by the value that it shows now: numbers become decimal if it shows numbers. If a
    /// value has several numbers and only the first ones are given, the kernel keeps the others.
    /// </summary>
    public static string AsKernelSays(string value, string now)
    {
        var (wanted, shown) = (Parts(value), Parts(now));
        return wanted.Length <= shown.Length && shown.All(IsNumber) && wanted.Select(Decimal).All(IsNumber)
            ? string.Join(' ', [.. wanted.Select(Decimal), .. shown.Skip(wanted.Length)])
            : Normal(value);
    }

    static string[] Parts(string value) => value.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    static bool IsNumber(string text) => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>A number in decimal; other text unchanged.</summary>
    static string Decimal(string text)
    {
        var (sign, digits) = text is ['-', ..] ? ("-", text[1..]) : ("", text);
        return digits switch
        {
            ['0', 'x' or 'X', _, ..]
                when BigInteger.TryParse($"0{digits[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) =>
                $"{sign}{value}",
            ['0', _, ..] when digits.All(c => c is >= '0' and <= '7') =>
                $"{sign}{digits.Aggregate(BigInteger.Zero, (value, digit) => (value * 8) + (digit - '0'))}",
            _ => text,
        };
    }
}
