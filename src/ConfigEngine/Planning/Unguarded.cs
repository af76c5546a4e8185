namespace ConfigEngine.Planning;

/// <summary>Notes in a plan what could not be restored, if the session cannot run anything at a host's next boot.</summary>
static class Unguarded
{
    /// <summary>
    /// The blocks, with a note at each change that may take effect only after a later reboot, and may then cut the connection to
    /// its host.
    /// </summary>
    public static IReadOnlyList<BlockPlan> Noted(IReadOnlyList<BlockPlan> blocks)
    {
        var isBefore = false;
        List<BlockPlan> noted = [];
        foreach (var block in blocks.Reverse())
        {
            isBefore |= block.Handlers.Any(call => call.Handler.Reboots is not null);
            List<Entry> entries = [];
            foreach (var entry in block.Entries.Reverse())
            {
                entries.Add(
                    isBefore && entry is PlannedChange { Change: { } change } planned && Risk.IsForBoot(entry.Resource)
                        ? planned with
                        {
                            Change = change with { Notes = [.. change.Notes, Risk.NotAtBoot] },
                        }
                        : entry
                );
                isBefore |= entry is PlannedChange { Change: { } made } && made.Effects.Any(effect => effect.Kind is EffectKind.Reboots);
            }

            noted.Add(block with { Entries = [.. entries.AsEnumerable().Reverse()] });
        }

        return [.. noted.AsEnumerable().Reverse()];
    }
}
