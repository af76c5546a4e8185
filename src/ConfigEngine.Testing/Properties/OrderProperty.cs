using ConfigEngine.Rendering;

namespace ConfigEngine.Testing;

/// <summary>Whether a host's plan is the same when its hosts are planned in another order.</summary>
static class OrderProperty
{
    const string Hint =
        "what a script counts or collects from host to host differs with their order; use host.Name, host.Vars or facts instead";

    /// <summary>The first resource that differs; null where none does.</summary>
    /// <param name="plan">The plan of the host.</param>
    /// <param name="other">Its plan in the other order.</param>
    public static Violation? Of(HostPlan plan, HostPlan other)
    {
        var (own, others) = (plan.Entries.ToList(), other.Entries.ToList());
        for (var i = 0; i < Math.Max(own.Count, others.Count); i++)
        {
            var (one, two) = (own.ElementAtOrDefault(i), others.ElementAtOrDefault(i));
            if (one is null || two is null || one.Resource.Address != two.Resource.Address)
                return Different(
                    plan.Host,
                    (one ?? two)?.Resource,
                    $"it is {Name(one)} with the hosts in the order of the inventory, and {Name(two)} in the opposite order"
                );
            if (Text(plan.Host, one) is var before && Text(plan.Host, two) is var after && before != after)
                return Different(
                    plan.Host,
                    one.Resource,
                    "its plan is another one with the hosts in the opposite order:\n"
                        + string.Join('\n', UnifiedDiff.Of(before, after).Select(line => $"    {line}"))
                );
        }

        return null;
    }

    static Violation? Different(string host, Resource? resource, string problem) =>
        resource is null ? null : new(host, resource, problem, Hint);

    static string Name(Entry? entry) => entry?.Resource.Address ?? "not there";

    static string Text(string host, Entry entry) => string.Concat(PlanPage.Lines(host, entry).Select(line => $"{line}\n"));
}
