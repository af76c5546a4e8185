namespace ConfigEngine.Planning;

/// <summary>Which handlers run at the end of a block, and in which order.</summary>
static partial class Planner
{
    static bool Knows(IReadOnlyList<Resource> resources, string handler) =>
        resources.Any(resource => resource.Notifies.Any(one => one.Name == handler));

    static IReadOnlyList<HandlerCall> Handlers(IReadOnlyList<Entry> entries, IReadOnlyList<Owed> owed)
    {
        List<HandlerCall> calls =
        [
            .. entries
                .OfType<PlannedChange>()
                .Where(planned => !planned.IsUntold)
                .SelectMany(planned => planned.Resource.Notifies, (planned, handler) => (Handler: handler, planned.Change))
                .GroupBy(call => call.Handler.Name)
                .Select(calls => new HandlerCall(
                    calls.First().Handler,
                    [.. calls.Select(call => call.Change.Address).Distinct()],
                    calls.Min(call => call.Change.Certainty)
                )
                {
                    Owed = owed.FirstOrDefault(one => one.Handler == calls.Key),
                }),
            .. owed.Where(one => !entries.Any(entry => entry is PlannedChange { IsUntold: false } && Knows([entry.Resource], one.Handler)))
                .Select(one => new HandlerCall(
                    entries.SelectMany(entry => entry.Resource.Notifies).First(handler => handler.Name == one.Handler),
                    one.Because,
                    Certainty.Exact
                )
                {
                    Owed = one,
                }),
        ];

        // In the order of the recipe, whether they are notified now or owed from before: an interrupted run must not change the
        // order.
        var order = entries.SelectMany(entry => entry.Resource.Notifies).Select(handler => handler.Name).Distinct().ToList();
        return [.. calls.OrderBy(call => Last(call.Handler)).ThenBy(call => order.IndexOf(call.Handler.Name))];
    }

    /// <summary>
    /// Handlers that are to run, in the order of the plan. Handlers that the plan did not expect follow, in the order in which they
    /// were notified.
    /// </summary>
    internal static IReadOnlyList<Handler> InOrder(IReadOnlyList<HandlerCall> planned, IEnumerable<Handler> handlers)
    {
        var places = planned.Select((call, i) => (call.Handler.Name, i)).ToDictionary(place => place.Name, place => place.i);
        return [.. handlers.OrderBy(Last).ThenBy(handler => places.GetValueOrDefault(handler.Name, int.MaxValue))];
    }

    // A reboot does everything that a restart does, so it comes last, after the other handlers.
    static int Last(Handler handler) => handler.Reboots is null ? 0 : 1;
}
