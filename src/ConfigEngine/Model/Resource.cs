using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>An argument of <c>On(…)</c>: a resource, or a recipe with several.</summary>
public interface IDeclaration
{
    /// <summary>Its resources, in order.</summary>
    IEnumerable<Resource> Resources { get; }
}

/// <summary>
/// The desired state of a part of a host. Its identity is (host, kind, key). Everything that it does not set is left alone.
/// </summary>
public abstract record Resource : IDeclaration
{
    /// <summary>Its name among the resources of its kind: a path, a name.</summary>
    public abstract string Key { get; }

    /// <summary>Its kind, as commands and plans write it: <c>systemd-unit</c>.</summary>
    public string Kind => Text.Kebab(KindName);

    /// <summary>Kind and key: <c>file /etc/motd</c>.</summary>
    public string Address => $"{Kind} {Text.Excerpt(Key)}";

    /// <summary>Handlers that run once at the end of the block when this resource changed.</summary>
    public IReadOnlyList<Handler> Notifies { get; init; } = [];

    /// <summary>The user that probes and changes it; the session's user when null.</summary>
    public string? As { get; init; }

    /// <summary>How long one of its operations may take. When null: 5 minutes, or the resource's own default.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// How often a failed operation is tried again. When null: never, or ten times if <see cref="Until"/> is set.
    /// </summary>
    public int? Retries { get; init; }

    /// <summary>How long to wait before the next try; one second when null.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>
    /// A command that must succeed on the host after a change before the change counts as made, such as a request to a service. It
    /// is repeated by <see cref="Retries"/> and <see cref="RetryDelay"/>. None when null.
    /// </summary>
    /// <example><code>Until = $"curl -fsS http://localhost:8080/health"</code></example>
    public Shell? Until { get; init; }

    /// <summary>
    /// Whether it may cut the connection to its host in a way that cfg cannot see. The host then undoes it unless a new connection
    /// can be made afterwards. Files of sshd, the network, the firewall, sudo and PAM, their units, and users and their keys are
    /// known to cfg and need no mark.
    /// </summary>
    public bool MayCutConnection { get; init; }

    /// <summary>Where it was declared; null outside a recipe.</summary>
    public SourceLine? Source { get; internal init; }

    IEnumerable<Resource> IDeclaration.Resources => [this];

    /// <summary>The mistakes in the declaration itself, each a sentence; they are found before any host is touched.</summary>
    protected internal virtual IEnumerable<string> Problems => [];

    /// <summary>The parts of the host that the probe's answer depends on; by default the resource itself.</summary>
    protected internal virtual IEnumerable<Aspect> Reads => [new(Kind, Key)];

    /// <summary>The parts of the host that a change of this resource may alter; by default the resource itself.</summary>
    protected internal virtual IEnumerable<Aspect> Writes => [new(Kind, Key)];

    /// <summary>
    /// The parts of the host that it decides completely, such as the content of a file. No other resource may change them.
    /// </summary>
    protected internal virtual IEnumerable<Aspect> Owns => [];

    /// <summary>Whether it is declared at all, if that is known only later.</summary>
    internal Known<bool>? DeclaredIf { get; init; }

    /// <summary>The secrets that it holds.</summary>
    internal IEnumerable<Secret> Secrets =>
        StateProperties
            .Of(GetType())
            .Where(property => HasContent(property) || property.PropertyType == typeof(Secret))
            .Select(property => property.GetValue(this))
            .SelectMany(value => value is Secret one ? [one] : DataValue.ContentOf(value)?.Secrets ?? []);

    static bool HasContent(PropertyInfo property) =>
        property.PropertyType == typeof(Content) || property.PropertyType == typeof(DataValue);

    /// <summary>Its secret content, which makes all content that it compares secret; null where there is none.</summary>
    internal Content? SecretContent =>
        StateProperties
            .Of(GetType())
            .Where(HasContent)
            .Select(property => DataValue.ContentOf(property.GetValue(this)))
            .OfType<Content>()
            .FirstOrDefault(content => content.IsSecret);

