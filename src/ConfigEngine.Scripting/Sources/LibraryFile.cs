namespace ConfigEngine.Scripting;

/// <summary>A .NET library that a script references with <c>#r "path.dll"</c>.</summary>
sealed record LibraryFile(string Path, string Name, byte[] Bytes, string Digest)
{
    /// <summary>The library; null if the name is that of a part of .NET itself, as in <c>#r "System.Xml"</c>.</summary>
    public static LibraryFile? Find(string argument, string path, string name, SourceLine at, Disk disk)
    {
        if (argument.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            throw new RecipeException(
                $"#r \"{argument}\": a recipe takes no packages, so that it means the same on every machine",
                at,
                hint: "put the package's .dll beside the recipe and write #r \"lib/Name.dll\""
            );
        }

        if (!argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            return Framework.Find(argument) is not null
                ? null
                : throw new RecipeException(
                    $"#r \"{argument}\": there is no such part of .NET",
                    at,
                    hint: "a library of your own is a path that ends in .dll, relative to this file"
                );
        }

        var bytes = disk.ReadLibrary(path, name, at);
        return new(path, name, bytes, Disk.Digest(bytes));
    }
}
