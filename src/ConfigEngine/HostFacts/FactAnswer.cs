namespace ConfigEngine.HostFacts;

/// <summary>The answer to the fact script, split into its sections.</summary>
sealed class FactAnswer
{
    const string Greeting = "cfg-facts 1 ";

    static readonly HashSet<string> Known =
    [
        "mounts",
        "meminfo",
        "system",
        "os-release",
        "virtualization",
        "init",
        "block",
        "addresses",
        "routes4",
        "routes6",
        "interfaces",
        "net-route",
        "net-trie",
        "net-inet6",
        "net-route6",
        "passwd",
        "group",
        "time-zone",
        "locale",
        "security",
        "reboot",
        "tools",
        "lacks",
        "versions",
        "hosts",
    ];

    readonly Dictionary<string, FactSection> sections = [];

    public IEnumerable<FactSection> Sections => sections.Values;

    /// <summary>A section; empty if the host's answer does not have it.</summary>
    public FactSection this[string name] => sections.GetValueOrDefault(name) ?? new(name, "missing", "");

    public bool Has(string name) => sections.ContainsKey(name);

    public static FactAnswer Split(string output)
    {
        var start = output.IndexOf('\n');
        var greeting = start < 0 ? output : output[..start];
        var boundary = greeting.StartsWith(Greeting, StringComparison.Ordinal) ? greeting[Greeting.Length..] : "";
        if (start < 0 || boundary.Length < 8 || boundary.Contains(' '))
            throw new FactsUnreadableException(
                "greeting",
                $"expected \"{Greeting}\" and a boundary, and found \"{FactSection.Clip(greeting)}\""
            );

        FactAnswer answer = new();
        var mark = $"\n{boundary} ";
        var last = "greeting";
        for (var at = output.IndexOf(mark, start, StringComparison.Ordinal); ;)
        {
            if (at < 0)
                throw new FactsUnreadableException(last, $"the answer was cut off in or after {last}: it has no end line");
            if (last is "greeting" && at != start + 1)
                throw new FactsUnreadableException(
                    "greeting",
                    $"expected an empty line, and found \"{FactSection.Clip(output[(start + 1)..].Split('\n')[0])}\""
                );

            var title = at + mark.Length;
            var body = output.IndexOf('\n', title);
            var words = (body < 0 ? output[title..] : output[title..body]).Split(' ', 2);
            last = words[0];
            if (last is "end" && words.Length is 1 && (body < 0 || body == output.Length - 1))
                return answer;
            if (!Known.Contains(last))
                throw new FactsUnreadableException(FactSection.Clip(last), "no section of this name is known");
            if (body < 0)
                throw new FactsUnreadableException(last, $"the answer was cut off in or after {last}: it has no end line");

            // The line feed that ends a title may also begin the next boundary; the section is then empty.
            var next = output.IndexOf(mark, body, StringComparison.Ordinal);
            answer.Add(new(last, words.ElementAtOrDefault(1) ?? "", next <= body ? "" : output[(body + 1)..next]));
            at = next;
        }
    }

    void Add(FactSection section)
    {
        // A file whose reading failed in the middle is announced again, as unreadable.
        if (!sections.TryAdd(section.Name, section))
            sections[section.Name] = section.Note is "unreadable"
                ? section
                : throw new FactsUnreadableException(section.Name, "it came twice");
    }
}
