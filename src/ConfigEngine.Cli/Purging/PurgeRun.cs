using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Purging;

/// <summary>Removes what runs left on hosts, all at once. What is owed is not forgotten by accident.</summary>
static class PurgeRun
{
    /// <summary>Removes and says so.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<string> selectors, RunChoice choice, bool owed, Terminal terminal, CancellationToken ct)
    {
        var hosts = InventoryHosts.Select(selectors, choice, terminal, ct);
        var results = await EachHost.Ask(hosts, choice, terminal, (host, session) => Purge(session, host.Name, owed, ct), (_, error) => new Line(new Span(error.Message, Ink.Error)), ct);
        terminal.Print(results);
        terminal.Out.Flush();
        return results.Any(line => line.Spans.Any(span => span.Ink is Ink.Error)) ? ExitCode.Failed : ExitCode.Done;
    }

    static async Task<Line> Purge(ConfigEngine.ISession session, string host, bool owed, CancellationToken ct)
    {
        var ledger = await Records.Look(session, host, ct);
        if (ledger.Owed.Count > 0 && !owed)
            return new(new Span($"{host}: left as it is, because something is owed there: {string.Join(", ", ledger.Owed.Select(each => each.Handler))}. Apply its recipe, or forget it with --owed.", Ink.Error));
        return await Records.Remove(session, host, ct) ? new(new Span($"{host}: removed what cfg left there")) : new(new Span($"{host}: nothing was left there", Ink.Dim));
    }
}
