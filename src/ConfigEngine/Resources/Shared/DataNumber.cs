using System.Globalization;
using System.Numerics;

namespace ConfigEngine.Resources;

/// <summary>Numbers in files of structured data.</summary>
static class DataNumber
{
    /// <summary>Whether it is a number, and neither infinite nor none at all.</summary>
    public static bool IsFinite(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    /// <summary>A number with a fraction, the same for all ways to write it.</summary>
    public static string Said(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : text;

    /// <summary>A whole number, in decimal.</summary>
    /// <param name="digits">Its digits, with a sign before them or without.</param>
    /// <param name="numberBase">The base that they are in.</param>
    public static string Whole(string digits, int numberBase)
    {
        var number = BigInteger.Zero;
        foreach (var digit in digits.TrimStart('+', '-'))
            number = (number * numberBase) + (char.IsAsciiDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10);
        return (digits is ['-', ..] ? -number : number).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number with a fraction, as a program reads it as such: 1.0 and not 1.</summary>
    public static string Fraction(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? text
        : text.IndexOf('E', StringComparison.Ordinal) is > 0 and var exponent ? text.Insert(exponent, ".0")
        : text + ".0";
}
