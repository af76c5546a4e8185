namespace ConfigEngine.Planning;

/// <summary>Finds resources of one host that contradict each other, before anything is planned.</summary>
static class Conflicts
{
    /// <summary>
    /// Fails if two resources have the same identity, notify different handlers of one name, make different statements about one
    /// part of the host, or if one resource decides completely what another one edits.
    /// </summary>
    /// <exception cref="RecipeException">There is such a conflict; both places are named.</exception>
    public static void Check(string host, IReadOnlyList<Resource> resources)
    {
        Dictionary<(string, string), Resource> seen = [];
        foreach (var resource in resources)
        {
            if (!seen.TryAdd((resource.Kind, resource.Key), resource))
                throw Conflict(
                    host,
                    resource,
                    $"{resource.Address} is declared twice",
                    seen[(resource.Kind, resource.Key)],
                    "remove one of them, or give them to different hosts"
                );
        }

        Dictionary<string, (Handler Handler, Resource By)> handlers = [];
        foreach (var (by, handler) in resources.SelectMany(resource => resource.Notifies, (resource, handler) => (resource, handler)))
        {
            if (!handlers.TryAdd(handler.Name, (handler, by)) && handlers[handler.Name] is var first && first.Handler != handler)
                throw Conflict(
                    host,
                    by,
                    $"{by.Address} and {first.By.Address} notify two different handlers with the name \"{handler.Name}\", of which only "
                        + $"one would run",
                    first.By,
                    "share one handler, or give them two names"
                );
        }

        Owned(host, resources);
        if (Claim.Contradiction(resources) is var (earlier, later, words))
            throw Conflict(
                host,
                later,
                $"{earlier.Address} and {later.Address} contradict each other: {words}",
                earlier,
                "each would undo the other at every apply: remove one of them, or make them agree"
            );
    }

    static void Owned(string host, IReadOnlyList<Resource> resources)
    {
        var owners = resources.SelectMany(resource => resource.Owns, (resource, aspect) => (resource, aspect)).ToList();
        if (owners.Count == 0)
            return;
        var byPath = owners.Where(owner => owner.aspect.Kind is "path").ToLookup(owner => owner.aspect.Key, owner => owner.resource);
        var trees = owners.Where(owner => owner.aspect.Kind is "under").ToList();
        foreach (var resource in resources)
        {
            foreach (var aspect in resource.Writes.Where(aspect => aspect is { Kind: "path", IsAccessList: false }))
            {
                var owner = byPath[aspect.Key]
                    .Concat(trees.Where(tree => tree.aspect.Overlaps(aspect)).Select(tree => tree.resource))
                    .FirstOrDefault(owner => !ReferenceEquals(owner, resource));
                if (owner is not null)
                    throw Conflict(
                        host,
                        resource,
                        $"{resource.Address} changes what {owner.Address} decides whole, so that each would undo the other",
                        owner,
                        "declare it in one of the two"
                    );
            }
        }
    }

    static RecipeException Conflict(string host, Resource resource, string problem, Resource other, string hint) =>
        new(
            $"{problem} (for {host})" + (other.Source is null ? "" : $"; the other one is at {other.Source}"),
            resource.Source,
            hint: hint
        );
}
