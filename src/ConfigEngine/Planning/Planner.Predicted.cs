namespace ConfigEngine.Planning;

/// <summary>How a resource is planned whose state was predicted, and not observed.</summary>
static partial class Planner
{
    /// <summary>The entry of a resource whose state earlier steps left; null where the host's answer tells it.</summary>
    static Entry? OnPredicted(string host, Resource resource, HostModel model)
    {
        if (model.From?.Of(resource) is not { } settled)
            return null;
        if (settled.Again is { } again)
        {
            model.Write(again);
            return again;
        }

        if (settled.State is not { } state)
            return Untold(resource, settled.Untold ?? "", model);
        try
        {
            return OnPredicted(host, resource, state, model);
        }
        catch (CfgException obstacle) when (obstacle is PlanException or ProbeFailedException)
        {
            return new(resource) { Obstacle = obstacle };
        }
    }

    static Entry OnPredicted(string host, Resource resource, Observed state, HostModel model)
    {
        var probe = resource.FirstProbe;
        var own = model.Own;
        var left = probe.Put is null ? own.Leaves(probe) : null;
        if (left is { IsGuess: true })
            return Guess(host, resource, probe, model, $"after {left.Address}");
        var actual = left?.After ?? state;
        var draft = Compare(host, resource, actual);
        var disturbance = own.Disturbs(resource, probe, draft?.Batch);
        if (draft is null)
            return disturbance is null
                ? new Entry(resource) { Now = actual }
                : Recheck(resource, probe, $"after {disturbance.Address}", model.Session);
        return Refused(host, resource, model) is { } missing
            ? throw missing
            : Differing(resource, probe, actual, draft, disturbance ?? (left is { Certainty: not Certainty.Exact } ? left : null), model);
    }

    /// <summary>A resource of which nobody can say more than that an apply verified it. It is named, and calls for no handler.</summary>
    static PlannedChange Untold(Resource resource, string why, HostModel model) =>
        new(
            resource,
            new()
            {
                Kind = resource.Kind,
                Key = resource.Key,
                Verb = Verb.Recheck,
                Certainty = Certainty.Unknown,
                Because = why,
                Source = resource.Source,
            }
        )
        {
            Probe = Unknowns.Of(resource).Count > 0 ? null : resource.FirstProbe,
        };
}
