namespace ConfigEngine.Testing;

/// <summary>A resource of a recipe with one thing that is otherwise, as after a slip of whoever wrote it.</summary>
/// <param name="Original">The resource as the recipe declares it.</param>
/// <param name="Resource">The resource that takes its place; null where it is left out.</param>
/// <param name="Property">The property, as the recipe writes it; empty where the whole resource is left out.</param>
/// <param name="Before">Its value in the recipe, for people.</param>
/// <param name="After">Its other value, for people.</param>
sealed record Mutant(Resource Original, Resource? Resource, string Property, string Before, string After)
{
    /// <summary>What was changed, in a few words.</summary>
    public string What => Resource is null ? "left out" : $"{Property} {Before} → {After}";

    /// <summary>The mutants of a resource: one for each other value of each property that the recipe sets, and one without it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="unchanged">Receives properties of which no other value is known.</param>
    public static IReadOnlyList<Mutant> Of(Resource resource, Action<string> unchanged)
    {
        var others = OtherValues
            .Of(resource, DefaultValues.Of(resource), unchanged)
            .Select(other => new Mutant(resource, (Resource)other.Changed, other.Property, other.Before, other.After))
            .Where(mutant => mutant.Resource is { } changed && changed.Key == resource.Key && changed != resource && IsValid(changed));
        return
        [
            .. others,
            .. resource.Notifies.Select(handler => new Mutant(
                resource,
                resource with
                {
                    Notifies = [.. resource.Notifies.Where(other => other != handler)],
                },
                nameof(Resource.Notifies),
                handler.Name,
                "(not)"
            )),
            new Mutant(resource, null, "", "", ""),
        ];
    }

    /// <summary>A value that the resource itself refuses is nobody's slip: the recipe would not run.</summary>
    static bool IsValid(Resource changed)
    {
        try
        {
            Catalog.Check(changed);
            return true;
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return false;
        }
    }
}
