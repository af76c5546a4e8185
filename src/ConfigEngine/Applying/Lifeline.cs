namespace ConfigEngine.Applying;

/// <summary>
/// Keeps a host reachable during changes that may cut the connection to it. Before each of them, the host keeps a copy of
/// everything the change may touch. Some time after the change the host restores the copy, unless cfg connects again: with a new
/// connection, in the same way, as the same user. Adjacent changes are confirmed together, by one connection after the last of
/// them. Only the host decides.
/// </summary>
sealed class Lifeline(HostLink link, TimeSpan patience, TimeProvider time)
{
    /// <summary>The exit code of a handler that did not run, because no copy could be kept.</summary>
    public const int NotArmed = 92;

    /// <summary>How long the host may take to keep a copy.</summary>
    public static readonly TimeSpan Copying = TimeSpan.FromSeconds(30);

    /// <summary>How long the host may take to restore things, and to answer after that.</summary>
    static readonly TimeSpan Restoring = TimeSpan.FromSeconds(60);

    /// <summary>How long a host takes to end the processes of a session that is lost.</summary>
    static readonly TimeSpan Ending = TimeSpan.FromSeconds(HostRecords.Silence + 15);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>A copy on the host: for the parts that a step may touch, or before a handler or a reboot.</summary>
    sealed record Copy(int Number, int Block, Step? Of);

    /// <summary>
    /// Copies for confirmed changes. They are restored only together with a handler or reboot that makes the change take effect.
    /// </summary>
    readonly List<Copy> proven = [];

    readonly List<Copy> unproven = [];
    ISession? defined;
    int guard;
    int copies;
    TimeSpan allowed;

    /// <summary>Whether something was sent after which no new connection was made.</summary>
    public bool IsArmed => unproven.Count > 0;

    /// <summary>The changes that are undone if the connection turns out to be cut.</summary>
    public IReadOnlyList<(int Block, PlannedChange Entry)> AtRisk =>
        [.. unproven.SelectMany(copy => (copy.Of?.Entries ?? []).Select(entry => (copy.Block, entry)))];

    /// <summary>
    /// The request that defines, in a session, the functions that arm the host; null if the session has them, or if these steps need none.
    /// </summary>
    public Request? Define(ISession session, IEnumerable<Step> steps) =>
        steps.Any(step => step.IsRisky || (step.Reboots is not null && Waiting.Count > 0)) ? Define(session) : null;

    /// <summary>The same, for a handler.</summary>
    public Request? Define(ISession session, Handler handler) =>
        (handler.Reboots is null ? Notifying(handler) : Waiting).Count > 0 ? Define(session) : null;

    Request? Define(ISession session)
    {
        if (defined == session)
            return null;
        defined = session;
        return new(LifelineScript.Arming, "the functions that keep the way to the host") { Stays = true };
    }

    /// <summary>The copies for the changes that a handler makes take effect.</summary>
    List<Copy> Notifying(Handler handler) =>
        [.. proven.Where(copy => copy.Of?.Entries.Any(entry => entry.Resource.Notifies.Any(one => one.Name == handler.Name)) is true)];

    /// <summary>The copies for changes that may take effect only after a reboot. Accounts and keys take effect at once.</summary>
    List<Copy> Waiting => [.. proven.Where(copy => copy.Of?.Entries.Any(entry => Risk.IsForBoot(entry.Resource)) is true)];

    /// <summary>The first part of a step's own script; null for a step without risk.</summary>
    /// <param name="block">The number of its block.</param>
    /// <param name="step">The step.</param>
    /// <param name="deadline">How long the step may take.</param>
    public string? Arm(int block, Step step, TimeSpan deadline) =>
        (
            step.Reboots is { } reboot ? ArmReboot(reboot)
            : step.IsRisky
                ? Arm(new(++copies, block, step), deadline, [], step.Entries.SelectMany(entry => Risk.Touched(entry.Resource)).Distinct())
            : null
        )
            is { } arm
            ? $"{arm} || exit {HostRecords.CannotKeep}\n"
            : null;

