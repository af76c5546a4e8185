using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Planning;

/// <summary>
/// Makes a host's plan from what its resources want and what the host answered: values in, values out. The order of
/// declaration is kept, and each resource is planned against the host as the ones before it will leave it.
/// </summary>
static class Planner
{
    /// <summary>What a host must be asked about these resources, each probe once.</summary>
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
    /// <param name="answers">What it answered.</param>
    /// <param name="owed">The handlers that earlier runs left owing: each runs at the end of the last block that knows it.</param>
    /// <param name="session">Whom the session acts as; root when null.</param>
    /// <returns>
    /// The plan. Where a probe's answer cannot be trusted, or something that is needed is missing, it has that as an obstacle of its
    /// entry, beside all that can be planned.
    /// </returns>
    public static HostPlan Plan(
        string host,
        IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks,
        IReadOnlyDictionary<ProbeRequest, Output> answers,
        IReadOnlyList<Owed> owed,
        RunningAs? session = null
    )
    {
        HostModel model = new(session);
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
        );
        return (session is null or { ActsAtBoot: true } ? plan : plan with { Blocks = Unguarded.Noted(plan.Blocks) }).WithError;
    }

    static bool Knows(IReadOnlyList<Resource> resources, string handler) =>
        resources.Any(resource => resource.Notifies.Any(one => one.Name == handler));

    static Entry PlanOne(string host, Resource resource, HostModel model, IReadOnlyDictionary<ProbeRequest, Output> answers)
    {
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
            // What comes after it is planned as if it could be done: it has nothing to do with what is in the way here.
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

        // Where only a part of the answer is of what an earlier change leaves, the answer will be the same with that in it.
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
                        need.Hint ?? "nothing before it in the recipe provides it; declare it earlier"
                    );
                if (need.IsState)
                    return Guess(host, resource, probe, model, $"after {provider.Address}: {need.Problem} yet");
            }
        }

        // A state left by an earlier change can be guarded only where the host's answer can be told from it.
        var expecting = Understood(host, resource, () => resource.ProbeFor(actual));
        var unsure =
            disturbance ?? (left is { Certainty: not Certainty.Exact } || (expecting.Answer is null && put is null) ? left : null);
        if (draft is null)
            return disturbance is null
                ? new Entry(resource) { Now = actual }
                : Recheck(resource, probe, $"after {disturbance.Address}", model.Session);
        if (Refused(host, resource, model) is { } missing)
            throw missing;

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
            Guard = unsure is null ? GuardOf(resource, expecting, request, answer) : null,
            After = draft.After,
        };
    }

    /// <summary>Why the session cannot make a change of a resource; null where it can, as far as one can tell.</summary>
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

    /// <summary>A resource that waits for a value: nothing of it can be looked at, or done, before that is there.</summary>
    static PlannedChange Later(Resource resource, Origin origin, HostModel model)
    {
        model.Guess(resource, subject: null);
        Draft draft = new(Verb.Update, Unknowns.Attributes(resource), [], [], [], new(null));
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
            Effects = [.. draft.Effects, .. Effect.Of(resource, session)],
            Notes = draft.Notes,
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
        expecting.Answer is { } known
            ? new(ProbeRequest.Of(resource, expecting).Script, Digest(Encoding.UTF8.GetBytes(known)))
            : new(request.Script, Digest(answer.Stdout.Span));

    static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    static IReadOnlyList<HandlerCall> Handlers(IReadOnlyList<Entry> entries, IReadOnlyList<Owed> owed)
    {
        List<HandlerCall> calls =
        [
            .. entries
                .OfType<PlannedChange>()
                .SelectMany(planned => planned.Resource.Notifies, (planned, handler) => (Handler: handler, planned.Change))
                .GroupBy(call => call.Handler.Name)
                .Select(calls => new HandlerCall(
                    calls.First().Handler,
                    [.. calls.Select(call => call.Change.Address).Distinct()],
                    calls.Min(call => call.Change.Certainty)
                )
                {
                    Owed = owed.FirstOrDefault(one => one.Handler == calls.Key),
                }),
            .. owed.Where(one => !entries.Any(entry => entry is PlannedChange && Knows([entry.Resource], one.Handler)))
                .Select(one => new HandlerCall(
                    entries.SelectMany(entry => entry.Resource.Notifies).First(handler => handler.Name == one.Handler),
                    one.Because,
                    Certainty.Exact
                )
                {
                    Owed = one,
                }),
        ];

        // As the recipe has them, whether they are called for now or owed from before: a run that was broken off is no reason for another
        // order.
        var order = entries.SelectMany(entry => entry.Resource.Notifies).Select(handler => handler.Name).Distinct().ToList();
        return [.. calls.OrderBy(call => Last(call.Handler)).ThenBy(call => order.IndexOf(call.Handler.Name))];
    }

    /// <summary>
    /// Handlers that are to run, in the order of the plan; what it did not foresee comes after that, in the order in which it was
    /// called for.
    /// </summary>
    internal static IReadOnlyList<Handler> InOrder(IReadOnlyList<HandlerCall> planned, IEnumerable<Handler> handlers)
    {
        var places = planned.Select((call, i) => (call.Handler.Name, i)).ToDictionary(place => place.Name, place => place.i);
        return [.. handlers.OrderBy(Last).ThenBy(handler => places.GetValueOrDefault(handler.Name, int.MaxValue))];
    }

    // A reboot does all that a restart does, so it comes last, when the others have left the host as it should be.
    static int Last(Handler handler) => handler.Reboots is null ? 0 : 1;

    internal static Observed Parse(string host, Resource resource, Output answer)
    {
        if (Unanswered(host, resource, answer) is { } unanswered)
            throw unanswered.Error;
        return Understood(host, resource, () => resource.Read(answer));
    }

    /// <summary>Why an answer is none; null where it is one.</summary>
    internal static CfgException? FailureOf(string host, Resource resource, Output answer) => Unanswered(host, resource, answer)?.Error;

    internal static Draft? Compare(string host, Resource resource, Observed actual) =>
        Understood(host, resource, () => resource.Compare(actual));

    /// <summary>
    /// What a resource makes of an answer. Where it does not understand it, its state cannot be told, whatever its parser threw:
    /// one resource of one host is the matter then, and they are named.
    /// </summary>
    /// <exception cref="ProbeFailedException">It throws.</exception>
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
                "it cannot be looked at yet",
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

/// <summary>A host cannot become what the recipe says: something is missing there. Nothing was done.</summary>
sealed class PlanException(string host, Resource resource, string problem, string? hint = null)
    : CfgException(
        $"{(resource.Source is null ? "" : $"{resource.Source}: ")}{host}: {resource.Address}: {problem}"
            + (hint is null ? "" : $"\n  hint: {hint}")
    );
