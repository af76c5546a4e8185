using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Resources;

/// <summary>What a plan does not show, an apply does not do: two declarations with the same lines run the same.</summary>
public sealed class ShownTests
{
    public static TheoryData<string> Resources => AllResources.Names;

    [Theory, MemberData(nameof(Resources))]
    public void A_property_that_changes_what_is_run_changes_what_is_shown(string name)
    {
        List<string> unknown = [];
        List<string> hidden = [];
        foreach (var variant in Variants.Of(AllResources.Example(name)))
        {
            if (Shown(variant) is not { } shown)
                continue;
            foreach (var mutant in Mutant.Of(variant, unknown.Add))
            {
                if (
                    mutant.Resource is { } changed
                    && Shown(changed) is { } other
                    && other.Lines == shown.Lines
                    && other.Runs != shown.Runs
                )
                    hidden.Add(mutant.What);
            }
        }

        Assert.True(hidden.Count == 0, string.Join("\n", hidden.Distinct()));
    }

    /// <summary>The lines and the commands of its change on a host that has nothing of it; null where that cannot be told.</summary>
    static (string Lines, string Runs)? Shown(Resource resource)
    {
        try
        {
            if (Unknowns.Of(resource).Count > 0 || resource.Guess() is not { } draft)
                return null;
            PlannedChange planned = new(
                resource,
                new()
                {
                    Kind = resource.Kind,
                    Key = resource.Key,
                    Verb = draft.Verb,
                    Certainty = Certainty.Exact,
                    Attributes = draft.Attributes,
                    Operations = draft.Operations,
                    How = HowRun.Of(resource),
                    Effects = draft.Effects,
                    Notes = draft.Notes,
                }
            );
            return (string.Join('\n', PlanPage.Lines("web1", planned)), planned.Runs);
        }
        catch (CfgException)
        {
            return null;
        }
    }
}
