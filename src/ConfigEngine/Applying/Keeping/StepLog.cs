namespace ConfigEngine.Applying;

/// <summary>How far the steps of a run came on a host, by the host's own notes. It is read after a connection was lost.</summary>
/// <param name="Began">The numbers of the steps that began to act.</param>
/// <param name="Did">The numbers of the steps that came to their end.</param>
/// <param name="Reached">How far the last step came that began.</param>
/// <param name="Finished">The result of an operation that continued after the connection was lost; null when there is none.</param>
sealed record StepLog(IReadOnlySet<int> Began, IReadOnlySet<int> Did, Reached Reached, Finished? Finished)
{
    /// <summary>
    /// The token of the run that wrote the record, if that is not this run; the record then has nothing of this run. Null if it is
    /// this run's, or if there is none.
    /// </summary>
    public required string? Other { get; init; }

    /// <summary>
    /// Whether a step that is not in the record was certainly not started. That is so if there was no record, or if the record is
    /// of an earlier run and was there when this run was planned. A later run's record has replaced this run's record.
    /// </summary>
    /// <param name="planned">The token of the record that existed when this run was planned.</param>
    public bool IsWhole(string? planned) => Other is null || Other == planned;

    /// <summary>Reads the answer to the request for the lock.</summary>
    /// <exception cref="UnexpectedOutputException">The answer is not valid.</exception>
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
