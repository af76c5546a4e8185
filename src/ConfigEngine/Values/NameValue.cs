namespace ConfigEngine.Values;

/// <summary>A line <c>NAME=VALUE</c>, as scripts print them.</summary>
static class NameValue
{
    /// <summary>Its parts; null if the line does not have this form.</summary>
    public static (string Name, string Value)? Of(string line) =>
        line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (line[..equals], line[(equals + 1)..]) : null;

    /// <summary>Its parts.</summary>
    /// <param name="line">The line.</param>
    /// <param name="names">The names that it may have; any when empty.</param>
    /// <exception cref="UnexpectedOutputException">The line does not have this form, or has another name.</exception>
    public static (string Name, string Value) Read(string line, params IReadOnlyList<string> names) =>
        Of(line) is { } pair && (names.Count == 0 || names.Contains(pair.Name))
            ? pair
            : throw new UnexpectedOutputException(
                names.Count == 0
                    ? $"expected NAME=VALUE, got \"{Text.Excerpt(line)}\""
                    : $"expected one of {string.Join(", ", names)} with a value, got \"{Text.Excerpt(line)}\""
            );
}
