namespace ConfigEngine.Values;

/// <summary>Finds the name that the user probably meant.</summary>
static class Similar
{
    /// <summary>The closest of some names, or null if none is close enough to suggest.</summary>
    public static string? Closest(string wrong, IEnumerable<string> names) =>
        names
            .Where(name => name != wrong)
            .Select(name => (Name: name, Distance: Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Min(wrong.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            // A typing error in the first letter is rare.
            .ThenBy(candidate => string.Compare(candidate.Name, 0, wrong, 0, 1, StringComparison.OrdinalIgnoreCase) == 0 ? 0 : 1)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    // Optimal string alignment: an insertion, a deletion, a substitution and a swap of adjacent characters count 1 each.
    static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(substituted, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
