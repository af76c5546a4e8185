namespace ConfigEngine.Tests.Scripting;

/// <summary>A recipe that uses an old name runs, and says so.</summary>
public sealed class OldNameTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_name_is_told_once_for_each_line_also_when_the_recipe_comes_from_the_cache()
    {
        folder["lib.csx"] = """
            Recipe Old() => new("old",
                new Absent("/srv/a"));
            """;
        folder["infra.csx"] = """
            Hosts(new Host("web1"));

            [Obsolete("name the host")]
            string All() => "all";
            [Obsolete]
            string None() => "none";
            Group("everybody", All(), None());
            """;
        folder["site.csx"] = """
            #load "lib.csx"
            On("web1", Old());
            On("web1", new Absent("/srv/b"), new Absent("/srv/c"), new Package("d")
            {
                Version = PackageVersion.None,
            });
            #pragma warning disable CS0618 // known, and kept for now
            On("web1", new Absent("/srv/e"));
            """;
        string[] told =
        [
            "lib.csx:2: Absent is called NoPath now",
            "site.csx:3: Absent is called NoPath now",
            "site.csx:5: PackageVersion.None is new NoPackage(name) now",
            "infra.csx:7: All() is obsolete: name the host",
            "infra.csx:7: None() is obsolete",
        ];

        Assert.Equal(told, folder.Load().Warnings.Select(folder.Shown));
        Assert.NotEmpty(Directory.GetFiles(folder.Cache));
        var cached = folder.Load();
        Assert.Equal(told, cached.Warnings.Select(folder.Shown));
        Assert.Equal(
            ["no-path /srv/a", "no-path /srv/b", "no-path /srv/c", "no-package d", "no-path /srv/e"],
            RecipeFolder.Resources(cached).Select(resource => resource.Address)
        );
        Assert.Equal("site.csx(3,12)", folder.Shown($"{RecipeFolder.Resources(cached)[1].Source}"));
    }

    [Fact]
    public void A_recipe_without_any_says_nothing() => Assert.Empty(folder.Run("On(\"web1\", new NoPath(\"/srv/a\"));").Warnings);
}
