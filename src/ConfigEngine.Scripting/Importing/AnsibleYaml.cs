using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ConfigEngine.Scripting;

/// <summary>The yaml form of an Ansible inventory, and files of variables.</summary>
/// <param name="inventory">Receives what is read.</param>
/// <param name="name">The file, as messages say it.</param>
sealed class AnsibleYaml(AnsibleInventory inventory, string name)
{
    /// <summary>Reads an inventory: groups with hosts, vars and children.</summary>
    /// <exception cref="RecipeException">It is not yaml, or no inventory.</exception>
    public void ReadInventory(string text)
    {
        foreach (var (group, node) in Map(Root(text), "an inventory is a map of groups"))
            Group(group, node);
    }

    /// <summary>Reads a file of variables.</summary>
    /// <exception cref="RecipeException">It is not yaml, or no map.</exception>
    public void ReadVars(string text, string owner, IDictionary<string, object> vars)
    {
        foreach (var (variable, value) in Map(Root(text), "a file of variables is a map"))
            Add(vars, owner, variable, value);
    }

    void Group(string group, YamlNode node)
    {
        var own = inventory.Group(group);
        foreach (var (part, content) in Map(node, $"the group {group} is a map with hosts, vars and children"))
        {
            switch (part)
            {
                case "hosts":
                    foreach (var (pattern, vars) in Map(content, $"hosts of the group {group} is a map"))
                    {
                        foreach (var host in HostRange.Names(pattern))
                            Vars(inventory.Host(host, group).Vars, host, vars);
                    }

                    break;
                case "vars":
                    Vars(own.Vars, group, content);
                    break;
                case "children":
                    foreach (var (child, inner) in Map(content, $"children of the group {group} is a map"))
                    {
                        own.Children.Add(child);
                        Group(child, inner);
                    }

                    break;
                default:
                    throw new RecipeException(
                        $"{name}: the group {group} has \"{part}\", which is not one of hosts, vars and children",
                        hint: "a group within a group is in its children"
                    );
            }
        }
    }

    void Vars(IDictionary<string, object> into, string owner, YamlNode node)
    {
        foreach (var (variable, value) in Map(node, $"variables of {owner} are a map"))
            Add(into, owner, variable, value);
    }

    void Add(IDictionary<string, object> into, string owner, string variable, YamlNode value)
    {
        if (value.Tag is { IsEmpty: false } tag && tag.Value is "!vault")
            inventory.Warn(null, $"{owner}: the variable {variable} is encrypted with ansible-vault, and is left out");
        else if (Value(value) is { } read)
            into[variable] = read;
    }

    /// <summary>A list or a map that is written in one line; null where it is neither.</summary>
    public static object? Flow(string text)
    {
        try
        {
            return new AnsibleYaml(new(), "").Root(text) is { } node and (YamlSequenceNode or YamlMappingNode) ? Value(node) : null;
        }
        catch (RecipeException)
        {
            return null;
        }
    }

    YamlNode? Root(string text)
    {
        try
        {
            YamlStream stream = [];
            using StringReader reader = new(text);
            stream.Load(reader);
            return stream.Documents.FirstOrDefault()?.RootNode;
        }
        catch (YamlException wrong)
        {
            throw new RecipeException($"{name}, line {wrong.Start.Line}: it is not yaml: {wrong.Message}", inner: wrong);
        }
    }

    IEnumerable<(string Name, YamlNode Value)> Map(YamlNode? node, string rule) =>
        node switch
        {
            null or YamlScalarNode { Value: null or "" or "~" or "null" } => [],
            YamlMappingNode map => map.Children.Select(entry => (entry.Key is YamlScalarNode key ? key.Value ?? "" : "", entry.Value)),
            _ => throw new RecipeException($"{name}, line {node.Start.Line}: {rule}"),
        };

    /// <summary>A value with its type, by the rules of YAML 1.1, which Ansible uses; null for null.</summary>
    static object? Value(YamlNode node) =>
        node switch
        {
            YamlSequenceNode list => list.Children.Select(Value).OfType<object>().ToList(),
            YamlMappingNode map => Nested(map),
            YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } plain => Plain(plain.Value ?? ""),
            YamlScalarNode scalar => scalar.Value,
            _ => null,
        };

    static Vars Nested(YamlMappingNode map)
    {
        Vars vars = [];
        foreach (var (key, value) in map.Children)
        {
            if (Value(value) is { } read)
                vars[key.ToString()] = read;
        }

        return vars;
    }

    static object? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
            _ => Yaml11.Number(text) ?? text,
        };
}
