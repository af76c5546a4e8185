namespace ConfigEngine.Model;

/// <summary>A host, as the lambda of a block sees it.</summary>
public sealed record HostView
{
    readonly Facts? facts;
    readonly Asked asked;

    /// <summary>A host that cannot be asked questions.</summary>
    /// <param name="host">The host as the inventory declares it.</param>
    /// <param name="facts">The host's facts.</param>
    /// <param name="vars">Its variables, with those of its groups.</param>
    /// <param name="groups">The names of its groups.</param>
    public HostView(Host host, Facts facts, Vars vars, IReadOnlyList<string> groups)
        : this(host, facts, vars, groups, new(host.Name)) { }

    internal HostView(Host host, Facts? facts, Vars vars, IReadOnlyList<string> groups, Asked asked) =>
        (Host, this.facts, Vars, Groups, this.asked) = (host, facts, vars, groups, asked);

    /// <summary>The host as the inventory declares it.</summary>
    public Host Host { get; }

    /// <summary>Its variables, with those of its groups.</summary>
    public Vars Vars { get; }

    /// <summary>The names of its groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>
    /// Whether there are no facts yet. The code still runs, to learn its questions; other errors in it are reported later.
    /// </summary>
    internal bool IsRehearsal => facts is null;

    /// <summary>The host's facts.</summary>
    public Facts Facts => facts ?? throw new NotYetException();

    /// <summary>
    /// Asks the host a question of the recipe: a read-only command, as the session's user or another one. The question is sent with
    /// the first probes. If it depends on facts, it costs one more round trip.
    /// </summary>
    /// <param name="command">The command to run there. It must change nothing, because it also runs for a plan.</param>
    /// <param name="user">The user to run it as; the session's user when null.</param>
    /// <example><code>
    /// On("db", host => [new File("/etc/motd") { Content = $"kernel {host.Ask($"uname -r").Text}\n" }]);
    /// </code></example>
    public Answer Ask(Shell command, string? user = null) => asked.Ask(command, user);

    /// <summary>The host's name.</summary>
    public string Name => Host.Name;

    /// <summary>Whether it is in a group.</summary>
    public bool In(string group) => group == Inventory.All || Groups.Contains(group);

    /// <summary>A variable of the given type. If it has another type, that is an error.</summary>
    public T Var<T>(string name) =>
        Vars.Has(name)
            ? Vars[name] is T value
                ? value
                : throw new RecipeException($"the variable \"{name}\" of {Name} is a {Vars[name].GetType().Name}, not a {typeof(T).Name}")
            : throw new RecipeException(
                $"{Name} has no variable \"{name}\"",
                hint: $"set it on the host or a group: Vars = {{ [\"{name}\"] = … }}"
            );

    /// <summary>A variable of the given type, or <paramref name="otherwise"/> if it is not set.</summary>
    public T Var<T>(string name, T otherwise) => Vars.Has(name) ? Var<T>(name) : otherwise;
}
