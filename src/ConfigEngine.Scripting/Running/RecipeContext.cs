using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Security.Cryptography;

namespace ConfigEngine.Scripting;

/// <summary>
/// A recipe's assembly with the libraries that it references. It is unloaded together with the catalog that it filled.
/// </summary>
sealed class RecipeContext : AssemblyLoadContext
{
    // A collectible context unloads itself when nothing refers to the object, even if its code is still in use. Lambdas of the
    // catalog that load a library for the first time would then fail.
    static readonly ConditionalWeakTable<object, RecipeContext> KeptBy = [];

    static readonly Assembly Engine = typeof(Dsl).Assembly;

    readonly ScriptSet scripts;

    RecipeContext(ScriptSet scripts, params IEnumerable<object> keepers)
        : base("recipe", isCollectible: true)
    {
        this.scripts = scripts;
        Resolving += (_, name) => FindBesideLibraries(name);
        foreach (var keeper in keepers)
            KeptBy.Add(keeper, this);
    }

    /// <summary>Loads a recipe and finds its entry point.</summary>
    public static Func<object?[], Task<object>> Load(CompiledRecipe compiled, ScriptSet scripts, Catalog catalog)
    {
        RecipeContext context = new(scripts, catalog, catalog.Inventory);
        using MemoryStream assembly = new(compiled.Assembly);
        using MemoryStream symbols = new(compiled.Symbols);
        var loaded = context.LoadFromStream(assembly, symbols);
        compiled.Branches?.Watch(loaded);
        return loaded
            .GetTypes()
            .Select(type => type.GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .OfType<MethodInfo>()
            .First()
            .CreateDelegate<Func<object?[], Task<object>>>();
    }

    // A recipe's Catalog must be this process's Catalog, even if the engine itself is loaded into a context of its own.
    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name == Engine.GetName().Name)
            return Engine;
        var library = scripts.Assemblies.FirstOrDefault(library => Path.GetFileNameWithoutExtension(library.Path) == name.Name);
        return library is null ? null : FromBytes(library.Bytes);
    }

    Assembly? FindBesideLibraries(AssemblyName name)
    {
        var path = scripts
            .Assemblies.Select(library => Path.Combine(ScriptPaths.DirectoryOf(library.Path), $"{name.Name}.dll"))
            .FirstOrDefault(System.IO.File.Exists);
        if (path is null)
            return null;
        var bytes = scripts.Disk.ReadLibrary(path, scripts.Paths.Shown(path), null);
        scripts.Found(new(scripts.Paths.Shown(path), Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return FromBytes(bytes);
    }

    Assembly FromBytes(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return LoadFromStream(stream);
    }
}
