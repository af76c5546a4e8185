namespace ConfigEngine.Model;

/// <summary>A host as a block's lambda sees it.</summary>
public sealed record HostView
{
    readonly Facts? facts;
    readonly Asked asked;

    /// <summary>A host that answers no question.</summary>
    /// <param name="host">The host as the inventory declares it.</param>
    /// <param name="facts">What the host says about itself.</param>
    /// <param name="vars">Its variables, its groups' included.</param>
    /// <param name="groups">The names of its groups.</param>
    public HostView(Host host, Facts facts, Vars vars, IReadOnlyList<string> groups)
        : this(host, facts, vars, groups, new(host.Name)) { }

    internal HostView(Host host, Facts? facts, Vars vars, IReadOnlyList<string> groups, Asked asked) =>
        (Host, this.facts, Vars, Groups, this.asked) = (host, facts, vars, groups, asked);

    /// <summary>The host as the inventory declares it.</summary>
    public Host Host { get; }

    /// <summary>Its variables, its groups' included.</summary>
    public Vars Vars { get; }

    /// <summary>The names of its groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>
    /// Whether there are no facts yet. The code runs all the same, to learn what it asks; what else goes wrong in it is told later.
    /// </summary>
    internal bool IsRehearsal => facts is null;

    /// <summary>What the host says about itself.</summary>
    public Facts Facts => facts ?? throw new NotYetException();

    /// <summary>
    /// Asks the host something of the recipe's own before it decides: a command that only looks, as the session's user or another one.
    /// It goes out with the first probes where it does not depend on facts, and costs a round trip more where it does.
    /// </summary>
    /// <param name="command">What to run there. It must change nothing: it also runs for a plan.</param>
    /// <param name="user">As whom; as the session's user when null.</param>
    /// <example><code>
    /// On("db", host => [new File("/etc/motd") { Content = $"kernel {host.Ask($"uname -r").Text}\n" }]);
    /// </code></example>
    public Answer Ask(Shell command, string? user = null) => asked.Ask(command, user);

    /// <summary>The host's name.</summary>
    public string Name => Host.Name;

    /// <summary>Whether it is in a group.</summary>
    public bool In(string group) => group == Inventory.All || Groups.Contains(group);

    /// <summary>A variable of a type, or an error that says what it is instead.</summary>
    public T Var<T>(string name) =>
        Vars.Has(name)
            ? Vars[name] is T value
                ? value
                : throw new RecipeException($"the variable \"{name}\" of {Name} is a {Vars[name].GetType().Name}, not a {typeof(T).Name}")
            : throw new RecipeException(
                $"{Name} has no variable \"{name}\"",
                hint: $"set it on the host or a group: Vars = {{ [\"{name}\"] = … }}"
            );

    /// <summary>A variable of a type, or this where there is none.</summary>
    public T Var<T>(string name, T otherwise) => Vars.Has(name) ? Var<T>(name) : otherwise;
}