    /// <summary>
    /// The request for a handler that makes risky changes take effect, or reboots: those changes are then at risk again. Unchanged
    /// for any other handler.
    /// </summary>
    public Request Guarded(Handler handler, Request request)
    {
        var notifying = Notifying(handler);
        var arm =
            handler.Reboots is { } reboot ? ArmReboot(reboot)
            : notifying.Count > 0 ? Arm(new(++copies, 0, null), request.Deadline, notifying, [Risk.Everything])
            : null;
        return arm is null
            ? request
            : request with
            {
                Script = $"{arm} || exit {NotArmed}\n( {request.Script}\n)\ncfg_after_arming $?",
                Deadline = request.Deadline + Copying,
            };
    }

    /// <summary>Fails if a handler did not run.</summary>
    /// <exception cref="CannotKeepException">No copy could be kept; nothing was changed.</exception>
    public void Armed(Output answer)
    {
        if (answer.Exit == NotArmed && IsArmed)
            throw new CannotKeepException(link.Host.Name, Text.Sentence(answer.Error.Trim()));
    }

    /// <summary>The request that removes the copies; null where none were made.</summary>
    public Request? Drop()
    {
        var made = copies > 0;
        (copies, defined) = (0, null);
        proven.Clear();
        return made ? new($"{LifelineScript.Proving}\ncfg_forget", "the copies of the way to the host to be removed") : null;
    }

    /// <summary>
    /// The request of a run that connects after a lost run: the lost run's guard is settled before anything is probed.
    /// </summary>
    public static Request Settle { get; } =
        new($"{HostRecords.Places}{LifelineScript.Proving}\ncfg_settle", "the host's verdict on the way to it")
        {
            Deadline = Restoring * 2,
        };

