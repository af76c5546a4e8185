using System.Reflection;
using System.Text;
using ConfigEngine.Tests.Resources;

namespace ConfigEngine.Tests.Documenting;

/// <summary>
/// The reference: an index, a page for each theme of resources, and pages for the language, the facts and the types for programs.
/// It is made only from doc comments and from the pages of tests, so that it agrees with the code.
/// </summary>
static class Reference
{
    /// <summary>The themes, in order: the name of the file, as in a resource's <c>theme</c> comment, and the title.</summary>
    static readonly (string Name, string Title)[] Themes =
    [
        ("files", "Files and directories"),
        ("packages", "Packages"),
        ("services", "Services and jobs"),
        ("users", "Users and access"),
        ("ssh", "SSH"),
        ("network", "Names and network"),
        ("storage", "Storage"),
        ("system", "The system"),
        ("postgresql", "PostgreSQL"),
        ("web", "Web servers and certificates"),
        ("commands", "Commands"),
    ];

    static readonly Type[] Language =
    [
        typeof(Host),
        typeof(Group),
        typeof(Target),
        typeof(HostView),
        typeof(RecipeBlock),
        typeof(Recipe),
        typeof(Handler),
        typeof(Shell),
        typeof(Content),
        typeof(Mode),
        typeof(LocalEntry),
        typeof(Vars),
        typeof(Secrets),
        typeof(Secret),
        typeof(Become),
        typeof(Transport),
        typeof(IInventoryImport),
    ];

    const string Origin =
        "Made from the doc comments and the pages of the tests. After a change of either: `CFG_ACCEPT=1 dotnet test "
        + "tests/ConfigEngine.Tests --filter ReferenceTests`.\n";

    /// <summary>The files, as Markdown, each with its path from the root of the repository.</summary>
    /// <param name="tests">The directory of the verified pages; a class of tests is named after its resource.</param>
    public static IEnumerable<(string Path, string Text)> Render(string tests)
    {
        var docs = XmlDocs.Of(typeof(Resource).Assembly);
        var pages = TestPages.Below(tests);
        var themes = AllResources.Types.ToLookup(docs.Theme);
        foreach (var theme in themes.Where(theme => !Themes.Any(known => known.Name == theme.Key)))
            throw new InvalidOperationException(
                $"{theme.First().Name}: the doc comment needs a <theme>; Reference.cs lists them: "
                    + string.Join(", ", Themes.Select(known => known.Name))
            );

        yield return ("recipes/REFERENCE.md", Index(docs, themes));
        List<Type> values = [];
        foreach (var (name, title) in Themes)
            yield return ($"recipes/reference/{name}.md", Theme(title, Sorted(themes[name]), docs, pages, values));
        yield return ("recipes/reference/language.md", LanguagePage(docs));
        yield return ("recipes/reference/facts.md", FactsPage(docs));
        yield return ("recipes/reference/programs.md", Programs(docs));
        foreach (var resource in AllResources.Types.Where(resource => pages.Contains($"{resource.Name}Tests")))
            yield return (
                $"tests/ConfigEngine.Tests/Pages/{resource.Name}.md",
                $"# {resource.Name}: the pages of its tests\n\nWhat [{resource.Name}](../../../recipes/reference/{docs.Theme(resource)}.md"
                    + $"#{Anchor(resource)}) asks a host, plans and would do in each state that its tests know. {Origin}\n"
                    + TestPages.Render(pages[$"{resource.Name}Tests"])
            );
    }

    static string Index(XmlDocs docs, ILookup<string, Type> themes)
    {
        StringBuilder text = new("# Reference\n\n");
        text.Append(
            "`cfg docs` prints the list of the resources, and `cfg docs File` one of them.\n\n"
                + "- [The language](reference/language.md): what a recipe says without a dot, and the values it uses\n"
                + "- [Facts](reference/facts.md): what a host says about itself\n"
                + "- [Types for programs](reference/programs.md): what a resource of your own or a program uses\n"
                + "- [What every resource has](#what-every-resource-has): handlers, retries, deadlines\n"
        );
        foreach (var (name, title) in Themes)
        {
            text.Append($"\n## {title}\n\n| resource | what it is |\n|---|---|\n");
            foreach (var resource in Sorted(themes[name]))
                text.Append(
                    $"| [{resource.Name}](reference/{name}.md#{Anchor(resource)}) "
                        + $"| {FirstSentence(DocText.Cell(docs.Meaning(resource)))} |\n"
                );
        }

        return text.Append("\n## What every resource has\n\n")
            .Append(MemberTable.Settings(typeof(Resource), docs))
            .Append($"\n{Origin}")
            .ToString();
    }

