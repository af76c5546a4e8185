using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Scripting;

/// <summary>Numbers of YAML 1.1 (yaml.org/type/int.html and float.html), as Ansible reads them.</summary>
static partial class Yaml11
{
    /// <summary>A number that is not quoted: an int, a long, or a double; null for what is none.</summary>
    public static object? Number(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
            return null;
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var (sign, bare) = digits[0] is '-' or '+' ? (digits[0] == '-' ? -1 : 1, digits[1..]) : (1, digits);
        return bare switch
        {
            ['0', 'x', .. var hex] => Whole(sign, hex, 16),
            ['0', 'b', .. var bits] => Whole(sign, bits, 2),
            ['0', _, ..] when bare.All(char.IsAsciiDigit) => Whole(sign, bare, 8),
            _ when bare.All(char.IsAsciiDigit) => Whole(sign, bare, 10),
            _ when Sexagesimal().IsMatch(bare) => Fit(
                sign * bare.Split(':').Aggregate(0L, (sum, part) => sum * 60 + (Digits.Of(part) ?? 0))
            ),
            _ when Float().IsMatch(bare) && double.TryParse(bare, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => sign
                * number,
            _ => null,
        };
    }

    static object? Whole(int sign, string digits, int radix)
    {
        var sum = 0L;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.FromHexString($"0{c}")[0] : radix;
            if (digit >= radix || sum > (long.MaxValue - digit) / radix)
                return null;
            sum = sum * radix + digit;
        }

        return digits.Length == 0 ? null : Fit(sign * sum);
    }

    internal static object Fit(long number)
    {
        if (number is >= int.MinValue and <= int.MaxValue)
            return (int)number;
        return number;
    }

    [GeneratedRegex("^[1-9][0-9]*(:[0-5]?[0-9])+\\z")]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(@"^([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?\z")]
    private static partial Regex Float();
}
