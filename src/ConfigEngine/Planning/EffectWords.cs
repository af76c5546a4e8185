namespace ConfigEngine.Planning;

/// <summary>The other effects of a change in words: a line for each kind.</summary>
static class EffectWords
{
    /// <summary>The lines; the most harmful effects come first.</summary>
    public static IEnumerable<(EffectKind Kind, string Text)> Of(IReadOnlyList<Effect> effects) =>
        effects
            .GroupBy(effect => effect.Kind)
            .OrderBy(group => group.First().NeedsConsent ? 0 : 1)
            .SelectMany(group =>
                Word(group.Key) is { } word
                    ? [(group.Key, $"{word} {string.Join(", ", group.Select(Item).Order(StringComparer.Ordinal))}")]
                    : group.Select(effect => (group.Key, Sentence(effect))).Distinct()
            );

    static string? Word(EffectKind kind) =>
        kind switch
        {
            EffectKind.Installs => "also installs",
            EffectKind.Upgrades => "also upgrades",
            EffectKind.Downgrades => "downgrades",
            EffectKind.Removes => "also removes",
            EffectKind.Discards => "loses",
            EffectKind.Unmounts => "unmounts",
            EffectKind.Restarts => "restarts",
            _ => null,
        };

    static string Item(Effect effect) => effect.Detail is null ? effect.What : $"{effect.What} {effect.Detail}";

    static string Sentence(Effect effect) =>
        effect.Detail
        ?? (effect.Kind is EffectKind.Reboots ? "reboots the host, which cuts every connection to it" : "may cut the connection");
}
