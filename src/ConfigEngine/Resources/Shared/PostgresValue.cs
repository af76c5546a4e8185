using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A value of a setting of PostgreSQL, which may be written in several ways: 128MB is 16384 units of 8kB.</summary>
/// <param name="Type">What pg_settings says of the setting: bool, integer, real, enum or string.</param>
/// <param name="Unit">The unit of a number without one, such as <c>8kB</c> or <c>ms</c>; empty where it has none.</param>
sealed partial record PostgresValue(string Type, string Unit)
{
    static readonly Dictionary<string, decimal> Sizes = new(StringComparer.Ordinal)
    {
        ["B"] = 1,
        ["kB"] = 1L << 10,
        ["MB"] = 1L << 20,
        ["GB"] = 1L << 30,
        ["TB"] = 1L << 40,
    };

    static readonly Dictionary<string, decimal> Times = new(StringComparer.Ordinal)
    {
        ["us"] = 0.001m,
        ["ms"] = 1,
        ["s"] = 1000,
        ["min"] = 60_000,
        ["h"] = 3_600_000,
        ["d"] = 86_400_000,
    };

    /// <summary>Settings that are lists of names: each name is quoted by itself.</summary>
    static readonly string[] Lists =
    [
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
        "unix_socket_directories",
    ];

    /// <summary>Whether two texts are the same value.</summary>
    public bool Same(string one, string other) =>
        Type switch
        {
            "bool" => Bool(one) is { } yes && yes == Bool(other),
            "integer" or "real" => Number(one) is { } number && number == Number(other),
            "enum" => (Bool(one) is { } word && word == Bool(other)) || string.Equals(one, other, StringComparison.OrdinalIgnoreCase),
            _ => one == other || Elements(one).SequenceEqual(Elements(other)),
        };

    /// <summary>Why a text is not a value of the setting; null where it is one, as far as can be told here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">The words of an enum.</param>
    /// <param name="least">The smallest number; empty where there is none.</param>
    /// <param name="most">The largest number; empty where there is none.</param>
    public string? Problem(string text, IReadOnlyList<string> words, string least, string most) =>
        Type switch
        {
            "bool" when Bool(text) is null => "it takes on and off",
            "enum" when !words.Contains(text, StringComparer.OrdinalIgnoreCase) && Bool(text) is null =>
                $"it takes {string.Join(", ", words)}",
            "integer" or "real" when Number(text) is not { } number || number < Limit(least, number) || number > Limit(most, number) =>
                $"it takes a number from {least} to {most}{(Unit.Length == 0 ? "" : $", in units of {Unit} or with a unit of its own")}",
            _ => null,
        };

    static decimal Limit(string text, decimal otherwise) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) ? limit : otherwise;

    static bool? Bool(string text) =>
        text.Trim().ToLowerInvariant() switch
        {
            "on" or "true" or "yes" or "1" => true,
            "off" or "false" or "no" or "0" => false,
            _ => null,
        };

    /// <summary>A number in units of the setting, without its own.</summary>
    public string Whole(string text) => Number(text)?.ToString(CultureInfo.InvariantCulture) ?? text;

    decimal? Number(string text)
    {
        if (
            !NumberWithUnit().IsMatch(text)
            || NumberWithUnit().Match(text) is not { } match
            || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        )
            return null;
        if (match.Groups["unit"].Value is { Length: > 0 } unit)
        {
            if (Scale(unit) is not { } own || Scale(Unit) is not { } all || Sizes.ContainsKey(unit) != IsSize)
                return null;
            try
            {
                number = number * own / all;
            }
            catch (OverflowException)
            {
                return null;
            }
        }

        return Type is "integer" ? Math.Round(number) : number;
    }

    bool IsSize => Unit.EndsWith('B');

    /// <summary>How much a unit is, such as the 8 kB of <c>8kB</c>.</summary>
    static decimal? Scale(string unit)
    {
        var word = unit.TrimStart("0123456789".ToCharArray());
        return !(Sizes.TryGetValue(word, out var scale) || Times.TryGetValue(word, out scale)) ? null
            : word.Length == unit.Length ? scale
            : decimal.TryParse(unit[..^word.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? scale * times
            : null;
    }

    static IEnumerable<string> Elements(string list) => list.Split(',').Select(element => element.Trim().Trim('"'));

    /// <summary>A value for ALTER SYSTEM.</summary>
    public static Sql Quoted(string name, string value) =>
        Lists.Contains(name) && value.Trim().Length > 0
            ? Sql.Join(", ", Elements(value).Select(element => (Sql)$"{element}"))
            : (Sql)$"{value}";

    [GeneratedRegex(@"^\s*(?<number>[+-]?[0-9]{1,18}(\.[0-9]{1,9})?)\s*(?<unit>[a-zA-Z]{0,3})\s*\z")]
    private static partial Regex NumberWithUnit();
}
