using System.Reflection;
using System.Runtime.CompilerServices;
using ConfigEngine.Scripting;

namespace ConfigEngine.Tests.Scripting;

/// <summary>A directory with recipes in it, for one test. Messages are given without the directory's own path.</summary>
sealed class RecipeFolder : IDisposable
{
    public RecipeFolder(string? below = null) =>
        Root = below is null
            ? Directory.CreateTempSubdirectory("recipes-").FullName
            : Directory.CreateDirectory(Path.Combine(below, $"recipes-{Guid.NewGuid():N}")).FullName;

    public string Root { get; }

    public string Cache => Path.Combine(Root, "cache", "recipes");

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    public SecretOptions Secrets { get; init; } = new();

    public string this[string name]
    {
        get => Path.Combine(Root, name);
        set
        {
            Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
            System.IO.File.WriteAllText(this[name], value);
        }
    }

    public RecipeLoader Loader =>
        new(
            new()
            {
                CacheDirectory = Cache,
                Limit = Limit,
                Secrets = Secrets,
            }
        );

    public LoadedRecipe Load(string name = "site.csx") => Loader.Load(this[name], CancellationToken.None);

    public LoadedRecipe Run(string recipe)
    {
        this["site.csx"] = recipe;
        return Load();
    }

    public string ErrorOf(string recipe)
    {
        this["site.csx"] = recipe;
        return ErrorOfLoading();
    }

    public string ErrorOfLoading(string name = "site.csx") => Shown(Assert.Throws<RecipeException>(() => Load(name)));

    public string Shown(Exception error) => Shown(error.Message);

    public string Shown(string text) => text.Replace(Root + "/", "", StringComparison.Ordinal);

    /// <summary>Each resource of each block, for a host named web1, with the place where it was declared.</summary>
    public IReadOnlyList<string> Declared(LoadedRecipe recipe) =>
        [.. Resources(recipe).Select(resource => Shown($"{resource.Address} at {resource.Source}"))];

    public static IReadOnlyList<Resource> Resources(LoadedRecipe recipe) =>
        [.. recipe.Catalog.Blocks.SelectMany(block => Resources(block))];

    /// <summary>A host that a block's lambda can see, of which nothing else is known.</summary>
    public static HostView View { get; } =
        new(new("web1"), (HostFacts.Facts)RuntimeHelpers.GetUninitializedObject(typeof(HostFacts.Facts)), [], []);

    static IReadOnlyList<Resource> Resources(object block)
    {
        var method = block.GetType().GetMethod("ResourcesFor", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return (IReadOnlyList<Resource>)method.Invoke(block, BindingFlags.DoNotWrapExceptions, null, [View], null)!;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
