namespace ConfigEngine.Rendering;

/// <summary>Many hosts' names on one line.</summary>
static class HostList
{
    const int WhenUnknown = 120;

    /// <summary>As many names as fit, and the total number: <c>web1, web2, … (120 hosts)</c>.</summary>
    /// <param name="hosts">The names.</param>
    /// <param name="width">The terminal's columns, or null.</param>
    /// <param name="behind">The text after the list, on the same line.</param>
    public static string Of(IReadOnlyList<string> hosts, int? width, string? behind)
    {
        if (hosts.Count == 1)
            return Printable.Line(hosts[0]);
        var tail = $" ({hosts.Count} hosts)";
        var room = (width ?? WhenUnknown) - tail.Length - (behind is null ? 0 : Cells.Of(behind) + 2);
        var (shown, used) = (0, 0);
        while (shown < hosts.Count)
        {
            used += Cells.Of(Printable.Line(hosts[shown])) + (shown == 0 ? 0 : 2);
            if (shown > 0 && used + (shown + 1 < hosts.Count ? ", …".Length : 0) > room)
                break;
            shown++;
        }

        return string.Join(", ", hosts.Take(shown).Select(Printable.Line)) + (shown < hosts.Count ? ", …" : "") + tail;
    }
}
