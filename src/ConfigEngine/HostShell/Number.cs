using System.Globalization;

namespace ConfigEngine.HostShell;

/// <summary>Numbers in a host's answer: digits only. Anything else is an answer that is not understood.</summary>
static class Number
{
    /// <summary>Reads a number.</summary>
    /// <param name="text">The host's text.</param>
    /// <param name="what">What the number means, for the message.</param>
    /// <exception cref="UnexpectedOutputException">The text is not a number, or it is too large.</exception>
    public static int Read(string text, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(text, what);

    /// <inheritdoc cref="Read"/>
    public static long ReadLong(string text, string what) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(text, what);

    /// <summary>The element of a list with this number.</summary>
    /// <exception cref="UnexpectedOutputException">There is no such element.</exception>
    public static T Pick<T>(IReadOnlyList<T> list, string text, string what) =>
        Read(text, what) is var number && number < list.Count ? list[number] : throw Unexpected(text, what);

    static UnexpectedOutputException Unexpected(string text, string what) => new($"expected {what}, got \"{Text.Excerpt(text)}\"");
}
