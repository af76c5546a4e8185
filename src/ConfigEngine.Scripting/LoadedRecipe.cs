namespace ConfigEngine.Scripting;

/// <summary>A recipe that has run.</summary>
/// <param name="Catalog">The recipe's declarations.</param>
/// <param name="Inventory">The recipe's own hosts, or else those of the nearest <c>infra.csx</c>; empty if there is
/// neither.</param>
/// <param name="Path">The recipe's path as messages show it.</param>
/// <param name="Digest">
/// The SHA-256 digest of the recipe, everything that it loads and the inventory's scripts: equal digests mean equal scripts, in any
/// directory. Other local files are in <see cref="LocalFiles"/>.
/// </param>
/// <param name="Files">The scripts and libraries that were loaded, as messages show their paths; the recipe is the first.</param>
public sealed record LoadedRecipe(Catalog Catalog, Inventory Inventory, string Path, string Digest, IReadOnlyList<string> Files)
{
    /// <summary>
    /// Warnings for the user, each a line with its place: old names in its scripts or in those of the inventory. They are shown at
    /// every run, also if the compiled recipe comes from the cache.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>
    /// The branches of the recipe and of what it loads; null if they are not seen, because nobody asked for it or because its code does
    /// not allow it.
    /// </summary>
    internal SeenBranches? Branches { get; init; }

    internal LocalFiles? Local { get; init; }

    internal Secrets? Secrets { get; init; }

    internal IReadOnlyList<ScriptSet> Sets { get; init; } = [];

    /// <summary>
    /// Reads the declared secrets, except passwords of hosts that are not in the run. Secrets that a block declares for one host
    /// are read while that host is planned.
    /// </summary>
    /// <param name="hosts">The hosts of the run.</param>
    /// <exception cref="RecipeException">A secret cannot be read.</exception>
    public void ReadSecrets(IEnumerable<Host> hosts)
    {
        var names = hosts.Select(host => host.Name).ToHashSet();
        var (used, unused) = (
            Inventory.Hosts.Where(host => names.Contains(host.Name)),
            Inventory.Hosts.Where(host => !names.Contains(host.Name))
        );
        Secrets?.Read(except: unused.SelectMany(Passwords).Except(used.SelectMany(Passwords)));
    }

    /// <summary>
    /// Looks for every file that the scripts name in plain text, also in code that only runs for a host: a part of <c>cfg check</c>.
    /// </summary>
    /// <exception cref="RecipeException">One cannot be read; its place is in the error.</exception>
    public void CheckFiles()
    {
        if (Local is null)
            return;
        foreach (var call in Sets.SelectMany(RecipeCompiler.LocalCallsIn))
        {
            try
            {
                _ = call.Kind is LocalKind.Tree ? (object)Local.List(call.Path, call.Script) : Local.Read(call.Path, call.Script);
            }
            catch (RecipeException wrong) when (wrong.At is null)
            {
                throw new RecipeException(wrong.Message, call.At, hint: wrong.Hint, inner: wrong);
            }
        }
    }

    static IEnumerable<Secret> Passwords(Host host) => ((Secret?[])[host.Password, host.Become?.Password]).OfType<Secret>();

    /// <summary>
    /// The local files that were read so far, and files that the recipe's libraries loaded from their own directories, sorted by
    /// path. Blocks that depend on the host read their files during planning.
    /// </summary>
    public IReadOnlyList<LocalFile> LocalFiles =>
        [.. (Local?.Seen ?? []).Concat(Sets.SelectMany(set => set.Beside)).Distinct().OrderBy(file => file.Path, StringComparer.Ordinal)];
}

/// <summary>A file beside a recipe whose content is part of the catalog.</summary>
/// <param name="Path">The path as messages show it.</param>
/// <param name="Digest">The SHA-256 digest of the content, in hexadecimal.</param>
public sealed record LocalFile(string Path, string Digest);
