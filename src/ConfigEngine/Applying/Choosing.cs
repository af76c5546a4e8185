using System.Collections.Concurrent;

namespace ConfigEngine.Applying;

/// <summary>
/// The resources of a recipe that a run is for: those that match a pattern, without those that are skipped. A pattern is an address
/// (<c>file /etc/motd</c>) or a key (<c>/etc/motd</c>), in which <c>*</c> and <c>?</c> are wildcards.
/// </summary>
sealed class Choosing(IReadOnlyList<string> only, IReadOnlyList<string> skip)
{
    readonly ConcurrentDictionary<string, string> keys = new(StringComparer.Ordinal);

    /// <summary>Whether a resource is among them.</summary>
    public bool Has(Resource resource)
    {
        if (only.Count + skip.Count == 0)
            return true;
        keys[resource.Address] = resource.Key;
        return (only.Count == 0 || only.Any(pattern => Means(pattern, resource.Address, resource.Key)))
            && !skip.Any(pattern => Means(pattern, resource.Address, resource.Key));
    }

    /// <summary>The first pattern that matched no resource, with the nearest name; null where each one matched.</summary>
    public (string Option, string Pattern, string? Nearest)? Missed()
    {
        foreach (var (option, pattern) in only.Select(one => ("--only", one)).Concat(skip.Select(one => ("--skip", one))))
        {
            if (!keys.Any(seen => Means(pattern, seen.Key, seen.Value)))
                return (option, pattern, Nearest(pattern));
        }

        return null;
    }

    /// <summary>A pattern without a kind is compared with keys.</summary>
    string? Nearest(string pattern) =>
        pattern.Contains(' ', StringComparison.Ordinal)
            ? Similar.Closest(pattern, keys.Keys)
            : Similar.Closest(pattern, keys.Values.Distinct()) ?? Similar.Closest(pattern, keys.Keys);

    static bool Means(string pattern, string address, string key) =>
        pattern == address
        || pattern == key
        || (Glob.IsPattern(pattern) && (Glob.Matches(pattern, address) || Glob.Matches(pattern, key)));
}
