using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Inspecting;

/// <summary>The inventory for people: a table if it fits, otherwise a few lines for each host.</summary>
static class HostTable
{
    static readonly string[] Titles = ["host", "reached as", "via", "key", "groups", "variables"];

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(IReadOnlyList<InventoryDocument> hosts, int? width)
    {
        var rows = hosts.Select(host => (string[])[.. Row(host).Select(Printable.Line)]).ToList();
        var shown = Enumerable.Range(0, Titles.Length).Where(i => rows.Exists(row => row[i].Length > 0)).ToList();
        var columns = shown.ToDictionary(i => i, i => rows.Select(row => Cells.Of(row[i])).Append(Titles[i].Length).Max());
        if (width is null || columns.Values.Sum(column => column + 2) <= width + 2)
        {
            yield return Row(Titles, _ => Ink.Dim);
            foreach (var row in rows)
                yield return Row(row, i => i == 0 ? Ink.Bold : Ink.Plain);
            yield break;

            // No spaces after the last column: they would not fit, and a terminal would continue them on a new line.
            OutputLine Row(string[] cells, Func<int, Ink> ink) =>
                new([.. shown.Select(i => new Span(i == shown[^1] ? cells[i] : Cells.Pad(cells[i], columns[i] + 2), ink(i)))]);
        }

        foreach (var row in rows)
        {
            yield return new(new Span($"{row[0]}  ", Ink.Bold), row[1]);
            foreach (var i in shown.Skip(2).Where(i => row[i].Length > 0))
            {
                foreach (var line in Wrap.Hanging(row[i], Ink.Plain, new(new Span($"  {Titles[i].PadRight(11)}", Ink.Dim)), width))
                    yield return line;
            }
        }
    }

    static string[] Row(InventoryDocument host) =>
        [
            host.Name,
            Reached(host) + (host.Become is { } become ? $", then {become}" : ""),
            host.Ssh?.ProxyJump ?? (host.Ssh?.ProxyCommand is { } command ? $"$ {command}" : ""),
            string.Join(", ", host.Ssh?.IdentityFiles ?? []),
            string.Join(", ", host.Groups),
            string.Join(", ", host.Vars.Select(variable => $"{variable.Key}={variable.Value}")),
        ];

    static string Reached(InventoryDocument host) =>
        host switch
        {
            { Error: { } error } => error,
            { Ssh: { } ssh } =>
                $"{ssh.User}@{(ssh.HostName.Contains(':') ? $"[{ssh.HostName}]" : ssh.HostName)}{(ssh.Port == 22 ? "" : $":{ssh.Port}")}",
            _ => $"$ {string.Join(' ', host.Command ?? [])}",
        };
}
