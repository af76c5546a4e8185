using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Purging;

/// <summary>How a purge treats handlers that are still owed.</summary>
/// <param name="Handler">The only handler whose record is removed, while everything else stays; null for a purge of
/// everything.</param>
/// <param name="Discards">Whether a purge of everything may remove the records of owed handlers.</param>
sealed record PurgeOwed(string? Handler, bool Discards)
{
    /// <summary>A host with owed handlers is left as it is.</summary>
    public static PurgeOwed Keep { get; } = new(null, false);

    /// <summary>Everything is removed, with the records of owed handlers.</summary>
    public static PurgeOwed All { get; } = new(null, true);

    /// <summary>The record of one handler is removed, and nothing else.</summary>
    public static PurgeOwed One(string handler) => new(handler, false);
}

/// <summary>Removes the records of runs on hosts, all at the same time. Owed handlers are not discarded by accident.</summary>
static class PurgeRun
{
    /// <summary>Removes the records and prints the results.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> selectors,
        RunChoice choice,
        PurgeOwed owed,
        Terminal terminal,
        CancellationToken ct
    )
    {
        var hosts = InventoryHosts.Select(selectors, choice, terminal, ct);
        var results = await EachHost.Ask(
            hosts,
            choice,
            terminal,
            (host, session) => Purge(session, host.Name, owed, ct),
            (_, error) => new OutputLine(Marks.Failure, error.Message),
            ct
        );
        terminal.Print(results);
        terminal.Out.Flush();
        return results.Any(line => line.Spans.Any(span => span.Ink is Ink.Error)) ? ExitCode.Failed : ExitCode.Done;
    }

    static async Task<OutputLine> Purge(ConfigEngine.Applying.ISession session, string host, PurgeOwed owed, CancellationToken ct)
    {
        var ledger = await Records.Read(session, host, ct);
        var names = string.Join(", ", ledger.Owed.Select(each => each.Handler));
        if (owed.Handler is { } handler)
            return await Forget(session, host, handler, ledger, names, ct);
        if (ledger.Owed.Count > 0 && !owed.Discards)
            return new(
                Marks.Failure,
                $"{host}: left as it is, because handlers are pending there: {names}. Apply its recipe, or forget them with --owed."
            );
        return await Records.Remove(session, host, ct)
            ? new(new Span($"{host}: removed what cfg left there"))
            : new(new Span($"{host}: nothing was left there", Ink.Dim));
    }

    static async Task<OutputLine> Forget(
        ConfigEngine.Applying.ISession session,
        string host,
        string handler,
        Ledger ledger,
        string names,
        CancellationToken ct
    )
    {
        if (!ledger.Owed.Any(each => each.Handler == handler))
            return new(
                Marks.Failure,
                $"{host}: \"{handler}\" is not pending there; {(names.Length == 0 ? "nothing is" : $"pending: {names}")}."
            );
        await Records.Forget(session, host, handler, ct);
        return new(new Span($"{host}: {handler} is not pending any more"));
    }
}
