namespace ConfigEngine.Model;

/// <summary>The hosts in order of declaration, and groups of them.</summary>
public sealed class Inventory
{
    readonly Dictionary<string, Host> hosts = new(StringComparer.Ordinal);
    readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    readonly List<Host> order = [];
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    // Computed once for all hosts; adding a host or group clears it.
    Dictionary<string, List<(Group Group, int Size)>>? memberships;

    /// <summary>The name for all hosts.</summary>
    public const string All = "all";

    /// <summary>Every host, in order of declaration.</summary>
    public IReadOnlyList<Host> Hosts => order;

    /// <summary>The groups, in order of their names, without <c>all</c>.</summary>
    public IEnumerable<Group> Groups => groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal);

    /// <summary>Whether nothing was declared.</summary>
    public bool IsEmpty => order.Count == 0 && groups.Count == 0;

    /// <summary>Adds a host; adding the same host again changes nothing.</summary>
    public void Add(Host host)
    {
        CheckName(host.Name, "host");
        if (hosts.TryGetValue(host.Name, out var known))
        {
            if (!ReferenceEquals(known, host) && known != host)
                throw new RecipeException(
                    $"the host \"{host.Name}\" is declared twice, with different settings",
                    hint: "give one of them another name, or declare it once and use its name"
                );
            return;
        }

        if (groups.ContainsKey(host.Name))
            throw new RecipeException(
                $"\"{host.Name}\" is both a host and a group",
                hint: "a selector could not tell them apart; rename one"
            );
        hosts.Add(host.Name, host);
        places.Add(host.Name, order.Count);
        order.Add(host);
        memberships = null;
    }

    /// <summary>Adds a group and the hosts and groups in it.</summary>
    public void Add(Group group)
    {
        CheckName(group.Name, "group");
        if (group.Name == All)
            throw new RecipeException("the group \"all\" always exists and is every host; it cannot be declared");
        if (hosts.ContainsKey(group.Name))
            throw new RecipeException(
                $"\"{group.Name}\" is both a host and a group",
                hint: "a selector could not tell them apart; rename one"
            );

        foreach (var member in group.Members)
        {
            if (member is Host host)
                Add(host);
            else if (member is Group inner)
                AddInner(inner, group);
        }

        if (groups.TryGetValue(group.Name, out var known) && !ReferenceEquals(known, group))
            throw new RecipeException($"the group \"{group.Name}\" is declared twice", hint: "declare it once with all its members");
        groups[group.Name] = group;
        memberships = null;
    }

    void AddInner(Group inner, Group outer)
    {
        if (!groups.TryGetValue(inner.Name, out var declared))
            Add(inner);
        else if (!IsSame(inner, declared))
        {
            throw new RecipeException(
                $"the group \"{inner.Name}\" in the group \"{outer.Name}\" has other members or variables than the one that is "
                    + $"declared already",
                hint: "declare it once, and use its name in other groups"
            );
        }
    }

    /// <summary>The same hosts and groups, with the hosts in the opposite order.</summary>
    internal Inventory Reversed()
    {
        Inventory reversed = new();
        foreach (var host in order.AsEnumerable().Reverse())
            reversed.Add(host);
        foreach (var (name, group) in groups)
            reversed.groups[name] = group;
        return reversed;
    }

    static bool IsSame(Target one, Target other) =>
        ReferenceEquals(one, other)
        || (one, other) switch
        {
            (Group a, Group b) => a.Name == b.Name
                && a.Vars.Equals(b.Vars)
                && a.Members.Count == b.Members.Count
                && a.Members.Zip(b.Members).All(pair => IsSame(pair.First, pair.Second)),
            _ => one.Equals(other),
        };

    /// <summary>The hosts that a selector matches, in order of declaration, each once.</summary>
    /// <exception cref="RecipeException">A name in it is neither a host nor a group.</exception>
    public IReadOnlyList<Host> Select(string selector)
    {
        HashSet<string> chosen = new(StringComparer.Ordinal);
        var terms = selector.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (terms.Length == 0)
            throw new RecipeException("an empty selector means no host", hint: "\"all\" is every host");

        if (terms[0].StartsWith('!'))
            chosen.UnionWith(hosts.Keys);

        foreach (var term in terms)
        {
            if (term.StartsWith('!'))
                chosen.ExceptWith(Members(term[1..], []));
            else
                chosen.UnionWith(Members(term, []));
        }

        return [.. chosen.OrderBy(name => places[name]).Select(name => hosts[name])];
    }

    /// <summary>
    /// The variables of a host: its own take precedence over those of its groups, and those of an inner group over those of an
    /// outer one.
    /// </summary>
    public Vars VarsOf(Host host)
    {
        Vars all = [];
        var outerFirst = MembershipsOf(host)
            .OrderByDescending(entry => entry.Size)
            .ThenBy(entry => entry.Group.Name, StringComparer.Ordinal);
        foreach (var (name, value) in outerFirst.SelectMany(entry => entry.Group.Vars).Concat(host.Vars))
            all[name] = value;
        return all;
    }

    /// <summary>The names of the groups that a host is in.</summary>
    public IReadOnlyList<string> GroupsOf(Host host) => [.. MembershipsOf(host).Select(entry => entry.Group.Name)];

    List<(Group Group, int Size)> MembershipsOf(Host host) => (memberships ??= Memberships()).GetValueOrDefault(host.Name) ?? [];

    /// <summary>The groups of each host, by their names, with the number of their hosts.</summary>
    Dictionary<string, List<(Group Group, int Size)>> Memberships()
    {
        Dictionary<string, List<(Group Group, int Size)>> all = new(StringComparer.Ordinal);
        foreach (var group in Groups)
        {
            var members = Members(group.Name, []);
            foreach (var name in members)
            {
                if (!all.TryGetValue(name, out var entries))
                    all.Add(name, entries = []);
                entries.Add((group, members.Count));
            }
        }

        return all;
    }

    HashSet<string> Members(string term, HashSet<string> within)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (term == All)
        {
            names.UnionWith(hosts.Keys);
        }
        else if (hosts.ContainsKey(term))
        {
            names.Add(term);
        }
        else if (groups.TryGetValue(term, out var group))
        {
            if (!within.Add(term))
                throw new RecipeException($"the group \"{term}\" contains itself: {string.Join(" → ", within.Append(term))}");
            foreach (var member in group.Members)
            {
                foreach (var inner in member.Selector.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    names.UnionWith(Members(inner, [.. within]));
            }
        }
        else if (Glob.IsPattern(term))
        {
            names.UnionWith(hosts.Keys.Where(name => Glob.Matches(term, name)));
            foreach (var match in groups.Keys.Where(name => Glob.Matches(term, name) && !within.Contains(name)).ToList())
                names.UnionWith(Members(match, [.. within]));
            if (names.Count == 0)
                throw Unknown(term);
        }
        else
        {
            throw Unknown(term);
        }

        return names;
    }

    RecipeException Unknown(string term) =>
        new(
            $"there is no host or group \"{term}\"",
            hint: IsEmpty ? "no hosts are declared: put them in an infra.csx next to the recipe or above it, or use --host or --local"
                : Similar.Closest(term, order.Select(host => host.Name).Concat(groups.Keys).Append(All)) is { } close
                    ? $"did you mean {close}?"
                : $"there are: {string.Join(", ", order.Select(host => host.Name).Concat(groups.Keys).Append(All).Take(20))}"
        );

    static void CheckName(string name, string what)
    {
        if (name.Length == 0 || name.StartsWith('-') || name.Any(c => c is '!' or '*' or '?' or ',' || char.IsWhiteSpace(c)))
            throw new RecipeException(
                $"\"{name}\" is not a valid name for a {what}: it is used in selectors and command lines, so it has no space, comma, !, * "
                    + $"or ?, and does not begin with a dash"
            );
    }
}
