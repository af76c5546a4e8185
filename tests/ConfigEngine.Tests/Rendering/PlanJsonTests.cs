using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using static ConfigEngine.Tests.Rendering.Plans;

namespace ConfigEngine.Tests.Rendering;

public sealed class PlanJsonTests
{
    static PlanDocument Document(Plan plan) =>
        PlanJson.Document(
            plan,
            "0.1.0",
            "build1",
            new()
            {
                Path = "recipes/site.csx",
                Digest = "d1",
                Files = [new("recipes/site.csx", "d2"), new("infra.csx", "d3")],
            },
            new() { On = "web" }
        );

    [Fact]
    public void A_plan_as_json() => Snapshot.Verify(PlanJson.Write(Document(Site())));

    [Fact]
    public void The_schema() => Snapshot.Verify(JsonSchemas.Plan);

    [Fact]
    public void A_plan_is_as_the_schema_says() =>
        Assert.Empty(Schema.Problems(JsonNode.Parse(JsonSchemas.Plan), JsonNode.Parse(PlanJson.Write(Document(Site())))));

    [Theory]
    [InlineData("hosts")]
    [InlineData("formatVersion")]
    public void The_schema_misses_what_is_missing(string property)
    {
        var plan = JsonNode.Parse(PlanJson.Write(Document(Site())))?.AsObject() ?? [];
        plan.Remove(property);
        Assert.NotEmpty(Schema.Problems(JsonNode.Parse(JsonSchemas.Plan), plan));
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        var text = PlanJson.Write(Document(Site()));
        Assert.Equal(text, PlanJson.Write(PlanJson.Read(text)));
    }

    [Theory]
    [InlineData("{}", "it has no formatVersion")]
    [InlineData("[1]", "it has no formatVersion")]
    [InlineData("""{"formatVersion": 99}""", "its format is 99, and this cfg reads 3; plan again with this cfg")]
    public void What_is_no_plan_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<PlanUnreadableException>(() => PlanJson.Read(text)).Message);

    [Theory]
    [InlineData("{")]
    [InlineData("""{"formatVersion": "1"}""")]
    [InlineData("""{"formatVersion": 1}""")]
    [InlineData("""{"formatVersion": 1, "hosts": null}""")]
    [InlineData("""{"formatVersion": 3, "hosts": [null]}""")]
    public void What_is_half_a_plan_is_refused(string text) => Assert.Throws<PlanUnreadableException>(() => PlanJson.Read(text));

    /// <summary>Generated code that reads JSON sets a member that is not there to null, whatever its initial value.</summary>
    [Fact]
    public void A_list_that_is_left_out_is_empty() =>
        Assert.Empty(
            typeof(PlanDocument)
                .Assembly.GetTypes()
                .Where(type => type.Name.EndsWith("Document", StringComparison.Ordinal))
                .SelectMany(type => type.GetProperties().Select(property => (Type: type, Property: property)))
                .Where(one =>
                    one.Property.PropertyType is { IsGenericType: true } list
                    && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                    && new NullabilityInfoContext().Create(one.Property).ReadState is NullabilityState.NotNull
                    && one.Property.SetMethod is not null
                    && !one.Property.IsDefined(typeof(RequiredMemberAttribute))
                    && !one.Type.GetConstructors().Any(made => made.GetParameters().Any(given => given.Name == one.Property.Name))
                    && one.Property.GetValue(RuntimeHelpers.GetUninitializedObject(one.Type)) is null
                )
                .Select(one => $"{one.Type.Name}.{one.Property.Name}")
        );

    [Fact]
    public void A_secret_is_not_in_it()
    {
        var text = PlanJson.Write(
            Document(
                new([
                    Host(
                        "a",
                        Change(
                            Verb.Update,
                            "user",
                            "x",
                            new AttributeChange("password", null, new Secret("environment PASSWORD", () => "hunter2"))
                        )
                    ),
                ])
            )
        );
        Assert.DoesNotContain("hunter2", text);
        Assert.Contains("environment PASSWORD", text);
    }
}