    /// <summary>The name of its type. If the type is an old name for another type, the name of the other type.</summary>
    internal virtual string KindName => GetType().Name;

    /// <summary>Which users can make a change of it; null where that is unknown.</summary>
    internal virtual Authority? Authority => null;

    /// <summary>Its statements about parts of the host that other resources may contradict.</summary>
    internal virtual IEnumerable<Claim> Claims => [];

    /// <summary>The same, with the statements of its handlers.</summary>
    internal IEnumerable<Claim> AllClaims =>
        [
            .. Claims,
            .. Notifies
                .Select(handler => handler.Restarts)
                .OfType<string>()
                .Select(unit => Claim.Runs(unit, $"its change restarts {unit}")),
        ];

    /// <summary>The effects that every change of it has, such as a reboot.</summary>
    internal virtual IEnumerable<Effect> StandingEffects => [];

    /// <summary>The effects that a change of it may have. A plan shows them where it cannot tell yet what the change will be.</summary>
    internal virtual IEnumerable<Effect> PossibleEffects => [];

    /// <summary>
    /// The parts of login access that it changes, if the paths that it writes do not show that. None by default. The paths and
    /// units that the connection to the host depends on are known (<see cref="Risk"/>).
    /// </summary>
    internal virtual IEnumerable<Login> Logins => [];

    /// <summary>Whether a probe after a change can tell if the change was made.</summary>
    internal virtual bool IsVerified => true;

    /// <summary>Whether every apply makes the change, because nothing tells that it was made already.</summary>
    internal virtual bool IsRepeated => false;

    /// <summary>
    /// What changes how its operations are run, and is neither an attribute nor in their text: lines for a plan. None by default.
    /// </summary>
    internal virtual IEnumerable<string> How => [];

    /// <summary>Its probe when no state is expected.</summary>
    internal abstract ProbeScript FirstProbe { get; }

    /// <summary>Its probe when a state is expected.</summary>
    internal abstract ProbeScript ProbeFor(Observed expected);

    internal abstract Observed Read(Output output);

    /// <summary>The part of a state that is about the subject that it probes in common with others.</summary>
    internal abstract Observed OfSubject(Observed state);

    /// <summary>
    /// The observed state, as an earlier change will leave it. It is probed again after that change in any case; the prediction is
    /// for the plan.
    /// </summary>
    /// <param name="seen">The observed state.</param>
    /// <param name="written">The parts that the earlier change writes.</param>
    /// <param name="attributes">The attributes that it changes there.</param>
    internal virtual Observed Foresee(Observed seen, IReadOnlyList<Aspect> written, IReadOnlyList<AttributeChange> attributes) => seen;

    /// <summary>
    /// An answer to its probe as a recording keeps it, without anything secret; null where nothing of it may be kept.
    /// </summary>
    internal abstract Output? ForRecording(Output answer);

    /// <summary>A kept answer as the host would give it to this resource.</summary>
    internal Output Restored(Output kept) => SecretContent is { } content ? SecretAnswer.Restored(kept, content) : kept;

    /// <summary>The things that are missing before a change can be made, by an answer.</summary>
    internal abstract IReadOnlyList<Need> NeedsOf(Output output);

    /// <summary>The difference, or null where there is none.</summary>
    internal abstract Draft? Compare(Observed actual);

    /// <summary>
    /// The expected change if nothing can be known of the host yet; null where there may be nothing to do. It does not name losses
    /// of things that may not exist.
    /// </summary>
    internal abstract Draft? Guess();
}

