namespace ConfigEngine.Testing;

/// <summary>Something that is not true of a plan, and should be of every plan.</summary>
/// <param name="Host">The host.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Problem">What is wrong, as a part of a sentence.</param>
/// <param name="Hint">What to do about it.</param>
sealed record Violation(string Host, Resource Resource, string Problem, string Hint)
{
    /// <summary>What a test has to allow so that this is none; null where nothing allows it.</summary>
    public Allowance? Unless { get; init; }

    /// <summary>For people: the place, the host, the resource, what is wrong, and what to do.</summary>
    public override string ToString() =>
        $"{(Resource.Source is { } at ? $"{at}: " : "")}{Host}: {Resource.Address}: {Problem}\n  hint: {Hint}";
}
