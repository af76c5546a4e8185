using ConfigEngine.Rendering;

namespace ConfigEngine.Scripting;

/// <summary>
/// An Ansible inventory while it is read, and what it is for a recipe. Variables are merged in Ansible's order: those of groups in the
/// inventory, group_vars/all, group_vars, those of hosts in the inventory, host_vars; a group after the groups that contain it.
/// </summary>
sealed class AnsibleInventory
{
    public const string Ungrouped = "ungrouped";

    readonly Dictionary<string, AnsibleGroup> groups = new(StringComparer.Ordinal) { [Inventory.All] = new(Inventory.All) };
    readonly Dictionary<string, AnsibleHost> hosts = new(StringComparer.Ordinal);
    readonly List<(string? Host, string Warning)> warnings = [];

    /// <summary>What could not be taken over, each once with all its hosts.</summary>
    public IEnumerable<string> Warnings =>
        warnings
            .GroupBy(each => each.Warning, each => each.Host)
            .Select(alike =>
                alike.OfType<string>().Distinct().ToList() is { Count: > 0 } those
                    ? $"{HostList.Of(those, null, null)}: {alike.Key}"
                    : alike.Key
            );

    /// <summary>The names of groups, with all.</summary>
    public IReadOnlyList<string> Groups => [.. groups.Keys];

    /// <summary>The names of hosts.</summary>
    public IReadOnlyList<string> Hosts => [.. hosts.Keys];

    /// <summary>Receives the variables of host_vars.</summary>
    public IDictionary<string, object> VarsOfHost(string name) => hosts[name].FileVars;

    /// <summary>Keeps a warning.</summary>
    /// <param name="host">The host, if it is about one.</param>
    /// <param name="warning">What of it is not taken over.</param>
    public void Warn(string? host, string warning) => warnings.Add((host, warning));

    /// <summary>A group by its name; it is there after this.</summary>
    public AnsibleGroup Group(string name)
    {
        if (!groups.TryGetValue(name, out var group))
            groups.Add(name, group = new(name));
        return group;
    }

    /// <summary>A host by its name, as a member of a group; it is there after this.</summary>
    public AnsibleHost Host(string written, string group)
    {
        var (name, port) = Split(written);
        if (!hosts.TryGetValue(name, out var host))
            hosts.Add(name, host = new(name));
        if (port is not null)
            host.Vars["ansible_port"] = port;
        if (!Group(group).Hosts.Contains(name))
            Group(group).Hosts.Add(name);
        return host;
    }

    /// <summary>The hosts and groups for a recipe. Groups are declared once, those that are in others with them.</summary>
    /// <exception cref="RecipeException">A group contains itself.</exception>
    public IReadOnlyList<Target> Targets()
    {
        var depths = Depths();
        var all = hosts.Values.ToDictionary(host => host.Name, host => AnsibleSettings.Apply(host.Name, VarsOf(host, depths), Warn));
        Dictionary<string, Group> made = new(StringComparer.Ordinal);
        List<Target> targets = [];
        // Those that contain others come last, so that the inner ones exist.
        foreach (var group in groups.Values.Where(group => !IsBuiltIn(group.Name)).OrderByDescending(group => depths[group.Name]))
        {
            made[group.Name] = new(
                group.Name,
                [.. group.Hosts.Select(name => all[name]), .. group.Children.Distinct().Where(made.ContainsKey).Select(name => made[name])]
            );
            targets.Add(made[group.Name]);
        }

        return [.. all.Values, .. targets];
    }

    static bool IsBuiltIn(string group) => group is Inventory.All or Ungrouped;

    static (string Name, object? Port) Split(string written)
    {
        var colon = written.LastIndexOf(':');
        return
            colon > 0
            && Digits.Of(written[(colon + 1)..]) is { } port
            && (written[..colon] is ['[', .., ']'] || !written[..colon].Contains(':'))
            ? (written[..colon].Trim('[', ']'), port)
            : (written.Trim('[', ']'), null);
    }

    Dictionary<string, object> VarsOf(AnsibleHost host, Dictionary<string, int> depths)
    {
        var inside = groups
            .Values.Where(group => group.Name == Inventory.All || Contains(group, host.Name))
            .OrderBy(group => depths[group.Name])
            .ThenBy(Priority)
            .ThenBy(group => group.Name, StringComparer.Ordinal)
            .ToList();
        Dictionary<string, object> vars = new(StringComparer.Ordinal);
        foreach (
            var (name, value) in inside
                .SelectMany(group => group.Vars)
                .Concat(inside.SelectMany(group => group.FileVars))
                .Concat(host.Vars)
                .Concat(host.FileVars)
        )
            vars[name] = value;
        return vars;
    }

    static long Priority(AnsibleGroup group) =>
        (group.FileVars.GetValueOrDefault("ansible_group_priority") ?? group.Vars.GetValueOrDefault("ansible_group_priority"))
            is int number
            ? number
            : 1;

    bool Contains(AnsibleGroup group, string host) =>
        group.Hosts.Contains(host) || group.Children.Exists(child => Contains(groups[child], host));

    /// <summary>How far each group is below all.</summary>
    Dictionary<string, int> Depths()
    {
        Dictionary<string, int> depths = new(StringComparer.Ordinal);
        foreach (var group in groups.Values)
            Deepen(group.Name, group.Name == Inventory.All ? 0 : 1, [], depths);
        return depths;
    }

    void Deepen(string name, int depth, IReadOnlyList<string> within, Dictionary<string, int> depths)
    {
        if (within.Contains(name))
            throw new RecipeException($"the group \"{name}\" contains itself: {string.Join(" → ", within.Append(name))}");
        depths[name] = Math.Max(depth, depths.GetValueOrDefault(name));
        foreach (var child in groups[name].Children)
            Deepen(child, depths[name] + 1, [.. within, name], depths);
    }
}

/// <summary>A group of an Ansible inventory.</summary>
sealed record AnsibleGroup(string Name)
{
    public List<string> Hosts { get; } = [];

    public List<string> Children { get; } = [];

    /// <summary>Variables that the inventory itself has.</summary>
    public Dictionary<string, object> Vars { get; } = new(StringComparer.Ordinal);

    /// <summary>Variables of group_vars.</summary>
    public Dictionary<string, object> FileVars { get; } = new(StringComparer.Ordinal);
}

/// <summary>A host of an Ansible inventory.</summary>
sealed record AnsibleHost(string Name)
{
    /// <summary>Variables that the inventory itself has.</summary>
    public Dictionary<string, object> Vars { get; } = new(StringComparer.Ordinal);

    /// <summary>Variables of host_vars.</summary>
    public Dictionary<string, object> FileVars { get; } = new(StringComparer.Ordinal);
}
