using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>A time as a recipe writes it for PostgreSQL.</summary>
static class PostgresTime
{
    static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>The time in UTC as PostgreSQL reads it, to the second; null for text that is not a time.</summary>
    public static string? Utc(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : null;
}
