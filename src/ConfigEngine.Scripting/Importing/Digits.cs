using System.Globalization;

namespace ConfigEngine.Scripting;

/// <summary>A whole number that is written with digits alone.</summary>
static class Digits
{
    public static int? Of(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
