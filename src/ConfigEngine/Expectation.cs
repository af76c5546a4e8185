namespace ConfigEngine;

/// <summary>
/// What must be true of the plans of some recorded hosts, whatever else changes: a test of a recipe, in a <c>NAME.test.csx</c> beside
/// it. <c>cfg test</c> checks each statement for each host; plans and applies know nothing of it.
/// </summary>
/// <example><code>
/// Expect("web*").Runs("restart nginx.service", times: 1).NeverReboots();
/// Expect("web1", state: "converged").ChangesNothing();
/// </code></example>
public sealed class Expectation : IExpectation
{
    readonly List<(SourceLine? At, Func<HostPlan, string?> Wrong)> statements = [];
    readonly List<Allowance> allowances = [];

    internal Expectation(string selector, string? state, SourceLine? source) => (Selector, State, Source) = (selector, state, source);

    /// <summary>The hosts that it is about.</summary>
    internal string Selector { get; }

    /// <summary>The recorded state that it is about; all when null.</summary>
    internal string? State { get; }

    /// <summary>Where it is.</summary>
    internal SourceLine? Source { get; }

    /// <summary>The host is up to date: nothing changes, and no handler runs.</summary>
    public Expectation ChangesNothing() =>
        That(
            "nothing changes",
            plan => Named([.. plan.Changes.Select(change => change.Address), .. plan.Handlers.Select(call => call.Handler.Name)])
        );

    /// <summary>A resource changes.</summary>
    /// <param name="address">Its address, <c>file /etc/motd</c>, in which <c>*</c> and <c>?</c> are wildcards.</param>
    public Expectation Changes(string address) =>
        That(
            $"{address} changes",
            plan =>
                plan.Changes.Any(change => Glob.Matches(address, change.Address)) ? null
                : plan.Changes.Any() ? $"only {Text.List([.. plan.Changes.Select(change => change.Address)], 5)}"
                : "nothing changes"
        );

    /// <summary>No resource with this address changes.</summary>
    /// <inheritdoc cref="Changes(string)"/>
    public Expectation DoesNotChange(string address) =>
        That(
            $"{address} does not change",
            plan => Named([.. plan.Changes.Select(change => change.Address).Where(changed => Glob.Matches(address, changed))])
        );

    /// <summary>A handler runs.</summary>
    /// <param name="handler">Its name, <c>restart nginx.service</c>, in which <c>*</c> and <c>?</c> are wildcards.</param>
    /// <param name="times">How often, over all blocks; 0 for never.</param>
    public Expectation Runs(string handler, int times = 1) =>
        That(
            times == 0 ? $"{handler} does not run" : $"{handler} runs {(times == 1 ? "once" : $"{times} times")}",
            plan =>
                plan.Handlers.Count(call => Glob.Matches(handler, call.Handler.Name)) is var count && count == times ? null
                : count == 0 ? "it does not run"
                : $"it runs {(count == 1 ? "once" : $"{count} times")}"
        );

    /// <summary>The host is not rebooted, by a change or by a handler.</summary>
    public Expectation NeverReboots() =>
        That(
            "it does not reboot",
            plan =>
                Named([
                    .. plan
                        .Changes.Where(change => change.Effects.Any(effect => effect.Kind is EffectKind.Reboots))
                        .Select(change => change.Address),
                    .. plan.Handlers.Where(call => call.Handler.Reboots is not null).Select(call => call.Handler.Name),
                ])
        );

    /// <summary>Nothing is removed, downgraded, discarded or unmounted.</summary>
    public Expectation LosesNothing() =>
        That(
            "nothing is lost",
            plan =>
                Named([
                    .. plan
                        .Changes.Where(change => change.Verb is Verb.Remove || change.Effects.Any(effect => effect.IsLoss))
                        .Select(change => change.Address),
                ])
        );

    /// <summary>Every line of the plan is exact or predicted: none is known only when it is applied.</summary>
    public Expectation KnowsEveryLine() =>
        That(
            "every line is known",
            plan => Named([.. plan.Changes.Where(change => change.Certainty is Certainty.Unknown).Select(change => change.Address)])
        );

    /// <summary>The host can be planned, and nothing is in the way.</summary>
    public Expectation HasNoErrors() => That("it can be planned", plan => plan.Error?.Message);

    /// <summary>
    /// The plan from this state is a page that somebody reads and accepts, also where the state was not recorded but predicted:
    /// <c>site.web1.cut-3.verified.txt</c>. It is for a few states that reviewers should see; <c>cfg test</c> checks the others
    /// without pages.
    /// </summary>
    public Expectation HasPage()
    {
        IsPaged = true;
        return this;
    }

    /// <summary>Whether the plan is a page, although its state was predicted.</summary>
    internal bool IsPaged { get; private set; }

    /// <summary>
    /// A resource may be done at every apply, such as a command without a guard, although <c>cfg test</c> refuses it otherwise.
    /// </summary>
    /// <param name="address">Its address, <c>command date</c>, in which <c>*</c> and <c>?</c> are wildcards.</param>
    /// <param name="because">Why that does no harm.</param>
    /// <exception cref="RecipeException">There is no reason.</exception>
    public Expectation MayRepeat(string address, string because) => Allow(AllowanceKind.Repeats, address, because);

    /// <summary>
    /// A change may lose something that the recipe does not name, such as another package, although <c>cfg test</c> refuses it otherwise.
    /// </summary>
    /// <param name="address">The address of the resource, <c>package nginx</c>, in which <c>*</c> and <c>?</c> are wildcards.</param>
    /// <param name="because">Why that does no harm.</param>
    /// <exception cref="RecipeException">There is no reason.</exception>
    public Expectation MayLose(string address, string because) => Allow(AllowanceKind.Loses, address, because);

    /// <summary>Anything else about a host's plan.</summary>
    /// <param name="what">What is expected, in words that fit after "expected that".</param>
    /// <param name="holds">Whether it holds.</param>
    public Expectation Holds(string what, Func<HostPlan, bool> holds) => That(what, plan => holds(plan) ? null : "it does not hold");

    /// <summary>What it allows.</summary>
    internal IReadOnlyList<Allowance> Allowances => allowances;

    /// <summary>What does not hold for a plan: a line each, with its place.</summary>
    internal IReadOnlyList<string> Unmet(HostPlan plan) =>
        [.. statements.Select(statement => Wrong(statement, plan) is { } wrong ? $"{statement.At}: {wrong}" : null).OfType<string>()];

    static string? Wrong((SourceLine? At, Func<HostPlan, string?> Wrong) statement, HostPlan plan)
    {
        try
        {
            return statement.Wrong(plan);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            return RecipeTrace.Explain(thrown, statement.At, plan.Host).Problem;
        }
    }

    Expectation That(string what, Func<HostPlan, string?> wrong)
    {
        statements.Add((RecipeTrace.Here() ?? Source, plan => wrong(plan) is { } found ? $"expected that {what}; {found}" : null));
        return this;
    }

    Expectation Allow(AllowanceKind kind, string address, string because)
    {
        var at = RecipeTrace.Here() ?? Source;
        if (string.IsNullOrWhiteSpace(because))
            throw new RecipeException($"what is allowed for {address} has no reason", at, "say in because: why it does no harm");
        allowances.Add(new(kind, address) { At = at });
        return this;
    }

    static string? Named(IReadOnlyList<string> what) => what.Count == 0 ? null : $"there is {Text.List(what, 5)}";
}
