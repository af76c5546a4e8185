namespace ConfigEngine.Planning;

/// <summary>
/// The files in which one resource puts a secret. Changes by other resources to the same file are shown without content, because
/// the diff of a line would show nearby lines with the secret or the old one.
/// </summary>
sealed class SecretPaths(IEnumerable<Resource> resources)
{
    readonly IReadOnlyList<(Content Secret, IReadOnlyList<Aspect> Paths)> paths =
    [
        .. from resource in resources let secret = resource.SecretContent where secret is not null select (secret, PathsOf(resource)),
    ];

    /// <summary>The entry, with its content shown as secret if it is one of those files.</summary>
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
