namespace ConfigEngine.Planning;

/// <summary>Something that <c>cfg test</c> refuses unless a test allows it.</summary>
enum AllowanceKind
{
    /// <summary>Something is done at every apply.</summary>
    Repeats,

    /// <summary>Something is lost that the recipe does not name.</summary>
    Loses,
}

/// <summary>What a test allows.</summary>
/// <param name="Kind">What is allowed.</param>
/// <param name="Address">The address of the resource; in a test, <c>*</c> and <c>?</c> in it are wildcards.</param>
sealed record Allowance(AllowanceKind Kind, string Address)
{
    /// <summary>Where it is allowed; null where that is not known.</summary>
    public SourceLine? At { get; init; }

    /// <summary>Whether it allows something.</summary>
    public bool Covers(Allowance needed) => Kind == needed.Kind && Glob.Matches(Address, needed.Address);
}
