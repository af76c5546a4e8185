using System.Collections.Concurrent;

namespace ConfigEngine.Scripting;

/// <summary>A recipe with everything that it loads, directly or indirectly: the whole input of a compilation.</summary>
sealed class ScriptSet
{
    readonly Dictionary<string, ScriptFile> scripts = new(StringComparer.Ordinal);
    readonly Dictionary<string, LibraryFile> assemblies = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, LocalFile> beside = new(StringComparer.Ordinal);

    readonly Action<RecipeException>? problem;

    ScriptSet(ScriptPaths paths, Disk disk, Action<RecipeException>? problem) => (Paths, Disk, this.problem) = (paths, disk, problem);

    public ScriptPaths Paths { get; }

    /// <summary>Reads the scripts, and other files that a run loads.</summary>
    public Disk Disk { get; }

    /// <summary>The recipe itself.</summary>
    public ScriptFile Recipe { get; private set; } = new("", "", "", "", []);

    /// <summary>The scripts, in the order in which they are first named; the recipe is the first.</summary>
    public IEnumerable<ScriptFile> Scripts => scripts.Values;

    /// <summary>The libraries that <c>#r</c> names.</summary>
    public IEnumerable<LibraryFile> Assemblies => assemblies.Values;

    /// <summary>The libraries that these libraries have loaded from their own directories so far.</summary>
    public IEnumerable<LocalFile> Beside => beside.Values;

    /// <summary>Whether a name occurs in the scripts.</summary>
    public bool Mentions(string name) => Scripts.Any(script => script.Text.Contains(name, StringComparison.Ordinal));

    /// <summary>Notes a library that one of <see cref="Assemblies"/> loaded.</summary>
    public void Found(LocalFile library) => beside[library.Path] = library;

    /// <summary>Reads a recipe and what it loads.</summary>
    /// <param name="path">The recipe.</param>
    /// <param name="paths">How paths are shown.</param>
    /// <param name="disk">Reads the files.</param>
    /// <param name="problem">Receives what is wrong with a directive, which then loads nothing; when null, it is thrown.</param>
    public static ScriptSet Read(string path, ScriptPaths paths, Disk disk, Action<RecipeException>? problem = null)
    {
        ScriptSet set = new(paths, disk, problem);
        set.Recipe = set.Add(paths.Full(path), from: null, within: []);
        return set;
    }

    /// <summary>The script that another one loads.</summary>
    public ScriptFile? Loaded(string path, string by) => scripts.GetValueOrDefault(Paths.Full(path, by));

    /// <summary>The library that a script references.</summary>
    public LibraryFile? Referenced(string path, string by) => assemblies.GetValueOrDefault(Paths.Full(path, by));

    ScriptFile Add(string path, SourceLine? from, IReadOnlyList<ScriptFile> within)
    {
        if (within.FirstOrDefault(script => script.Path == path) is { } again)
        {
            var chain = within.SkipWhile(script => script != again).Append(again).Select(script => script.Name);
            throw new RecipeException(
                $"scripts load each other: {string.Join(" → ", chain)}",
                from,
                hint: "move what both need into a third file that both load"
            );
        }

        if (scripts.TryGetValue(path, out var known))
            return known;
        var script = ScriptFile.Read(path, Paths.Shown(path), from, Disk);
        scripts.Add(path, script);
        foreach (var directive in script.Directives)
        {
            try
            {
                Follow(directive, script, [.. within, script]);
            }
            catch (RecipeException wrong) when (problem is not null)
            {
                problem(wrong);
            }
        }

        return script;
    }

    void Follow(Directive directive, ScriptFile script, IReadOnlyList<ScriptFile> within)
    {
        SourceLine at = new(script.Name, directive.Line, directive.Column);
        if (directive.Argument.Length == 0)
            throw new RecipeException($"#{directive.Verb} names no file", at);
        var path = Paths.Full(directive.Argument, script.Path);
        if (directive.Verb is "load")
            Add(path, at, within);
        else if (LibraryFile.Find(directive.Argument, path, Paths.Shown(path), at, Disk) is { } library)
            assemblies.TryAdd(path, library);
    }
}
