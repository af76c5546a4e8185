namespace ConfigEngine.Local;

/// <summary>Another user can change something that cfg would run or rely on.</summary>
/// <param name="what">The thing that cfg would have used.</param>
/// <param name="why">What is wrong with it or with a directory above it, and who owns that.</param>
/// <param name="hint">What to do.</param>
sealed class UntrustedException(string what, string why, string hint) : CfgException($"{what} is not trusted: {why}\n  hint: {hint}")
{
    /// <summary>What is wrong, and who owns it.</summary>
    public string Why { get; } = why;

    /// <summary>What to do.</summary>
    public string Hint { get; } = hint;
}
