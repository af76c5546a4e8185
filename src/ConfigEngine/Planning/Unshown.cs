namespace ConfigEngine.Planning;

/// <summary>
/// A plan only predicts some of its lines. When they become exact and do more than the plan named (another package is removed, a
/// service is restarted), the user has not agreed to that.
/// </summary>
static class Unshown
{
    /// <summary>Fails if a plan that was made again during a run does more than the plan that was shown.</summary>
    /// <param name="shown">The plan that was agreed to.</param>
    /// <param name="again">The remaining part of it, planned on the host as it is now.</param>
    /// <exception cref="UnshownException">It does more.</exception>
    public static void Check(HostPlan shown, HostPlan again)
    {
        var agreed = shown.Planned.SelectMany(entry => entry.Change.Effects).Select(Identity).ToHashSet();
        var open = shown
            .Planned.Where(entry => entry.Change is { Verb: Verb.Recheck } or { Certainty: Certainty.Unknown })
            .Select(entry => entry.Change.Address)
            .ToHashSet();
        foreach (
            var change in again
                .Planned.Where(entry => entry is { Change.Verb: not Verb.Recheck, Guard: not null })
                .Select(entry => entry.Change)
        )
        {
            if (change.Effects.Where(effect => IsMore(effect, change)).ToList() is { Count: > 0 } more)
                throw new UnshownException(again.Host, change.Source, change.Address, more);
        }

        var calls = shown.Handlers.Select(call => call.Handler.Name).ToHashSet();
        foreach (var call in again.Handlers.Where(call => call.Certainty is Certainty.Exact && !calls.Contains(call.Handler.Name)))
        {
            if (call.Handler.Effects is { Count: > 0 } more)
                throw new UnshownException(again.Host, null, $"handler \"{call.Handler.Name}\"", more);
        }

        bool IsMore(Effect effect, Change change) =>
            effect.NeedsConsent && !agreed.Contains(Identity(effect)) && !(effect.MayComeUnseen && open.Contains(change.Address));
    }

    // The user agrees to the removal of a package; the version does not matter.
    static (EffectKind Kind, string What) Identity(Effect effect) => (effect.Kind, effect.What);
}

/// <summary>The rest of a plan would do more to the host than the plan showed. Nothing of the rest was done.</summary>
sealed class UnshownException(string host, SourceLine? source, string address, IReadOnlyList<Effect> more)
    : CfgException(
        $"{(source is null ? "" : $"{source}: ")}{host}: {address} would do more than the plan showed:\n  "
            + $"{string.Join("\n  ", EffectWords.Of(more).Select(line => line.Text))}\n"
            + "  It was not started. Plan again, review the new plan, and apply it if you agree."
    );