    /// <summary>Connects again, and asks which came first: the connection or the restore.</summary>
    /// <param name="changes">The changes, for the message.</param>
    /// <param name="failure">The failure of these changes; null if there was none. If the session was lost, the step may still be
    /// running.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="WayCutException">The connection was cut, and the host has restored it or tried to; or it did not answer at
    /// all.</exception>
    public async Task Confirm(IReadOnlyList<string> changes, CfgException? failure, CancellationToken ct)
    {
        if (!IsArmed)
            return;
        var longest = patience + Restoring + (failure is ConnectionLostException or DeadlineException ? Ending + allowed : TimeSpan.Zero);
        using TimeLimit limit = new(longest, time, ct);
        await using Attempts attempts = new(link);
        var first = "";
        try
        {
            while (true)
            {
                try
                {
                    await using var session = await attempts.Next(limit.Token);
                    if (await IsProven(session, changes, first, limit.Token))
                        return;
                }
                catch (Exception cut) when (cut is HostUnreachableException or ConnectionLostException or DeadlineException)
                {
                    first = first.Length == 0 ? cut.Message : first;
                }

                await Task.Delay(Pause, time, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            unproven.Clear();
            throw new WayCutException(
                link.Host.Name,
                changes,
                first,
                $"The host was to put back what was there before, {Seconds(patience)} after the change, and cannot be reached "
                    + $"{Seconds(longest - patience)} later either."
            );
        }
    }

    /// <summary>For a session with a rebooted host: asks whether the connection came in time.</summary>
    /// <returns>Whether it is decided.</returns>
    /// <exception cref="WayCutException">It did not come in time: the host has restored what was to take effect from this boot
    /// on.</exception>
    public async Task<bool> IsProven(ISession session, string reboot, CancellationToken ct) =>
        !IsArmed || await IsProven(session, [reboot], "", ct);

    /// <summary>
    /// How much longer than the reboot itself to wait, because the host restores things if no connection comes after it.
    /// </summary>
    public TimeSpan AfterReboot => IsArmed ? patience + Restoring : TimeSpan.Zero;

    async Task<bool> IsProven(ISession session, IReadOnlyList<string> changes, string first, CancellationToken ct)
    {
        var answer = await session.Ask(
            new($"{HostRecords.Places}{LifelineScript.Proving}\ncfg_disarm {guard}", "the host's verdict on the new way to it")
            {
                Deadline = Restoring,
            },
            ct
        );
        var said = answer.Text.Trim();
        if (said is "acting" or "restoring")
            return false;
        if (said is "confirmed" or "unarmed")
        {
            proven.AddRange(unproven);
            unproven.Clear();
            return true;
        }

        var undone = AtRisk;
        unproven.Clear();
        var space = said.IndexOf(' ', StringComparison.Ordinal);
        var what = Text.Sentence(said[(space + 1)..]);
        var after = Seconds(patience);
        const string kept = "Its copy is in a directory not-restored-… of cfg's records there from the next run on.";
        WayCutException Cut(string then) =>
            new(link.Host.Name, changes, first, then)
            {
                IsUndone = said is "restored",
                IsPartlyUndone = said.StartsWith("partly ", StringComparison.Ordinal),
            };
        throw (space < 0 ? said : said[..space]) switch
        {
            "restored" when undone.All(one => Risk.IsPutBack(one.Entry.Resource)) => Cut(
                $"The host has put back what was there before, {after} after the change: it is reachable, and the change is undone."
            ),
            "restored" => Cut(
                $"The host has put back what its way is made of, {after} after the change: it is reachable, and the change is undone as "
                    + $"far as that goes. "
                    + "What else it did stays."
            ),
            "partly" => Cut($"The host is reachable, and has put back only a part of what was there before. Not: {what}\n  {kept}"),
            "failed" => Cut($"The host is reachable, and could put back nothing of what was there before: {what}\n  {kept}"),
            _ => Cut(
                $"The host is reachable again, and cannot tell whether the change is undone ({Text.Excerpt(said)}); the next "
                    + $"plan shows it."
            ),
        };
    }

    static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0} s";

    /// <summary>Before a reboot, changes that may not have taken effect before it are at risk again.</summary>
    string? ArmReboot(RebootOptions reboot) =>
        Waiting is { Count: > 0 } waiting ? Arm(new(++copies, 0, null), reboot.Delay + reboot.Timeout, waiting, null) : null;

    string Arm(Copy copy, TimeSpan deadline, IReadOnlyList<Copy> linked, IEnumerable<string>? touched)
    {
        if (unproven.Count == 0)
        {
            guard++;
            allowed = TimeSpan.Zero;
        }

        unproven.Add(copy);
        unproven.AddRange(linked);
        proven.RemoveAll(linked.Contains);
        allowed = deadline > allowed ? deadline : allowed;
        var older = string.Join(' ', linked.Select(one => one.Number).OrderDescending());
        return $"{(touched is null ? "cfg_arm_boot" : "cfg_arm")} {guard} {copy.Number} {(long)patience.TotalSeconds} "
            + $"{(long)Math.Ceiling(deadline.TotalSeconds)} "
            + $"'{older}'{string.Concat((touched ?? []).Select(what => $" {Shell.Quote(what)}"))}";
    }
}

/// <summary>A change cut the connection to its host.</summary>
/// <param name="host">The host's name.</param>
/// <param name="changes">The changes that were made.</param>
/// <param name="cut">The error of the first new connection; empty where that is not known.</param>
/// <param name="then">What happened then.</param>
sealed class WayCutException(string host, IReadOnlyList<string> changes, string cut, string then)
    : CfgException(
        $"{host}: after {string.Join(", ", changes)}, no new connection could be made"
            + (cut.Length == 0 ? "." : $": {(cut.StartsWith($"{host}: ", StringComparison.Ordinal) ? cut[(host.Length + 2)..] : cut)}")
            + $"\n  {then}"
    )
{
    /// <summary>Whether the host reports that it restored everything that it kept a copy of.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Whether it reports that it could restore only a part of that.</summary>
    internal bool IsPartlyUndone { get; init; }

    /// <summary>The state of a change that the host was to undo.</summary>
    internal ChangeState StateOf(Resource resource) => Risk.IsPutBack(resource) ? OfCopied : OfPartlyCopied;

    /// <summary>The state of a handler whose work the host was to undo.</summary>
    internal ChangeState StateOf(Handler handler) => Risk.IsPutBack(handler) ? OfCopied : OfPartlyCopied;

    ChangeState OfCopied => IsUndone ? ChangeState.Undone : OfPartlyCopied;

    ChangeState OfPartlyCopied => IsUndone || IsPartlyUndone ? ChangeState.PartlyUndone : ChangeState.InDoubt;
}
