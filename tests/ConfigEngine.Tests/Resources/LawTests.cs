using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ConfigEngine.Tests.Documenting;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is true of every resource type: its shape, its words, its tests.</summary>
public sealed partial class LawTests
{
    public static TheoryData<string> Resources => AllResources.Names;

    [Theory, MemberData(nameof(Resources))]
    public void Is_a_public_sealed_record_but_for_its_old_name(string name)
    {
        var type = AllResources.Named(name);

        Assert.NotEqual(type.IsSealed, AllResources.OldNames.Any(old => old.BaseType == type));
        Assert.True(type.IsPublic && type.GetMethod("<Clone>$") is not null);
        Assert.Equal("ConfigEngine.Resources", type.Namespace);
    }

    [Theory, MemberData(nameof(Resources))]
    public void Stands_in_a_file_of_its_own_name(string name) =>
        Assert.Single(Repository.Sources("src/ConfigEngine/Resources"), file => Path.GetFileName(file.Path) == $"{name}.cs");

    [Theory, MemberData(nameof(Resources))]
    public void Says_its_properties_once_and_takes_no_boolean_by_position(string name)
    {
        var type = AllResources.Named(name);

        Assert.All(
            Variants.Settable(type),
            property => Assert.Contains(typeof(IsExternalInit), property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers())
        );
        Assert.DoesNotContain(
            type.GetConstructors().SelectMany(constructor => constructor.GetParameters()),
            parameter => (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(bool)
        );
        Assert.Empty(type.GetFields(BindingFlags.Public | BindingFlags.Instance));
    }

    [Theory, MemberData(nameof(Resources))]
    public void Says_what_it_is_and_what_each_property_means(string name)
    {
        var type = AllResources.Named(name);

        Assert.NotEqual("", DocText.Line(AllResources.Docs.Of(type)?.Element("summary")));
        Assert.NotNull(AllResources.Docs.Example(type));
        var silent = Variants
            .Settable(type)
            .Where(property => DocText.Line(AllResources.Docs.Meaning(property)).Length == 0)
            .Select(property => property.Name);
        Assert.Empty(silent);
    }

    [Theory, MemberData(nameof(Resources))]
    public void Says_what_null_means(string name) => Assert.Empty(SilentOnNull(AllResources.Named(name)));

    [Fact]
    public void Values_of_resources_say_what_null_means() =>
        Assert.Empty(
            typeof(Resource)
                .Assembly.GetExportedTypes()
                .Where(type =>
                    type.Namespace == "ConfigEngine.Resources"
                    && !type.IsNested
                    && !type.IsSubclassOf(typeof(Resource))
                    && !AllResources.States.Contains(type)
                )
                .Where(type => !DocText.Line(AllResources.Docs.Of(type)?.Element("summary")).Contains("null", StringComparison.Ordinal))
                .SelectMany(SilentOnNull)
        );

    [Theory, MemberData(nameof(Resources))]
    public void Has_pages(string name)
    {
        // What takes a thing away may be shown with what makes it: NoLine in LineTests.
        var pages = TestPages.Below(Repository.Tests);
        string[] classes = [$"{name}Tests", .. name.StartsWith("No", StringComparison.Ordinal) ? (string[])[$"{name[2..]}Tests"] : []];
        var shown = classes.Sum(test => pages[test].Count());

        Assert.True(
            shown >= 3,
            $"{name} has {shown} pages; a resource that is right, one that is not there and one that cannot be are the least."
        );
    }

    [Theory, MemberData(nameof(Resources))]
    public void Says_by_whose_authority_it_can_be_made(string name) => Assert.NotNull(AllResources.Example(name).Authority);

    [Theory, MemberData(nameof(Resources))]
    public void Tells_the_laws_what_they_cannot_find_out(string name) => Assert.Equal("", AllSamples.Lacking(AllResources.Named(name)));

    [Fact]
    public void No_page_is_left_from_a_test_that_is_gone()
    {
        var stale = System
            .IO.Directory.EnumerateFiles(Repository.Tests, "*.verified.txt", SearchOption.AllDirectories)
            // Pages of recipes are beside their recordings, and cfg test tells those that are left.
            .Where(page => !System.IO.Directory.Exists(Path.Combine(Path.GetDirectoryName(page) ?? "", "recordings")))
            .Where(page =>
            {
                var words = Path.GetFileName(page).Split('.');
                var test = Path.Combine(Path.GetDirectoryName(page) ?? "", $"{words[0]}.cs");
                return !System.IO.File.Exists(test)
                    || !System.IO.File.ReadAllText(test).Contains($" {words[1]}(", StringComparison.Ordinal);
            })
            .Select(Path.GetFileName);

        Assert.Empty(stale);
    }

    static IEnumerable<string> SilentOnNull(Type type)
    {
        NullabilityInfoContext nullability = new();
        return Variants
            .Settable(type)
            .Where(property => nullability.Create(property).ReadState is NullabilityState.Nullable)
            .Where(property => !Null().IsMatch(DocText.Line(AllResources.Docs.Meaning(property))))
            .Select(property => $"{type.Name}.{property.Name}: say what null means (\"left alone when null\")");
    }

    [GeneratedRegex(@"\bnull\b", RegexOptions.IgnoreCase)]
    private static partial Regex Null();
}
