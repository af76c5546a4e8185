namespace ConfigEngine.Applying;

/// <summary>
/// What several steps read and write. A directory touches all that is below it: making it, or its owner and mode, decides what can be
/// done there.
/// </summary>
sealed class Touched
{
    readonly Places written = new();
    readonly Places read = new();

    /// <summary>Adds a step, if it touches nothing that the others touch.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Add(Step step)
    {
        var resource = step.Entries[0].Resource;
        var (writes, reads) = (resource.Writes.Concat(resource.Owns).ToList(), resource.Reads.ToList());
        if (writes.Concat(reads).Any(aspect => aspect.Kind is "*" || aspect.Key is "*"))
            return false;
        if (writes.Exists(aspect => written.Has(aspect) || read.Has(aspect)) || reads.Exists(written.Has))
            return false;
        writes.ForEach(written.Add);
        reads.ForEach(read.Add);
        return true;
    }

    /// <summary>Parts of a host; of those whose keys are paths, also the directories above.</summary>
    sealed class Places
    {
        readonly HashSet<string> keys = new(StringComparer.Ordinal);
        readonly HashSet<string> above = new(StringComparer.Ordinal);

        public void Add(Aspect aspect)
        {
            keys.Add(KeyOf(aspect));
            above.UnionWith(Above(aspect));
        }

        /// <summary>Whether this part is one of them, or is above or below one of them.</summary>
        public bool Has(Aspect aspect) =>
            KeyOf(aspect) is var key && (keys.Contains(key) || above.Contains(key) || Above(aspect).Any(keys.Contains));

        static string KeyOf(Aspect aspect) => aspect.Key.StartsWith('/') ? aspect.Key : $"{aspect.Kind} {aspect.Key}";

        static IEnumerable<string> Above(Aspect aspect)
        {
            if (!aspect.Key.StartsWith('/'))
                yield break;
            for (var end = aspect.Key.LastIndexOf('/'); end > 0; end = aspect.Key.LastIndexOf('/', end - 1))
                yield return aspect.Key[..end];
        }
    }
}
