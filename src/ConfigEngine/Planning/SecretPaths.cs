namespace ConfigEngine.Planning;

/// <summary>
/// Files that hold a secret by one resource, as the changes of the others show them: a diff of a line would have the secret,
/// or the one before it, beside that line.
/// </summary>
sealed class SecretPaths(IEnumerable<Resource> resources)
{
    readonly IReadOnlyList<(Content Secret, IReadOnlyList<Aspect> Paths)> paths =
    [
        .. from resource in resources let secret = resource.SecretContent where secret is not null select (secret, PathsOf(resource)),
    ];

    /// <summary>The entry, with its content shown as secret where it is one of those files.</summary>
    public Entry Hide(Entry entry)
    {
        if (entry is not PlannedChange { Change: { } change } planned || paths.Count == 0)
            return entry;
        var secret = paths.FirstOrDefault(path => PathsOf(entry.Resource).Intersect(path.Paths).Any()).Secret;
        return secret is null
            ? entry
            : planned with
            {
                Change = change with { Attributes = AttributeChange.Hidden(change.Attributes, secret) },
            };
    }

    static IReadOnlyList<Aspect> PathsOf(Resource resource) => [.. resource.Writes.Where(aspect => aspect.Kind is "path")];
}
