using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>What an <c>On(…)</c> takes: a resource, or a recipe of several.</summary>
public interface IDeclaration
{
    /// <summary>The resources it stands for, in order.</summary>
    IEnumerable<Resource> Resources { get; }
}

/// <summary>
/// Something that should be so on a host. Its identity is (host, kind, key); what it does not mention it leaves alone.
/// </summary>
public abstract record Resource : IDeclaration
{
    /// <summary>What it is called among others of its kind: a path, a name.</summary>
    public abstract string Key { get; }

    /// <summary>Its kind, as commands and plans write it: <c>systemd-unit</c>.</summary>
    public string Kind => Text.Kebab(KindName);

    /// <summary>Kind and key: <c>file /etc/motd</c>.</summary>
    public string Address => $"{Kind} {Text.Excerpt(Key)}";

    /// <summary>Handlers that run once at the end of the block when this resource changed.</summary>
    public IReadOnlyList<Handler> Notifies { get; init; } = [];

    /// <summary>The user to look and act as; the session's own when null.</summary>
    public string? As { get; init; }

    /// <summary>How long one of its operations may take; 5 minutes, or what the resource knows to be better, when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// How often an operation that failed is tried again; not at all when null, ten times where there is an <see cref="Until"/>.
    /// </summary>
    public int? Retries { get; init; }

    /// <summary>How long to wait before the next try; a second when null.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>
    /// What must succeed on the host after a change before it counts as made, such as a service that answers; asked again as
    /// <see cref="Retries"/> and <see cref="RetryDelay"/> say. Nothing is asked when null.
    /// </summary>
    /// <example><code>Until = $"curl -fsS http://localhost:8080/health"</code></example>
    public Shell? Until { get; init; }

    /// <summary>
    /// It may cut the way by which its host is reached, in a way that does not show: the host then undoes it unless a new
    /// connection can be made after it. Files of sshd, the network, the firewall, sudo and PAM, their units, users and their
    /// keys are known by themselves.
    /// </summary>
    public bool MayCutConnection { get; init; }

    /// <summary>Where it was declared; null outside a recipe. Recipes need not set it.</summary>
    public SourceLine? Source { get; init; }

    IEnumerable<Resource> IDeclaration.Resources => [this];

    /// <summary>What is wrong with the declaration itself, each a sentence: found before any host is touched.</summary>
    protected internal virtual IEnumerable<string> Problems => [];

    /// <summary>What of the host an answer to the probe depends on; the resource itself unless said otherwise.</summary>
    protected internal virtual IEnumerable<Aspect> Reads => [new(Kind, Key)];

    /// <summary>What of the host a change of this resource may alter; the resource itself unless said otherwise.</summary>
    protected internal virtual IEnumerable<Aspect> Writes => [new(Kind, Key)];

    /// <summary>What of the host it decides whole, so that no other resource can have a say in it: the content of a file.</summary>
    protected internal virtual IEnumerable<Aspect> Owns => [];

    /// <summary>Whether it is declared at all, where that is known only later.</summary>
    internal Known<bool>? DeclaredIf { get; init; }

    /// <summary>The secrets that it holds.</summary>
    internal IEnumerable<Secret> Secrets =>
        StateProperties
            .Of(GetType())
            .Where(property => property.PropertyType == typeof(Content) || property.PropertyType == typeof(Secret))
            .SelectMany(property =>
                property.GetValue(this) switch
                {
                    Content content => content.Secrets,
                    Secret one => [one],
                    _ => [],
                }
            );

    /// <summary>Its content that is secret, and by which all content that it compares is; null where none is.</summary>
    internal Content? SecretContent =>
        StateProperties
            .Of(GetType())
            .Where(property => property.PropertyType == typeof(Content))
            .Select(property => property.GetValue(this))
            .OfType<Content>()
            .FirstOrDefault(content => content.IsSecret);

    /// <summary>The name of its type; of a type that is an old name for another one, the name of that.</summary>
    internal virtual string KindName => GetType().Name;

    /// <summary>By whose authority a change of it can be made; nothing is known of that when null.</summary>
    internal virtual Authority? Authority => null;

    /// <summary>What it says of parts of the host of which other resources may say something else.</summary>
    internal virtual IEnumerable<Claim> Claims => [];

    /// <summary>The same, with what its handlers do.</summary>
    internal IEnumerable<Claim> AllClaims =>
        [
            .. Claims,
            .. Notifies
                .Select(handler => handler.Restarts)
                .OfType<string>()
                .Select(unit => Claim.Runs(unit, $"its change restarts {unit}")),
        ];

    /// <summary>What any change of it does besides, whatever differs: a reboot.</summary>
    internal virtual IEnumerable<Effect> StandingEffects => [];

