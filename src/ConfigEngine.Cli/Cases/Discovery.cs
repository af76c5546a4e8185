using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>Finds what is to be tested: the recipes beside a directory of recordings.</summary>
static class Discovery
{
    /// <summary>The convention in words; printed where nothing is found.</summary>
    public const string Convention = """
        A recipe is tested where recordings of its hosts are beside it:

          site.csx                             the recipe
          recordings/web1.json                 the host web1, as cfg record keeps it
          recordings/web1.converged.json       web1 in another state
          recordings/site/web1.json            for site.csx alone, instead of the first
          recordings/stand-ins.json            { "DB_PASSWORD": "a value for tests" }
          site.web1.verified.txt               the plan that somebody read and accepted
          site.web1.received.txt               the plan of the last run, where it differs
          site.test.csx                        expectations, if there are any

        To begin: cfg record web1 --for site.csx -o recordings, then cfg test
        """;

    /// <summary>The ending of a script with expectations.</summary>
    public const string TestEnding = ".test.csx";

    /// <summary>The recipes of a path, sorted: a recipe, or all in a directory and below it.</summary>
    /// <exception cref="UsageException">There is no such path.</exception>
    public static IReadOnlyList<string> Recipes(string path)
    {
        if (File.Exists(path))
            return [path.EndsWith(TestEnding, StringComparison.Ordinal) ? path[..^TestEnding.Length] + ".csx" : path];
        if (!Directory.Exists(path))
            throw new UsageException($"there is no {path}");
        return
        [
            .. Below(path)
                .SelectMany(directory => Directory.EnumerateFiles(directory, "*.csx"))
                .Select(file => file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file)
                .Where(file => !file.EndsWith(TestEnding, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    static IEnumerable<string> Below(string directory)
    {
        if (Directory.Exists(Path.Combine(directory, RecordingFolder.Name)))
            yield return directory;
        foreach (var inner in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            // Links may lead in a circle; what is built, and what is hidden, is nobody's recipe.
            if (Path.GetFileName(inner) is ['.', ..] or "bin" or "obj" or "node_modules" or RecordingFolder.Name)
                continue;
            if (new DirectoryInfo(inner).LinkTarget is not null)
                continue;
            foreach (var found in Below(inner))
                yield return found;
        }
    }
}
