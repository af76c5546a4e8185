namespace ConfigEngine.Applying;

/// <summary>
/// A run cannot continue after a reboot of the machine that it runs on. There, a reboot may only be the very last step, and it is
/// not verified.
/// </summary>
static class OwnReboot
{
    /// <summary>Whether a host is the machine that the run is on, by its boot id.</summary>
    public static bool Is(Facts facts, string? ownBootId) => ownBootId is not null && facts.BootId == ownBootId;

    /// <summary>Fails if a plan reboots this machine and has further steps after that.</summary>
    /// <exception cref="PlanException">The plan does that.</exception>
    public static void Check(HostPlan plan, Facts facts, string? ownBootId)
    {
        if (!Is(facts, ownBootId))
            return;
        var last = plan.Blocks.SelectMany(block => block.Entries).LastOrDefault()?.Resource;
        foreach (var block in plan.Blocks)
        {
            foreach (
                var entry in block.Planned.Where(entry =>
                    entry.Change.Effects.Any(effect => effect.Kind is EffectKind.Reboots)
                    && (!ReferenceEquals(entry.Resource, last) || block.Handlers.Count > 0)
                )
            )
                throw Refused(plan, entry.Resource, "make it the last resource of the recipe");
            if (block.Handlers.Any(call => call.Handler.Reboots is not null) && !ReferenceEquals(block, plan.Blocks[^1]))
                throw Refused(
                    plan,
                    block.Entries.Last(entry => entry.Resource.Notifies.Any(handler => handler.Reboots is not null)).Resource,
                    "let only the last block notify it"
                );
        }
    }

    static PlanException Refused(HostPlan plan, Resource resource, string hint) =>
        new(
            plan.Host,
            resource,
            "cfg runs on this very machine, and what comes after its reboot could not be done",
            $"{hint}, or run cfg from another machine"
        );
}
