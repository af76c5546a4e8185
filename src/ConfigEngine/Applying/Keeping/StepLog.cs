using System.Globalization;

namespace ConfigEngine;

/// <summary>How far the steps of a run came on a host, as the host itself noted it: read after a connection was lost.</summary>
/// <param name="Began">The numbers of the steps that began to act.</param>
/// <param name="Did">The numbers of those that came to their end.</param>
/// <param name="Reached">How far the last one came that began.</param>
/// <param name="Finished">What an operation came to that went on when the connection was gone; null when there is none.</param>
sealed record StepLog(IReadOnlySet<int> Began, IReadOnlySet<int> Did, Reached Reached, Finished? Finished)
{
    /// <summary>
    /// Whether it can be relied on: not where another run had the host meanwhile, or where the host went down, because the record is gone
    /// with that. Where there is no record at all, no step was begun.
    /// </summary>
    public required bool IsReliable { get; init; }

    /// <summary>Reads the answer to the request for the lock.</summary>
    public static StepLog Read(Output answer)
    {
        var said = answer.Lines.Select(Ledger.Pair).ToLookup(pair => pair.Name, pair => pair.Value);
        return new(
            Numbers(said["began"]),
            Numbers(said["did"]),
            Trying.ReachedBy(said["phase"].FirstOrDefault() ?? ""),
            said["result"].FirstOrDefault() is { } result ? Finished.Read(result, said["said"]) : null)
        {
            IsReliable = !said.Contains("foreign"),
        };
    }

    static HashSet<int> Numbers(IEnumerable<string> texts) => [.. texts.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
}
