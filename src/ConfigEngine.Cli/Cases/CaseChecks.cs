using ConfigEngine.Rendering;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>What is checked of a case besides its page: what tests expect of it, and what must be true of every plan.</summary>
/// <param name="hosts">The recorded hosts.</param>
/// <param name="expected">What tests expect and allow.</param>
/// <param name="redaction">The secrets.</param>
sealed class CaseChecks(RecordedHosts hosts, Expectations expected, Redaction redaction)
{
    /// <summary>What is wrong; what was not tried, null where all was; and from how many predicted states it was planned.</summary>
    /// <param name="one">The case.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="other">Its plan with the hosts in the opposite order; null where there is one host.</param>
    /// <param name="ct">Stops.</param>
    public async Task<(IReadOnlyList<string> Problems, string? Untried, int States)> Of(
        TestCase one,
        HostPlan plan,
        HostPlan? other,
        CancellationToken ct
    )
    {
        SecretProperty secret = new(redaction);
        List<Violation> found =
        [
            .. secret.Of(plan),
            .. other is not null && OrderProperty.Of(plan, other) is { } order ? [order] : (Violation[])[],
        ];
        var states = 0;
        var untried = plan.Error is null ? null : "it cannot be planned, so nothing but its error is compared";
        if (plan.Error is null)
        {
            var properties = await PropertiesOf(plan, ct);
            found.AddRange(properties.Violations);
            found.AddRange(secret.Of(properties.Drifted).Where(leak => found.All(known => known.Resource != leak.Resource)));
            (untried, states) = (properties.Untried, properties.States);
        }

        List<string> problems =
        [
            .. found.Where(violation => !expected.Allows(one, violation)).Select(violation => violation.ToString()),
            .. expected.Unmet(one, plan),
        ];
        if (problems.Count == 0 && secret.Leak(Document(plan)) is { } line)
            problems.Add($"{plan.Host}: the plan as JSON shows a secret: {line}");
        return ([.. problems.Select(redaction.Of)], untried, states);
    }

    static string Document(HostPlan plan) =>
        PlanJson.Write(
            PlanJson.Document(
                new([plan]),
                Cfg.Version,
                Cfg.Build,
                new()
                {
                    Path = "",
                    Digest = "",
                    Files = [],
                },
                new()
            )
        );

    async Task<PlanProperties> PropertiesOf(HostPlan plan, CancellationToken ct)
    {
        await using var session = await hosts.Connect(new(plan.Host), null, ct);
        var probes = Planner.Probes(plan.Entries.Select(entry => entry.Resource));
        return new(plan, await Probing.Ask(session, probes, ct), session.Facts.RunningAs);
    }
}
