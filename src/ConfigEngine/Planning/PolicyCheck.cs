namespace ConfigEngine.Planning;

/// <summary>
/// Holds a host's plan against the policies of the recipe. What a policy forbids is an obstacle of its resource, as a missing user is
/// one: it is shown, and nothing is changed on the host. A policy that fails forbids everything, since nobody knows what it would say.
/// </summary>
static class PolicyCheck
{
    /// <summary>The plan, with an obstacle for each resource that a policy forbids.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="host">The host, as the policies see it.</param>
    /// <param name="catalog">The recipe, with its policies.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="RecipeException">A policy does not end.</exception>
    public static HostPlan Of(HostPlan plan, HostView host, Catalog catalog, CancellationToken ct)
    {
        if (catalog.Policies is not [var first, ..])
            return plan;
        return catalog.Code is { } code ? code.Run(All, "the answers of the policies", first.Source, ct) ?? plan : All();

        HostPlan All() =>
            (
                plan with
                {
                    Blocks =
                    [
                        .. plan.Blocks.Select(block =>
                            block with
                            {
                                Entries = [.. block.Entries.Select(entry => Held(entry, host, catalog.Policies))],
                            }
                        ),
                    ],
                }
            ).WithError;
    }

    static Entry Held(Entry entry, HostView host, IReadOnlyList<Policy> policies)
    {
        // What waits for a value is planned again when the value is known, and held against the policies then.
        if (entry.Obstacle is not null || entry is PlannedChange { Waits: true })
            return entry;
        PolicyView seen = new(host, entry.Resource, entry is PlannedChange { Change: { Verb: not Verb.Recheck } change } ? change : null);
        List<string> problems = [.. policies.Select(policy => Problem(policy, seen)).OfType<string>()];
        return problems.Count == 0
            ? entry
            : new(entry.Resource) { Obstacle = new PlanException(host.Name, entry.Resource, string.Join("; ", problems)) };
    }

    /// <summary>Why a policy forbids a resource; null if it does not.</summary>
    static string? Problem(Policy policy, PolicyView seen)
    {
        var name = $"the policy \"{policy.Name}\"{(policy.Source is null ? "" : $" ({policy.Source})")}";
        try
        {
            return policy.Forbids(seen) ? $"{name} forbids this: {policy.Because}" : null;
        }
        catch (NotYetException)
        {
            return $"{name} asks the host, and a policy decides by the plan alone";
        }
        catch (Exception thrown) when (thrown is not (ThreadAbortException or ThreadInterruptedException))
        {
            return $"{name} failed, so that nobody knows what it forbids: {thrown.Message} ({thrown.GetType().Name})";
        }
    }
}
