using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Which part of the journals is printed, and how.</summary>
/// <param name="Host">Only this host, or hosts that match this pattern; all when null.</param>
/// <param name="Json">Whether to print JSON.</param>
/// <param name="View">How much of a run is shown.</param>
sealed record HistoryChoice(string? Host, bool Json, PlanTextOptions View);
