namespace ConfigEngine.Applying;

/// <summary>How far the steps of a run came on a host, as the host itself noted it: read after a connection was lost.</summary>
/// <param name="Began">The numbers of the steps that began to act.</param>
/// <param name="Did">The numbers of those that came to their end.</param>
/// <param name="Reached">How far the last one came that began.</param>
/// <param name="Finished">What an operation came to that went on when the connection was gone; null when there is none.</param>
sealed record StepLog(IReadOnlySet<int> Began, IReadOnlySet<int> Did, Reached Reached, Finished? Finished)
{
    /// <summary>
    /// Whose record it is, where it is not this run's: then nothing of this run is in it. Null where it is, or where there is none.
    /// </summary>
    public required string? Other { get; init; }

    /// <summary>
    /// Whether a step that is not in it was not begun: where there was no record, or still that of an earlier run that was there when this
    /// one was planned. Another run's of later has taken the place of this run's.
    /// </summary>
    /// <param name="planned">Whose record there was when this run was planned.</param>
    public bool IsWhole(string? planned) => Other is null || Other == planned;

    /// <summary>Reads the answer to the request for the lock.</summary>
    /// <exception cref="UnexpectedOutputException">It is none.</exception>
    public static StepLog Read(Output answer)
    {
        var said = answer.Lines.Select(line => NameValue.Read(line)).ToLookup(pair => pair.Name, pair => pair.Value);
        return new(
            Numbers(said["began"]),
            Numbers(said["did"]),
            RetryScript.ReachedBy(said["phase"].FirstOrDefault() ?? ""),
            said["result"].FirstOrDefault() is { } result ? Finished.Read(result, said["said"]) : null
        )
        {
            Other = said["foreign"].FirstOrDefault(),
        };
    }

    static HashSet<int> Numbers(IEnumerable<string> texts) => [.. texts.Select(text => Number.Read(text, "the number of a step"))];
}
