using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Planning;

/// <summary>
/// Makes a host's plan from its resources and the host's answers: values in, values out. The order of declaration is kept, and each
/// resource is planned against the state that the resources before it will leave.
/// </summary>
static partial class Planner
{
    /// <summary>The probes that these resources need, each once.</summary>
    public static IReadOnlyList<ProbeRequest> Probes(IEnumerable<Resource> resources) =>
        [.. resources.Where(resource => IsDeclared(resource) && Unknowns.Of(resource).Count == 0).Select(RequestOf).Distinct()];

    /// <exception cref="RecipeException">Its probe cannot be composed: it throws.</exception>
    static bool IsDeclared(Resource resource) => resource.DeclaredIf is not { IsKnown: true, Value: false };

    static ProbeRequest RequestOf(Resource resource)
    {
        try
        {
            return ProbeRequest.Of(resource, resource.FirstProbe);
        }
        catch (Exception wrong) when (wrong is not CfgException)
        {
            throw new RecipeException(
                $"{resource.Address}: its probe cannot be composed: {wrong.Message} ({wrong.GetType().Name})",
                resource.Source,
                inner: wrong
            );
        }
    }

    /// <summary>Plans one host.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="blocks">Its blocks and their resources, in order.</param>
    /// <param name="answers">The host's answers.</param>
    /// <param name="owed">The handlers that earlier runs owe: each runs at the end of the last block that has it.</param>
    /// <param name="session">The user that the session acts as; root when null.</param>
    /// <param name="from">The state that the host is in where that was predicted; as its answers say when null.</param>
    /// <returns>
    /// The plan. If a probe's answer cannot be trusted, or a needed thing is missing, that is an obstacle of the entry; everything
    /// else is still planned.
    /// </returns>
    public static HostPlan Plan(
        string host,
        IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks,
        IReadOnlyDictionary<ProbeRequest, Output> answers,
        IReadOnlyList<Owed> owed,
        RunningAs? session = null,
        PredictedHost? from = null
    )
    {
        HostModel model = new(session, from);
        SecretPaths secrets = new(blocks.SelectMany(block => block.Resources));
        var due = owed.Select(one => (Owed: one, Block: blocks.LastOrDefault(block => Knows(block.Resources, one.Handler)).Number))
            .ToLookup(due => due.Block, due => due.Owed);
        HostPlan plan = new(
            host,
            [
                .. blocks.Select(block =>
                {
                    IReadOnlyList<Entry> entries =
                    [
                        .. block.Resources.Select(resource => secrets.Hide(PlanOne(host, resource, model, answers))),
                    ];
                    var handlers = Handlers(entries, [.. due[block.Number]]);
                    if (handlers.FirstOrDefault(call => call.Handler.Reboots is not null) is { } reboot)
                        model.Reboot($"the {reboot.Handler.Name} at the end of the block before");
                    return new BlockPlan(block.Number, entries, handlers);
                }),
            ]
        )
        {
            From = from,
        };
        return (session is null or { ActsAtBoot: true } ? plan : plan with { Blocks = Unguarded.Noted(plan.Blocks) }).WithError;
    }

    static Entry PlanOne(string host, Resource resource, HostModel model, IReadOnlyDictionary<ProbeRequest, Output> answers)
    {
        if (IsDeclared(resource) && OnPredicted(host, resource, model) is { } predicted)
            return predicted;
        if (Unknowns.Of(resource) is [var origin, ..])
            return Later(resource, origin, model);
        if (!IsDeclared(resource))
            return new(resource);
        var probe = resource.FirstProbe;
        try
        {
            return PlanOne(host, resource, probe, model, answers);
        }
        catch (CfgException obstacle) when (obstacle is PlanException or ProbeFailedException)
        {
            // Later resources are planned as if this change could be made, because they do not depend on the obstacle.
            model.Guess(resource, probe.Subject);
            return new(resource) { Obstacle = Refused(host, resource, model) ?? obstacle };
        }
    }