    static string Theme(
        string title,
        IReadOnlyList<Type> resources,
        XmlDocs docs,
        ILookup<string, (string Title, string Text)> pages,
        List<Type> values
    )
    {
        StringBuilder text = new($"# {title}\n\n");
        foreach (var resource in resources)
            text.Append($"- [{resource.Name}](#{Anchor(resource)})\n");
        text.Append("\nEach also has [what every resource has](../REFERENCE.md#what-every-resource-has).\n\n## Resources\n\n");
        foreach (var resource in resources)
        {
            Section(text, resource.Name, docs, resource, MemberTable.Settings(resource, docs) + Handlers(resource, docs));
            text.Append(Shown(resource, pages));
        }

        List<Type> own = [.. Values(resources).Except(values)];
        values.AddRange(own);
        if (own.Count > 0)
            text.Append("## Values\n\n");
        foreach (var type in own)
            Section(
                text,
                type.Name,
                docs,
                type,
                MemberTable.Settings(type, docs) is { Length: > 0 } set ? set : MemberTable.Members(type, docs)
            );
        return text.ToString();
    }

    static string LanguagePage(XmlDocs docs)
    {
        StringBuilder text = new("# The language\n\nWhat a recipe says without a dot, and the values it uses.\n\n");
        foreach (var method in MemberTable.Methods(typeof(Dsl), docs))
            Section(text, DocText.Code(MemberTable.Signature(method)), docs, method, "");
        foreach (var type in Language)
            Section(text, type.Name, docs, type, MemberTable.Members(type, docs));
        return text.ToString();
    }

    static string FactsPage(XmlDocs docs)
    {
        StringBuilder text = new("# Facts\n\nWhat a host says about itself: `host.Facts` in a recipe, and `cfg facts`.\n\n");
        foreach (var type in Reach(typeof(Facts), Told, []))
            Section(text, type.Name, docs, type, MemberTable.Members(type, docs));
        return text.ToString();
    }

    static string Programs(XmlDocs docs)
    {
        StringBuilder text = new(
            "# Types for programs\n\nWhat a resource of your own is made of, and what a program that runs the engine itself uses. Their "
                + "members are in the doc comments, which an editor shows.\n\n"
        );
        Types(text, docs, "a resource of your own", ["HostShell", "Model", "Values"]);
        Types(text, docs, "a program", ["", "Planning", "Applying", "Rendering"]);
        return text.ToString();
    }

    /// <summary>The public types of some layers that a recipe does not name, with their descriptions.</summary>
    static void Types(StringBuilder text, XmlDocs docs, string use, IReadOnlyList<string> floors)
    {
        text.Append($"| for {use} | what it is |\n|---|---|\n");
        foreach (
            var type in typeof(Resource)
                .Assembly.GetExportedTypes()
                .Where(type => !type.IsNested && !Language.Contains(type) && floors.Contains(Floor(type)))
                .OrderBy(type => type.Name, StringComparer.Ordinal)
        )
            text.Append($"| `{CSharpName.Of(type)}` | {FirstSentence(DocText.Cell(docs.Meaning(type)))} |\n");
        text.Append('\n');
    }

    static string Floor(Type type) => (type.Namespace ?? "")["ConfigEngine".Length..].TrimStart('.');

    static void Section(StringBuilder text, string title, XmlDocs docs, MemberInfo member, string table)
    {
        text.Append($"### {title}\n\n{DocText.Line(docs.Meaning(member))}\n\n");
        if (docs.Example(member) is { } example)
            text.Append(DocText.Fence(example, "csharp")).Append('\n');
        if (table.Length > 0)
            text.Append(table).Append('\n');
    }

