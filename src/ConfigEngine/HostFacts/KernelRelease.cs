using System.Text.RegularExpressions;

namespace ConfigEngine.HostFacts;

/// <summary>Compares kernel releases: which installed kernel would be an upgrade of the running one.</summary>
static partial class KernelRelease
{
    /// <summary>
    /// The newest kernel with the running one's flavour (cloud, rt, generic, lts …), if it is newer; null otherwise.
    /// </summary>
    public static string? Newest(IEnumerable<string> installed, string running) =>
        installed
            .Where(k => Flavour(k) == Flavour(running) && Compare(k, running) > 0)
            .Order(Comparer<string>.Create(Compare))
            .LastOrDefault();

    /// <summary>
    /// The flavour: the release without numbers and without the distribution's own part (<c>el9_4</c>, <c>deb13</c>, <c>arch1</c>):
    /// <c>cloud amd64</c>.
    /// </summary>
    static string Flavour(string release) =>
        string.Join(' ', Distributor.Replace(release, "").Split('-', '+', '.', '~').Where(w => w.Any(char.IsAsciiLetter)));

    // Compares as rpm and vercmp do: digits are compared as numbers, a number is newer than letters, and a longer release is newer.
    static int Compare(string? left, string? right)
    {
        var (a, b) = (Parts.Matches(left ?? ""), Parts.Matches(right ?? ""));
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            var (x, y) = (a[i].Value.TrimStart('0'), b[i].Value.TrimStart('0'));
            var (p, q) = (char.IsAsciiDigit(a[i].Value[0]), char.IsAsciiDigit(b[i].Value[0]));
            var order =
                p != q ? p.CompareTo(q)
                : p && x.Length != y.Length ? x.Length.CompareTo(y.Length)
                : string.CompareOrdinal(x, y);
            if (order != 0)
                return order;
        }
        return a.Count.CompareTo(b.Count);
    }

    [GeneratedRegex(@"(?:el|fc|deb|bpo|arch|rc|zen|hardened|amzn|mga|azl)\d+(?:_\d+)*")]
    static partial Regex Distributor { get; }

    [GeneratedRegex("[0-9]+|[A-Za-z]+")]
    static partial Regex Parts { get; }
}