    /// <summary>
    /// What it alters of what lets people in, where the paths that it writes do not say so: nothing, unless said otherwise. What paths and
    /// units are to the way to the host is known by themselves (<see cref="Risk"/>).
    /// </summary>
    internal virtual IEnumerable<Login> Logins => [];

    /// <summary>Whether looking again after a change can tell if it took.</summary>
    internal virtual bool IsVerified => true;

    /// <summary>How its state is looked at, when nothing is expected of it.</summary>
    internal abstract ProbeScript FirstProbe { get; }

    /// <summary>How its state is looked at, when one is expected.</summary>
    internal abstract ProbeScript ProbeFor(Observed expected);

    internal abstract Observed Read(Output output);

    /// <summary>What of a state is of what it looks at in common with others.</summary>
    internal abstract Observed OfSubject(Observed state);

    /// <summary>
    /// A state that was seen, as a change before will leave it. It is looked at again after that in any case; what can be told before
    /// stands in the plan.
    /// </summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="written">What the earlier change writes.</param>
    /// <param name="attributes">What it changes there.</param>
    internal virtual Observed Foresee(Observed seen, IReadOnlyList<Aspect> written, IReadOnlyList<AttributeChange> attributes) => seen;

    /// <summary>What an answer says is missing for a change to be made.</summary>
    internal abstract IReadOnlyList<Need> NeedsOf(Output output);

    /// <summary>The difference, or null where there is none.</summary>
    internal abstract Draft? Compare(Observed actual);

    /// <summary>
    /// What is to be expected where nothing can be known of the host yet, or null where there may be nothing to do. It says nothing of
    /// what would become of things that may not be there.
    /// </summary>
    internal abstract Draft? Guess();
}

/// <summary>A resource whose state is a <typeparamref name="TState"/>: what I want, how I look, what I do.</summary>
/// <typeparam name="TState">A record with a property for each attribute; in <see cref="Desired"/>, null leaves it alone.</typeparam>
public abstract record Resource<TState> : Resource
    where TState : class
{
    /// <summary>What should be so.</summary>
    protected abstract TState Desired { get; }

    /// <summary>How to see what is so.</summary>
    protected abstract Probe<TState> Probe { get; }

    /// <summary>What to do about a difference. Never asked where there is none.</summary>
    protected abstract IEnumerable<Operation> Converge(Diff<TState> diff);

    /// <summary>
    /// What should be so, given what is: for resources that edit, such as a line in a file. Null where the thing is not there and need not
    /// be: of a resource that wants it gone. Anything else that is not there is to be made.
    /// </summary>
    protected virtual TState? Towards(TState? actual) => Desired;

    /// <summary>
    /// The difference as plans show it: by attribute, unless the resource has something better, such as a line for each file.
    /// </summary>
    protected virtual IReadOnlyList<AttributeChange> AttributesOf(Diff<TState> diff) => diff.Attributes;

    /// <summary>What the plan should say about this change besides its attributes and effects.</summary>
    protected virtual IEnumerable<string> Notes(Diff<TState> diff) => [];

    /// <summary>What this change does besides: what is lost by it, what it takes from others.</summary>
    protected virtual IEnumerable<Effect> Effects(Diff<TState> diff) => [];

    /// <summary>What sort of change a difference is; it comes to be or becomes different, unless the resource knows better.</summary>
    protected virtual Verb VerbOf(Diff<TState> diff) => diff.Creates ? Verb.Create : Verb.Update;

    /// <summary>An operation that is one command.</summary>
    protected static Operation Run(Shell script) => new(script);

    /// <summary>A value that its host makes when it is applied, for other resources, also of other hosts.</summary>
    /// <param name="read">Reads it from the state; null where there is none.</param>
    /// <param name="name">Filled in by the compiler: what of the resource it is.</param>
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

    internal override IReadOnlyList<Need> NeedsOf(Output output) => [.. Probe.Needs(output)];

    internal override Draft? Compare(Observed actual)
    {
        var before = (TState?)actual.State;
        if (Towards(before) is not { } desired)
            return null;
        Diff<TState> diff = new(before, desired);
        return diff.IsEmpty
            ? null
            : new(VerbOf(diff), Shown(diff), [.. Converge(diff)], [.. Notes(diff)], [.. Effects(diff)], new(diff.After));
    }

    internal override Draft? Guess()
    {
        if (Probe.Edits)
            return new(Verb.Update, [], [], [], [], new(null));
        if (Towards(null) is not { } desired)
            return null;
        Diff<TState> diff = new(null, desired);
        return new(VerbOf(diff), Shown(diff), [.. Converge(diff)], [], [], new(diff.After));
    }

    IReadOnlyList<AttributeChange> Shown(Diff<TState> diff) => AttributeChange.Hidden(AttributesOf(diff), SecretContent);
}
