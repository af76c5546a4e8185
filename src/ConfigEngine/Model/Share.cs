using System.Globalization;

namespace ConfigEngine.Model;

/// <summary>A number of hosts, or a percentage of them.</summary>
/// <example><code>Share few = 3; Share quarter = "25%";</code></example>
public readonly record struct Share
{
    readonly int number;
    readonly bool isPercent;

    Share(int number, bool isPercent) => (this.number, this.isPercent) = (number, isPercent);

    /// <summary>A number.</summary>
    public static implicit operator Share(int number) => new(number, false);

    /// <summary>A number, or a percentage: <c>"3"</c>, <c>"25%"</c>.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static implicit operator Share(string text) =>
        int.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && text.Length - text.TrimEnd('%').Length <= 1
        && (number <= 100 || !text.EndsWith('%'))
            ? new(number, text.EndsWith('%'))
            : throw new FormatException($"\"{text}\" is neither a number nor a percentage such as \"25%\"");

    /// <summary>The number of hosts for a total, at least one: for batches.</summary>
    internal int OfAtLeastOne(int all) => Math.Max(1, isPercent ? (int)Math.Ceiling(all * number / 100.0) : number);

    /// <summary>The number of hosts for a total, rounded down: for allowed failures.</summary>
    internal int OfAtMost(int all) => isPercent ? (int)Math.Floor(all * number / 100.0) : number;

    /// <summary>Whether it is below zero.</summary>
    internal bool IsNegative => number < 0;

    /// <inheritdoc/>
    public override string ToString() => number.ToString(CultureInfo.InvariantCulture) + (isPercent ? "%" : "");
}
