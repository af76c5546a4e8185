using System.Reflection;
using System.Runtime.Loader;
using ConfigEngine.Scripting;

namespace ConfigEngine.Tests.Scripting;

public sealed class RecipeCacheTests : IDisposable
{
    const string Recipe = "On(\"web\", new Package(\"a\"));";

    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    string[] Entries => Directory.GetFiles(folder.Cache, "*.recipe");

    [Fact]
    public void A_recipe_that_did_not_change_starts_without_the_compiler()
    {
        folder["lib.csx"] = "Recipe A() => new(\"a\", new Package(\"a\"));";
        folder["infra.csx"] = "Hosts(new Host(\"web\"));";
        folder.Run("#load \"lib.csx\"\nOn(\"web\", A());");

        // A process of its own would say the same, and take longer.
        SeparateContext context = new();
        var loader = context.LoadFromAssemblyName(typeof(RecipeLoader).Assembly.GetName());
        dynamic options = Activator.CreateInstance(loader.GetType(typeof(LoaderOptions).FullName!)!)!;
        ((object)options).GetType().GetProperty(nameof(LoaderOptions.CacheDirectory))!.SetValue(options, folder.Cache);
        var instance = Activator.CreateInstance(loader.GetType(typeof(RecipeLoader).FullName!)!, [options])!;
        var loaded = instance
            .GetType()
            .GetMethod(nameof(RecipeLoader.Load))!
            .Invoke(instance, [folder["site.csx"], CancellationToken.None])!;

        Assert.Equal(2, Entries.Length);
        Assert.NotSame(typeof(LoadedRecipe), loaded.GetType());
        Assert.DoesNotContain(context.Asked, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("site.csx")]
    [InlineData("lib.csx")]
    [InlineData("own.dll")]
    public void A_change_of_anything_it_is_made_of_compiles_it_again(string changed)
    {
        folder["lib.csx"] = "#r \"own.dll\"\nRecipe A() => new(\"a\", new Package(\"a\"));";
        System.IO.File.Copy(typeof(FactAttribute).Assembly.Location, folder["own.dll"]);
        folder.Run("#load \"lib.csx\"\nOn(\"web\", A());");
        folder.Load();
        Assert.Single(Entries);
        System.IO.File.AppendAllText(folder[changed], "\n");
        folder.Load();
        Assert.Equal(2, Entries.Length);
    }

    [Fact]
    public void A_cached_recipe_has_its_places_and_its_files()
    {
        folder["motd"] = "hi";
        folder.Run(
            "On(\"web\", new File(\"/etc/motd\") { Content = Local(\"motd\") });\nint Zero() => 0;\nOn(\"web\", host => [new "
                + "Package($\"{1 / Zero()}\")]);"
        );
        var cached = folder.Load();
        Assert.StartsWith(
            "site.csx(3,19): ",
            folder.Shown(RecipeTrace.Explain(Assert.Throws<DivideByZeroException>(() => RecipeFolder.Resources(cached)), null))
        );
        Assert.Equal("motd", folder.Shown(Assert.Single(cached.LocalFiles).Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(-40)]
    public void A_damaged_entry_is_compiled_again(int at)
    {
        folder.Run(Recipe);
        var entry = Assert.Single(Entries);
        var bytes = System.IO.File.ReadAllBytes(entry);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        System.IO.File.WriteAllBytes(entry, bytes);
        Assert.Single(folder.Load().Catalog.Blocks);
        Assert.NotEqual(bytes, System.IO.File.ReadAllBytes(entry));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(500)]
    public void A_cut_entry_is_compiled_again(int length)
    {
        folder.Run(Recipe);
        var entry = Assert.Single(Entries);
        System.IO.File.WriteAllBytes(entry, System.IO.File.ReadAllBytes(entry)[..length]);
        Assert.Single(folder.Load().Catalog.Blocks);
    }

    [Fact]
    public void Nobody_else_can_look_into_the_cache()
    {
        folder.Run(Recipe);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            System.IO.File.GetUnixFileMode(folder.Cache)
        );
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Assert.Single(Entries)));
    }

    [Theory]
    [InlineData("/proc/nowhere/recipes")]
    [InlineData("/dev/null/recipes")]
    [InlineData("")]
    [InlineData(null)]
    public void Without_a_usable_cache_everything_works(string? directory)
    {
        folder["site.csx"] = Recipe;
        Assert.Single(
            new RecipeLoader(new() { CacheDirectory = directory }).Load(folder["site.csx"], CancellationToken.None).Catalog.Blocks
        );
    }

    [Fact]
    public async Task Any_number_of_runs_share_a_cache()
    {
        foreach (var i in Enumerable.Range(0, 4))
            folder[$"{i}.csx"] = $"On(\"web\", new Package(\"p{i}\"));";
        using CancellationTokenSource enough = new();
        var vandal = OnItsOwnThread(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                foreach (var entry in Directory.Exists(folder.Cache) ? Entries : [])
                    System.IO.File.Delete(entry);
                Thread.Sleep(5);
            }
        });
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    OnItsOwnThread(() => Assert.Equal($"package p{i % 4}", RecipeFolder.Resources(folder.Load($"{i % 4}.csx"))[0].Address))
                )
        );
        await enough.CancelAsync();
        await vandal;
        Assert.Empty(Directory.GetFiles(folder.Cache, "*.tmp"));
    }

    static Task OnItsOwnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [Fact]
    public void What_was_not_used_for_a_month_goes()
    {
        DateTimeOffset start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Clock clock = new() { Now = start };
        RecipeLoader loader = new(new() { CacheDirectory = folder.Cache, Time = clock });
        void Load(string name, double day)
        {
            clock.Now = start.AddDays(day);
            folder[$"{name}.csx"] = $"// {name}";
            loader.Load(folder[$"{name}.csx"], CancellationToken.None);
        }

        Load("old", 0);
        Load("used", 0);
        foreach (var entry in Entries)
            System.IO.File.SetLastWriteTimeUtc(entry, start.UtcDateTime);
        System.IO.File.WriteAllText(Path.Combine(folder.Cache, "left.tmp"), "");
        System.IO.File.SetLastWriteTimeUtc(Path.Combine(folder.Cache, "left.tmp"), start.UtcDateTime);
        Load("used", 20);
        Load("new", 31);
        Assert.Equal(2, Entries.Length);
        Assert.False(System.IO.File.Exists(Path.Combine(folder.Cache, "left.tmp")));
        Load("used", 31);
        Assert.Equal(2, Entries.Length);
    }

    sealed class Clock : TimeProvider
    {
        public required DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    // Loads the engine and the compiler anew and tells what was asked for.
    sealed class SeparateContext() : AssemblyLoadContext("separate", isCollectible: true)
    {
        public List<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name!);
            var path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
            return assemblyName.Name!.StartsWith("ConfigEngine", StringComparison.Ordinal) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