    static Entry PlanOne(
        string host,
        Resource resource,
        ProbeScript probe,
        HostModel model,
        IReadOnlyDictionary<ProbeRequest, Output> answers
    )
    {
        var request = ProbeRequest.Of(resource, probe);
        var answer = answers[request];
        var left = model.Leaves(probe);
        if (left is { IsGuess: true } && probe.Put is null)
            return Guess(host, resource, probe, model, $"after {left.Address}");

        // If an earlier change leaves only a part of the answer, the answer will be the same with that part replaced.
        var put =
            left is not null && probe.Put is { } replace && answer.Exit == 0
                ? Understood(host, resource, () => replace(answer, left.After.State))
                : null;
        answer = put ?? answer;
        var whole = probe.Put is null ? left : null;
        if (whole is null && Unanswered(host, resource, answer) is { } unanswered)
        {
            var provider = model.Provides(unanswered.Missing) ?? model.Disturbs(resource, probe, null);
            return provider is null
                ? throw unanswered.Error
                : Guess(host, resource, probe, model, $"after {provider.Address}: {unanswered.Why}");
        }

        var actual = whole?.After ?? model.Foreseen(resource, Parse(host, resource, answer));
        var draft = Compare(host, resource, actual);
        var disturbance = model.Disturbs(resource, probe, draft?.Batch);
        if (whole is null)
        {
            foreach (
                var need in Understood(host, resource, () => resource.NeedsOf(answer)).Where(need => need.Always || draft is not null)
            )
            {
                if (model.Provides([need.What, .. need.Or]) is not { } provider)
                    throw new PlanException(
                        host,
                        resource,
                        need.Problem,
                        need.Hint ?? "nothing before this line creates it; declare it earlier in the recipe"
                    );
                if (need.IsState)
                    return Guess(host, resource, probe, model, $"after {provider.Address}: {need.Problem} yet");
            }
        }

        // A state left by an earlier change can be guarded only if the host's answer can be told from it.
        var expecting = Understood(host, resource, () => resource.ProbeFor(actual));
        var unsure =
            disturbance ?? (left is { Certainty: not Certainty.Exact } || (expecting.Answer is null && put is null) ? left : null);
        if (draft is null)
            return disturbance is null
                ? new Entry(resource) { Now = actual }
                : Recheck(resource, probe, $"after {disturbance.Address}", model.Session);
        if (Refused(host, resource, model) is { } missing)
            throw missing;

        return Differing(resource, probe, actual, draft, unsure, model) with
        {
            Guard = unsure is null ? GuardOf(resource, expecting, request, answer) : null,
        };
    }

    /// <summary>A change of a resource whose state is known.</summary>
    static PlannedChange Differing(
        Resource resource,
        ProbeScript probe,
        Observed actual,
        Draft draft,
        HostModel.Written? unsure,
        HostModel model
    )
    {
        var unknown = draft.Attributes.Any(attribute => attribute.After is IMaybeUnknown { IsKnown: false });
        var certainty =
            unknown ? Certainty.Unknown
            : unsure is null ? Certainty.Exact
            : Certainty.Predicted;
        var because =
            unsure is not null ? $"after {unsure.Address}"
            : unknown ? "the host decides when it acts"
            : null;
        model.Write(resource, probe, draft, certainty);
        return new PlannedChange(resource, Make(resource, draft, certainty, because, model.Session))
        {
            Probe = probe,
            Before = actual,
            After = draft.After,
        };
    }

    /// <summary>Why the session cannot make a change of a resource; null where it can, as far as is known.</summary>
    static PlanException? Refused(string host, Resource resource, HostModel model) =>
        Authority.Missing(resource, model.Session) is var (who, needed)
            ? new(host, resource, $"acts as {who}, and only {string.Join(" or ", needed)} can do this", Authority.Hint)
            : null;

    static PlannedChange Guess(string host, Resource resource, ProbeScript probe, HostModel model, string because)
    {
        if (Understood(host, resource, resource.Guess) is not { } draft)
            return Recheck(resource, probe, because, model.Session);
        if (Refused(host, resource, model) is { } missing)
            throw missing;
        model.Guess(resource, probe.Subject);
        return new PlannedChange(resource, Make(resource, draft, Certainty.Unknown, because, model.Session))
        {
            Probe = probe,
            After = draft.After,
        };
    }

    /// <summary>A resource that waits for a value. It cannot be probed or changed before the value is known.</summary>
    static PlannedChange Later(Resource resource, Origin origin, HostModel model)
    {
        model.Guess(resource, subject: null);
        Draft draft = new(Verb.Update, Unknowns.Attributes(resource), [], [], [.. resource.PossibleEffects], new(null));
        return new PlannedChange(resource, Make(resource, draft, Certainty.Unknown, $"from the {origin}", model.Session));
    }

