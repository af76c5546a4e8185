namespace ConfigEngine.Local;

/// <summary>Something that cfg would run or rely on can be changed by somebody else.</summary>
/// <param name="what">What cfg would have used.</param>
/// <param name="why">What is wrong with it or with a directory above it, and whose that is.</param>
/// <param name="hint">What to do.</param>
sealed class UntrustedException(string what, string why, string hint) : CfgException($"{what} is not trusted: {why}\n  hint: {hint}")
{
    /// <summary>What is wrong, and whose it is.</summary>
    public string Why { get; } = why;

    /// <summary>What to do.</summary>
    public string Hint { get; } = hint;
}