    static string Handlers(Type resource, XmlDocs docs)
    {
        var rows = string.Concat(
            resource
                .GetProperties()
                .Where(property => property.PropertyType == typeof(Handler))
                .Select(property => $"| `{property.Name}` | {DocText.Cell(docs.Meaning(property))} |\n")
        );
        return rows.Length == 0 ? "" : $"\n| handler | what it does |\n|---|---|\n{rows}";
    }

    /// <summary>
    /// The first plan in the pages of a resource's tests, and the first that changes what is there already, each with what it runs; and a
    /// link to all of them.
    /// </summary>
    static string Shown(Type resource, ILookup<string, (string Title, string Text)> pages)
    {
        // A resource that removes something is usually shown with its opposite: NoLine in LineTests.
        string[] classes = [resource.Name, Positive(resource)];
        var kind = AllResources.Example(resource.Name).Kind;
        StringBuilder text = new();
        var own = classes
            .SelectMany(name => pages[$"{name}Tests"])
            .Select(page => (page.Title, page.Text, Plan: TestPages.Plan(page.Text)))
            .Where(page => GlyphOf(page.Plan) is not null)
            .OrderBy(page => TestPages.Operations(page.Text).Length == 0)
            .ToList();
        foreach (var (title, page, plan) in own.Take(1).Concat(own.Skip(1).Where(page => GlyphOf(page.Plan) is "~").Take(1)))
        {
            text.Append($"A plan ({char.ToLowerInvariant(title[0])}{title[1..]}):\n\n{DocText.Fence(plan, "text")}\n");
            if (TestPages.Operations(page) is { Length: > 0 } operations)
                text.Append($"It runs:\n\n{DocText.Fence(operations, "text")}\n");
        }

        if (classes.FirstOrDefault(name => pages.Contains($"{name}Tests")) is { } shown)
            text.Append(
                $"[{TestPages.Link}](../../tests/ConfigEngine.Tests/Pages/{shown}.md): what it asks, plans and does in each state.\n\n"
            );
        return text.ToString();

        string? GlyphOf(string plan) =>
            plan.Split('\n')
                .Select(line => line.Split(' '))
                .FirstOrDefault(words => words is [{ Length: 1 }, var word, ..] && word == kind)
                ?[0];
    }

    static string Positive(Type resource) => resource.Name is ['N', 'o', >= 'A' and <= 'Z', ..] ? resource.Name[2..] : resource.Name;

    /// <summary>By name; what removes something comes after what makes it.</summary>
    static IReadOnlyList<Type> Sorted(IEnumerable<Type> resources) =>
        [.. resources.OrderBy(Positive, StringComparer.Ordinal).ThenBy(resource => resource.Name.Length)];

    static string Anchor(Type type) => type.Name.ToLowerInvariant();

    /// <summary>
    /// The values of resources' properties, such as the sections of a unit file; types in the language section are left out.
    /// </summary>
    static IEnumerable<Type> Values(IReadOnlyList<Type> resources)
    {
        List<Type> found = [];
        foreach (var next in resources.SelectMany(Given).Where(next => !found.Contains(next)))
            Reach(next, Given, found);
        return found
            .Except(Language)
            .Where(type => type.Namespace == "ConfigEngine.Resources")
            .OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>A type, and the engine's types that its properties have, each once.</summary>
    static List<Type> Reach(Type type, Func<Type, IEnumerable<Type>> next, List<Type> found)
    {
        found.Add(type);
        foreach (var other in next(type))
        {
            if (other.Assembly == typeof(Facts).Assembly && !found.Contains(other))
                Reach(other, next, found);
        }

        return found;
    }

    static IEnumerable<Type> Given(Type type) =>
        type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .SelectMany(property => Inside(property.PropertyType));

    static IEnumerable<Type> Told(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .SelectMany(property => Inside(property.PropertyType));

    static IEnumerable<Type> Inside(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Inside) : [type];

    static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}