/// <summary>A resource whose state is a <typeparamref name="TState"/>: what I want, how I probe, what I do.</summary>
/// <typeparam name="TState">A record with a property for each attribute; in <see cref="Desired"/>, null leaves it alone.</typeparam>
public abstract record Resource<TState> : Resource
    where TState : class
{
    /// <summary>The desired state.</summary>
    protected abstract TState Desired { get; }

    /// <summary>The probe of the actual state.</summary>
    protected abstract Probe<TState> Probe { get; }

    /// <summary>The operations that remove a difference. Called only if there is one.</summary>
    protected abstract IEnumerable<Operation> Converge(Diff<TState> diff);

    /// <summary>
    /// The desired state, given the actual one: for resources that edit, such as a line in a file. Null where the thing does not
    /// exist and need not exist, because the resource removes it. Any other thing that does not exist is created.
    /// </summary>
    protected virtual TState? Towards(TState? actual) => Desired;

    /// <summary>
    /// The difference as plans show it: by attribute, unless the resource has a better form, such as a line for each file.
    /// </summary>
    protected virtual IReadOnlyList<AttributeChange> AttributesOf(Diff<TState> diff) => diff.Attributes;

    /// <summary>Notes for the plan, in addition to attributes and effects.</summary>
    protected virtual IEnumerable<string> Notes(Diff<TState> diff) => [];

    /// <summary>What is so at the moment and may pass, such as who uses a mount. It is not compared with a saved plan.</summary>
    internal virtual IEnumerable<string> Current(Diff<TState> diff) => [];

    /// <summary>The other effects of this change: what is lost, and what it takes from others.</summary>
    protected virtual IEnumerable<Effect> Effects(Diff<TState> diff) => [];

    /// <summary>The kind of change: create or update, unless the resource knows better.</summary>
    protected virtual Verb VerbOf(Diff<TState> diff) => diff.Creates ? Verb.Create : Verb.Update;

    /// <summary>An operation that is one command.</summary>
    protected static Operation Run(Shell script) => new(script);

    /// <summary>A value that the host produces when the resource is applied, for other resources, also of other hosts.</summary>
    /// <param name="read">Reads it from the state; null where there is none.</param>
    /// <param name="name">Filled in by the compiler: the name of the value.</param>
    protected Known<T> Made<T>(Func<TState, T?> read, [CallerMemberName] string name = "")
        where T : class =>
        new(
            new Origin(Address, Text.Kebab(name).Replace('-', ' '), state => state is TState found ? read(found) : null),
            found => (T)found
        );

    internal override ProbeScript FirstProbe => Probe.First;

    internal override ProbeScript ProbeFor(Observed expected) => Probe.For((TState?)expected.State);

    internal override Observed Read(Output output) => new(Probe.Read(output));

    internal override Observed OfSubject(Observed state) =>
        Probe.Part is { } part && state.State is TState whole ? new(part.Of(whole)) : state;

    internal override Output? ForRecording(Output answer) =>
        answer.Exit != 0 || !Secrets.Any() ? answer
        : SecretContent is { } content
            ? Probe.Edits ? null
                : SecretAnswer.Without(answer, content)
        : Probe.Read(answer) is null ? answer
        : null;

    internal override IReadOnlyList<Need> NeedsOf(Output output) => [.. Probe.Needs(output)];

    internal override Draft? Compare(Observed actual)
    {
        var before = (TState?)actual.State;
        if (Towards(before) is not { } desired)
            return null;
        Diff<TState> diff = new(before, desired);
        return diff.IsEmpty
            ? null
            : new(VerbOf(diff), Shown(diff), [.. Converge(diff)], [.. Notes(diff)], [.. Effects(diff)], new(diff.After))
            {
                Current = [.. Current(diff)],
            };
    }

    internal override Draft? Guess()
    {
        if (Probe.Edits)
            return new(Verb.Update, [], [], [], [.. PossibleEffects], new(null));
        if (Towards(null) is not { } desired)
            return null;
        Diff<TState> diff = new(null, desired);
        return new(VerbOf(diff), Shown(diff), [.. Converge(diff)], [], [.. PossibleEffects], new(diff.After));
    }

    IReadOnlyList<AttributeChange> Shown(Diff<TState> diff) => AttributeChange.Hidden(AttributesOf(diff), SecretContent);
}
