namespace ConfigEngine.Lab.Faults;

/// <summary>What came of a round.</summary>
/// <param name="Strike">What was broken and when.</param>
/// <param name="Host">Where.</param>
/// <param name="At">Which step the host was at.</param>
/// <param name="First">How the run that was struck ended.</param>
/// <param name="Second">How the next one ended.</param>
/// <param name="Struck">How long the first took.</param>
/// <param name="Took">How long the second took.</param>
/// <param name="Cleared">How long until nothing was left.</param>
/// <param name="Told">What the first run said of each change and handler, and what is true of it.</param>
/// <param name="Wrong">What is wrong; empty when nothing is.</param>
sealed record Outcome(
    Strike Strike,
    string Host,
    string At,
    int First,
    int Second,
    TimeSpan Struck,
    TimeSpan Took,
    TimeSpan Cleared,
    IReadOnlyList<Told> Told,
    string Wrong
)
{
    public static string Heading =>
        $"{"round",-6}{"host",-12}{"struck",-9}{"when",-16}{"exit",5}{"s",7}{"again",7}{"s",7}{"clear",7}  at";

    public override string ToString() =>
        $"{Strike.Number,-6}{Host,-12}{Strike.Victim,-9}{Strike.When,-16}{First,5}{Struck.TotalSeconds,7:0.0}{Second,7}"
        + $"{Took.TotalSeconds,7:0.0}{Cleared.TotalSeconds,7:0.0}  {At}{(Wrong.Length == 0 ? "" : "  WRONG")}";
}
