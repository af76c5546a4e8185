using System.Globalization;

namespace ConfigEngine.HostShell;

/// <summary>Numbers in what a host says: digits and nothing else, and what is none is an answer that is not understood.</summary>
static class Number
{
    /// <summary>Reads one.</summary>
    /// <param name="text">What the host said.</param>
    /// <param name="what">What it should be, for the message.</param>
    /// <exception cref="UnexpectedOutputException">It is none, or too large.</exception>
    public static int Read(string text, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(text, what);

    /// <inheritdoc cref="Read"/>
    public static long ReadLong(string text, string what) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(text, what);

    /// <summary>The one of a list that a number stands for.</summary>
    /// <exception cref="UnexpectedOutputException">There is no such one.</exception>
    public static T Pick<T>(IReadOnlyList<T> list, string text, string what) =>
        Read(text, what) is var number && number < list.Count ? list[number] : throw Unexpected(text, what);

    static UnexpectedOutputException Unexpected(string text, string what) => new($"expected {what}, got \"{Text.Excerpt(text)}\"");
}
