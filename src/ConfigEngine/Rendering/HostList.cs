using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Rendering;

/// <summary>Many hosts' names on one line.</summary>
static partial class HostList
{
    const int WhenUnknown = 120;
    const int ShortestRange = 5;

    /// <summary>
    /// As many names as fit, and the count of all of them: <c>web1, web2, … (120 hosts)</c>. Five and more that are numbered one after the
    /// other are a range: <c>node[01-40] (40 hosts)</c>.
    /// </summary>
    /// <param name="hosts">The names.</param>
    /// <param name="width">The terminal's columns, or null.</param>
    /// <param name="after">What follows on the same line.</param>
    public static string Of(IReadOnlyList<string> hosts, int? width, string? after)
    {
        if (hosts.Count == 1)
            return Printable.Line(hosts[0]);
        var names = Ranges(hosts).ToList();
        var tail = $" ({hosts.Count} hosts)";
        var room = (width ?? WhenUnknown) - tail.Length - (after is null ? 0 : Cells.Of(after) + 2);
        var (shown, used) = (0, 0);
        while (shown < names.Count)
        {
            used += Cells.Of(names[shown]) + (shown == 0 ? 0 : 2);
            if (shown > 0 && used + (shown + 1 < names.Count ? ", …".Length : 0) > room)
                break;
            shown++;
        }

        return string.Join(", ", names.Take(shown)) + (shown < names.Count ? ", …" : "") + tail;
    }

    static IEnumerable<string> Ranges(IReadOnlyList<string> hosts)
    {
        var i = 0;
        while (i < hosts.Count)
        {
            var end = i + 1;
            while (end < hosts.Count && Follows(hosts[end - 1], hosts[end]))
                end++;
            if (end - i >= ShortestRange && Numbered().Match(hosts[i]) is { Success: true } first)
            {
                var last = Numbered().Match(hosts[end - 1]).Groups["number"].Value;
                yield return Printable.Line($"{first.Groups["before"]}[{first.Groups["number"]}-{last}]{first.Groups["after"]}");
                i = end;
            }
            else
            {
                yield return Printable.Line(hosts[i]);
                i++;
            }
        }
    }

    /// <summary>Whether a name is another one with the next number, written with as many digits, or without leading zeros.</summary>
    static bool Follows(string name, string next)
    {
        var (one, two) = (Numbered().Match(name), Numbered().Match(next));
        var (low, high) = (one.Groups["number"].Value, two.Groups["number"].Value);
        return one.Success
            && two.Success
            && one.Groups["before"].Value == two.Groups["before"].Value
            && one.Groups["after"].Value == two.Groups["after"].Value
            && long.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (number + 1).ToString(CultureInfo.InvariantCulture).PadLeft(low.Length, '0') == high;
    }

    /// <summary>The last number in a name, and what is around it.</summary>
    [GeneratedRegex(@"\A(?<before>.*?)(?<number>[0-9]{1,15})(?<after>[^0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
