using System.Text.RegularExpressions;
using ConfigEngine.Tests.Documenting;

namespace ConfigEngine.Tests.Resources;

/// <summary>What is true of the resource that each doc comment shows: it compiles, it is accepted, and its plan is sound.</summary>
public sealed partial class ExampleTests
{
    public static TheoryData<string> Resources => AllResources.Names;

    public static TheoryData<string> Values =>
        [
            .. typeof(Resource)
                .Assembly.GetExportedTypes()
                .Where(type =>
                    !type.IsSubclassOf(typeof(Resource))
                    && AllResources.Docs.Example(type)?.StartsWith("new ", StringComparison.Ordinal) == true
                )
                .Select(type => type.FullName ?? ""),
        ];

    public static TheoryData<string> Verbs =>
        [.. MemberTable.Methods(typeof(Dsl), AllResources.Docs).Select(method => AllResources.Docs.Example(method)).OfType<string>()];

    [Theory, MemberData(nameof(Resources))]
    public void Compiles_as_a_recipe_and_is_accepted(string name)
    {
        var example = AllResources.Example(name);

        Assert.Equal(name, example.GetType().Name);
        Catalog.Check(example);
    }

    [Theory, MemberData(nameof(Values))]
    public void An_example_of_a_value_compiles(string type) =>
        Assert.Null(
            Examples.ProblemOf(
                $"object example =\n{AllResources.Docs.Example(typeof(Resource).Assembly.GetType(type, throwOnError: true)!)};"
            )
        );

    [Theory, MemberData(nameof(Verbs))]
    public void An_example_of_the_language_compiles(string code) => Assert.Null(Examples.ProblemOf(code));

    [Theory, MemberData(nameof(Resources))]
    public void Has_a_name_and_a_kind(string name)
    {
        var example = AllResources.Example(name);

        Assert.NotEqual("", example.Key);
        Assert.Matches(Kebab(), example.Kind);
    }

    [Theory, MemberData(nameof(Resources))]
    public void What_is_there_as_it_should_be_is_no_change(string name) =>
        Assert.All(
            Variants.Of(AllResources.Example(name)),
            resource =>
            {
                if (Draft(resource, new(null)) is { } draft)
                    Assert.Null(Draft(resource, draft.After));
            }
        );

    [Theory, MemberData(nameof(Resources))]
    public void A_change_does_something(string name) =>
        Assert.All(
            Variants.Of(AllResources.Example(name)),
            resource =>
            {
                var draft = Draft(resource, new(null));
                if (AllResources.TakesAway(resource))
                    return;
                Assert.NotEqual(0, draft?.Operations.Count);
                Assert.All(States.EachUnlike(draft?.After), actual => Assert.NotEqual(0, Draft(resource, actual)?.Operations.Count));
            }
        );

    [Theory, MemberData(nameof(Resources))]
    public void Case_01_What_is_not_there_and_declared_is_a_change(string name)
    {
        var bare = Variants.Bare(AllResources.Example(name));
        if (AllResources.TakesAway(bare) || !Variants.IsAccepted(bare))
            return;

        var draft = Draft(bare, new(null));

        Assert.NotNull(draft);
        Assert.NotEmpty(draft.Operations);
        Assert.NotEqual(Verb.Remove, draft.Verb);
    }

    [Theory, MemberData(nameof(Resources))]
    public void Of_what_is_not_known_a_plan_does_not_say_what_becomes_of_it(string name) =>
        Assert.All(
            Variants.Of(AllResources.Example(name)),
            resource =>
            {
                Assert.Empty(resource.Guess()?.Notes ?? []);
                Assert.Equal(resource.PossibleEffects, resource.Guess()?.Effects ?? []);
                if (!AllResources.TakesAway(resource))
                    Assert.DoesNotContain(
                        Draft(resource, new(null))?.Effects ?? [],
                        effect => effect.Kind is EffectKind.Removes or EffectKind.Discards or EffectKind.Unmounts
                    );
            }
        );

    [Fact]
    public void What_is_sent_to_a_host_is_sound_shell()
    {
        var scripts = AllResources
            .Types.SelectMany(type => Variants.Of(Examples.Of(type)))
            .SelectMany(Scripts.Attempt)
            .Distinct()
            .ToList();

        Assert.Empty(Scripts.SyntaxErrors([Library.Text, .. scripts]));
        Assert.All(scripts, script => Assert.True(new Quoting(script).IsClosed, script));
    }

    static Draft? Draft(Resource resource, Observed actual) => Attempt(() => resource.Compare(actual));

    // A state that a resource does not know is an error and never a plan.
    static T? Attempt<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is UnexpectedOutputException or CfgException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Kebab();
}
