using System.Text.RegularExpressions;

namespace ConfigEngine;

/// <summary>Who there is: hosts in order of declaration, and groups of them.</summary>
public sealed class Inventory
{
    readonly Dictionary<string, Host> hosts = new(StringComparer.Ordinal);
    readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    readonly List<Host> order = [];

    /// <summary>The name that stands for every host.</summary>
    public const string All = "all";

    /// <summary>Every host, in order of declaration.</summary>
    public IReadOnlyList<Host> Hosts => order;

    /// <summary>The groups, in order of their names; <c>all</c> is not among them.</summary>
    public IEnumerable<Group> Groups => groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal);

    /// <summary>Whether nothing was declared.</summary>
    public bool IsEmpty => order.Count == 0 && groups.Count == 0;

    /// <summary>Adds a host; the same host again changes nothing.</summary>
    public void Add(Host host)
    {
        CheckName(host.Name, "host");
        if (hosts.TryGetValue(host.Name, out var known))
        {
            if (!ReferenceEquals(known, host) && known != host)
                throw new RecipeException($"the host \"{host.Name}\" is declared twice, with different settings", hint: "give one of them another name, or declare it once and use its name");
            return;
        }

        if (groups.ContainsKey(host.Name))
            throw new RecipeException($"\"{host.Name}\" is both a host and a group", hint: "a selector could not tell them apart; rename one");
        hosts.Add(host.Name, host);
        order.Add(host);
    }

    /// <summary>Adds a group and the hosts and groups in it.</summary>
    public void Add(Group group)
    {
        CheckName(group.Name, "group");
        if (group.Name == All)
            throw new RecipeException("the group \"all\" always exists and is every host; it cannot be declared");
        if (hosts.ContainsKey(group.Name))
            throw new RecipeException($"\"{group.Name}\" is both a host and a group", hint: "a selector could not tell them apart; rename one");

        foreach (var member in group.Members)
        {
            if (member is Host host)
                Add(host);
            else if (member is Group inner && !groups.ContainsKey(inner.Name))
                Add(inner);
        }

        if (groups.TryGetValue(group.Name, out var known) && !ReferenceEquals(known, group))
            throw new RecipeException($"the group \"{group.Name}\" is declared twice", hint: "declare it once with all its members");
        groups[group.Name] = group;
    }

    /// <summary>The hosts that a selector means, in order of declaration, each once.</summary>
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

        return [.. order.Where(host => chosen.Contains(host.Name))];
    }

    /// <summary>The variables of a host: its own, over those of its groups (an inner group's win over an outer one's).</summary>
    public Vars VarsOf(Host host)
    {
        Vars all = [];
        var memberships = groups.Values
            .Select(group => (Group: group, Members: Members(group.Name, [])))
            .Where(entry => entry.Members.Contains(host.Name))
            .OrderByDescending(entry => entry.Members.Count)
            .ThenBy(entry => entry.Group.Name, StringComparer.Ordinal);
        foreach (var (name, value) in memberships.SelectMany(entry => entry.Group.Vars).Concat(host.Vars))
            all[name] = value;
        return all;
    }

    /// <summary>The names of the groups that a host is in.</summary>
    public IReadOnlyList<string> GroupsOf(Host host) =>
        [.. Groups.Where(group => Members(group.Name, []).Contains(host.Name)).Select(group => group.Name)];

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
        else if (term.AsSpan().ContainsAny('*', '?'))
        {
            Regex glob = new($"^{Regex.Escape(term).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);
            names.UnionWith(hosts.Keys.Where(name => glob.IsMatch(name)));
            foreach (var match in groups.Keys.Where(name => glob.IsMatch(name) && !within.Contains(name)).ToList())
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

    RecipeException Unknown(string term) => new(
        $"there is no host or group \"{term}\"",
        hint: IsEmpty
            ? "no hosts are declared: put them in an infra.csx next to the recipe or above it, or use --host or --local"
            : $"there are: {string.Join(", ", order.Select(host => host.Name).Concat(groups.Keys).Append(All).Take(20))}");

    static void CheckName(string name, string what)
    {
        if (name.Length == 0 || name.StartsWith('-') || name.Any(c => c is '!' or '*' or '?' or ',' || char.IsWhiteSpace(c)))
            throw new RecipeException($"\"{name}\" cannot be the name of a {what}: it is used in selectors and command lines, so it has no space, comma, !, * or ?, and does not begin with a dash");
    }
}
