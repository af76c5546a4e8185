using System.Globalization;
using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>The ini form of an Ansible inventory (ansible-doc -t inventory ini).</summary>
static class AnsibleIni
{
    enum Section
    {
        Hosts,
        Vars,
        Children,
    }

    /// <summary>Reads it into an inventory.</summary>
    /// <exception cref="RecipeException">A line is none of an inventory.</exception>
    public static void Read(string text, string name, AnsibleInventory inventory)
    {
        var (section, group) = (Section.Hosts, AnsibleInventory.Ungrouped);
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
            {
                (section, group) = Head(line) ?? throw Odd(line, name, number);
                inventory.Group(group);
                continue;
            }

            var words = Words(line);
            switch (section)
            {
                case Section.Children when words is [var child]:
                    inventory.Group(group).Children.Add(inventory.Group(child).Name);
                    break;
                case Section.Vars when Pair(line) is { } pair:
                    inventory.Group(group).Vars[pair.Name] = Value(pair.Value);
                    break;
                case Section.Hosts when words is [var host, .. var pairs] && pairs.TrueForAll(pair => Pair(pair) is not null):
                    foreach (var one in HostRange.Names(host))
                    {
                        var vars = inventory.Host(one, group).Vars;
                        foreach (var pair in pairs.Select(Pair).OfType<(string Name, string Value)>())
                            vars[pair.Name] = Value(pair.Value);
                    }

                    break;
                default:
                    throw Odd(line, name, number);
            }
        }
    }

    static RecipeException Odd(string line, string name, int number) =>
        new(
            $"{name}, line {number}: \"{Text.Excerpt(line)}\" cannot be read as a line of an Ansible inventory",
            hint: "a yaml inventory has a name that ends in .yml or .yaml"
        );

    static (Section, string)? Head(string line)
    {
        var end = line.IndexOf(']', StringComparison.Ordinal);
        if (end < 2)
            return null;
        return line[1..end].Split(':') switch
        {
            [var group] => (Section.Hosts, group),
            [var group, "vars"] => (Section.Vars, group),
            [var group, "children"] => (Section.Children, group),
            _ => null,
        };
    }

    static (string Name, string Value)? Pair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at].Trim(), text[(at + 1)..].Trim()) : null;

    /// <summary>The words of a line, as a shell reads quotes; a # after a space begins a comment.</summary>
    static List<string> Words(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        char? quote = null;
        foreach (var c in line)
        {
            if (c == quote)
                quote = null;
            else if (quote is null && c is '"' or '\'')
                quote = c;
            else if (quote is null && c is '#' && word.Length == 0)
                break;
            else if (quote is null && c is ' ' or '\t' && quote is null)
            {
                if (word.Length > 0)
                    words.Add(word.ToString());
                word.Clear();
            }
            else
                word.Append(c);
        }

        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>A value as Ansible reads it: Python's words for numbers and truth have their types, other text is text.</summary>
    static object Value(string text) =>
        text switch
        {
            "True" => true,
            "False" => false,
            [var quote and ('"' or '\''), .. var inner, var end] when end == quote => inner,
            _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && !IsPadded(text) =>
                number,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && !IsPadded(text) =>
                number,
            _ when text.Contains('.', StringComparison.Ordinal)
                    && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            ['[', .., ']'] or ['{', .., '}'] => AnsibleYaml.Flow(text) ?? text,
            _ => text,
        };

    // 0644 is no number in Python.
    static bool IsPadded(string text) => text.Length > 1 && text[0] == '0';
}
