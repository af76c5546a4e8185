using ConfigEngine.Cli.Cases;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>While somebody watches, only the recipes are planned again that a change can concern.</summary>
public sealed class AffectedTests
{
    static readonly RecipeResult Site = new("/r/site.csx", []) { Files = ["/r/site.csx", "/r/lib/web.csx"] };
    static readonly RecipeResult Other = new("/r/other.csx", []) { Files = ["/r/other.csx", "/r/lib/db.csx"] };
    static readonly RecipeResult Broken = new("/r/broken.csx", []) { Problem = "it does not compile" };

    [Theory]
    [InlineData("/r/site.csx", "site")]
    [InlineData("/r/site.test.csx", "site")]
    [InlineData("/r/lib/web.csx", "site")]
    [InlineData("/r/lib/db.csx", "other")]
    [InlineData("/r/site.web1.verified.txt", "site")]
    [InlineData("/r/recordings/web1.json", "site other")]
    [InlineData("/r/recordings/site/web1.json", "site other")]
    [InlineData("/r/infra.csx", "site other")]
    [InlineData("/infra.csx", "site other")]
    [InlineData("/r/lib/new.csx", "site other")]
    [InlineData("/*.csx", "site other")]
    [InlineData("/r/package.json", "")]
    [InlineData("/elsewhere/site.web1.verified.txt", "")]
    public void A_change_concerns_what_depends_on_the_file(string changed, string recipes)
    {
        Affected affected = new(new([Site, Other, Broken], TimeSpan.Zero), [changed]);

        var again = new[] { Site, Other, Broken }.Where(one => affected.Unchanged(one.Recipe) is null).Select(one => one.Recipe);

        Assert.Equal($"{recipes} broken".Trim(), string.Join(' ', again.Select(path => Path.GetFileNameWithoutExtension(path))));
    }

    [Fact]
    public void A_recipe_is_planned_again_where_it_failed_or_was_not_there()
    {
        CaseResult failed = new(new("/r/site.csx", "web1", null, ""), Outcome.Failed);
        Affected affected = new(new([Site with { Cases = [failed] }, Other], TimeSpan.Zero), []);

        Assert.Null(affected.Unchanged("/r/site.csx"));
        Assert.Null(affected.Unchanged("/r/new.csx"));
        Assert.Same(Other, affected.Unchanged("/r/other.csx"));
    }
}