    static Change Make(Resource resource, Draft draft, Certainty certainty, string? because, RunningAs? session) =>
        new()
        {
            Kind = resource.Kind,
            Key = resource.Key,
            Verb = draft.Verb,
            Certainty = certainty,
            Because = because,
            Attributes = draft.Attributes,
            Operations = draft.Operations,
            How = HowRun.Of(resource, draft),
            Effects = [.. draft.Effects, .. Effect.Of(resource, session)],
            Notes = draft.Notes,
            Current = draft.Current,
            Notifies = [.. resource.Notifies.Select(handler => handler.Name)],
            Source = resource.Source,
        };

    static PlannedChange Recheck(Resource resource, ProbeScript probe, string because, RunningAs? session) =>
        new(
            resource,
            new()
            {
                Kind = resource.Kind,
                Key = resource.Key,
                Verb = Verb.Recheck,
                Certainty = Certainty.Predicted,
                Because = because,
                Effects = Effect.Of(resource, session),
                Notifies = [.. resource.Notifies.Select(handler => handler.Name)],
                Source = resource.Source,
            }
        )
        {
            Probe = probe,
        };

    static Guard GuardOf(Resource resource, ProbeScript expecting, ProbeRequest request, Output answer) =>
        expecting.Answer is { } known ? new(ProbeRequest.Of(resource, expecting).Script, Digest(Encoding.UTF8.GetBytes(known)))
        : expecting.Lasting is { } lasting
            ? new(ProbeRequest.Of(resource, expecting with { Script = lasting.Script }).Script, Digest(lasting.Of(answer).Stdout.Span))
        : new(request.Script, Digest(answer.Stdout.Span));

    static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static Observed Parse(string host, Resource resource, Output answer)
    {
        if (Unanswered(host, resource, answer) is { } unanswered)
            throw unanswered.Error;
        return Understood(host, resource, () => resource.Read(answer));
    }

    /// <summary>Why an answer is not usable; null where it is.</summary>
    internal static CfgException? FailureOf(string host, Resource resource, Output answer) => Unanswered(host, resource, answer)?.Error;

    internal static Draft? Compare(string host, Resource resource, Observed actual) =>
        Understood(host, resource, () => resource.Compare(actual));

    /// <summary>
    /// The result of a resource's reading of an answer. If reading it throws, whatever the exception, the state is unknown. Only
    /// this resource of this host is affected, and the error names both.
    /// </summary>
    /// <exception cref="ProbeFailedException">The reading throws.</exception>
    internal static T Understood<T>(string host, Resource resource, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnexpectedOutputException unexpected)
        {
            throw new ProbeFailedException(host, resource.Address, unexpected.Message, resource.Source, unexpected);
        }
        catch (Exception defect) when (defect is not CfgException)
        {
            throw new ProbeFailedException(
                host,
                resource.Address,
                $"its answer cannot be read: {defect.Message} ({defect.GetType().Name})",
                resource.Source,
                defect
            );
        }
    }

    static Silence? Unanswered(string host, Resource resource, Output answer) =>
        answer.Exit switch
        {
            0 => null,
            ProbeRequest.ToolMissing => new(
                Aspect.Tool(answer.Text.Trim()),
                $"{answer.Text.Trim()} is not there yet",
                new PlanException(
                    host,
                    resource,
                    $"{answer.Text.Trim()} is not on {host} and nothing before this line installs it",
                    "declare its Package earlier"
                )
            ),
            ProbeRequest.UserMissing => new(
                Aspect.User(resource.As ?? ""),
                $"the user {resource.As} is not there yet",
                new PlanException(
                    host,
                    resource,
                    $"the user {resource.As} does not exist on {host}",
                    "declare it with a User before this line"
                )
            ),
            _ => new(
                new("nothing", resource.Key),
                "its state cannot be read yet",
                new ProbeFailedException(
                    host,
                    resource.Address,
                    $"its probe ended with exit code {answer.Exit}" + (answer.Said is { Length: > 0 } said ? $": {said}" : ""),
                    resource.Source
                )
            ),
        };

    sealed record Silence(Aspect Missing, string Why, CfgException Error);
}

/// <summary>A host cannot reach the recipe's state, because something is missing there. Nothing was done.</summary>
sealed class PlanException(string host, Resource resource, string problem, string? hint = null)
    : CfgException(
        $"{(resource.Source is null ? "" : $"{resource.Source}: ")}{host}: {resource.Address}: {problem}"
            + (hint is null ? "" : $"\n  hint: {hint}")
    );
