using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// All that is lost by a change and that its resource does not name is an effect of it, so that a plan that did not show it is not
/// applied. Each resource's sample says what it loses, or what it names.
/// </summary>
public sealed class DestructionTests
{
    static IEnumerable<Loss> Losses => AllSamples.All.SelectMany(sample => sample.Losses);

    [Fact]
    public void What_is_lost_is_an_effect_and_needs_consent() =>
        Assert.All(
            Losses,
            loss =>
                Assert.Equal(
                    loss.Lost.Order(StringComparer.Ordinal),
                    Changed(loss.Resource, loss.Answer)
                        .Effects.Where(effect => effect.NeedsConsent && effect.Kind is not EffectKind.MayCutConnection)
                        .Select(effect => $"{effect.Kind} {effect.What}")
                        .Order(StringComparer.Ordinal)
                )
        );

    [Fact]
    public void What_is_lost_and_was_not_shown_stops_the_host() =>
        Assert.All(
            Losses.Where(loss => loss.Resource is not Reboot),
            loss =>
            {
                var becomes = Planned(loss.Resource, loss.Answer);
                var shown = becomes with
                {
                    Blocks =
                    [
                        new(
                            1,
                            [
                                new PlannedChange(
                                    loss.Resource,
                                    becomes.Changes.Single() with
                                    {
                                        Certainty = Certainty.Predicted,
                                        Effects = Effect.Of(loss.Resource),
                                    }
                                ),
                            ],
                            []
                        ),
                    ],
                };

                Unshown.Check(becomes, becomes);
                Assert.Contains(
                    "would do more than the plan showed",
                    Assert.Throws<UnshownException>(() => Unshown.Check(shown, becomes)).Message,
                    StringComparison.Ordinal
                );
            }
        );

    static Change Changed(Resource resource, string answer) => Planned(resource, answer).Changes.Single();

    static HostPlan Planned(Resource resource, string answer)
    {
        var plan = Planner.Plan(
            "web1",
            [(1, [resource])],
            Planner.Probes([resource]).ToDictionary(question => question, _ => Output.Of(answer)),
            []
        );
        Assert.Equal("", plan.Error?.Message ?? "");
        return plan;
    }
}
