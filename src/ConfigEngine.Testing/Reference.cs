using System.Reflection;
using System.Text;

namespace ConfigEngine.Testing;

/// <summary>
/// The reference page: the language, every resource with its properties and the pages of its tests, and the facts. It is made only
/// from doc comments and verified pages, so that it agrees with the code.
/// </summary>
public static class Reference
{
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

    /// <summary>The page, as Markdown.</summary>
    /// <param name="tests">The directory of the verified pages; each is shown under the resource that its test class is named
    /// after.</param>
    public static string Render(string tests)
    {
        var docs = XmlDocs.Of(typeof(Resource).Assembly);
        var pages = TestPages.Below(tests);
        List<Type> resources =
        [
            .. typeof(Resource)
                .Assembly.GetExportedTypes()
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Resource)) && !type.IsDefined(typeof(ObsoleteAttribute)))
                .OrderBy(type => type.Name, StringComparer.Ordinal),
        ];
        StringBuilder text = new();
        text.Append(
            "# Reference\n\nMade from the doc comments and the tests' pages. After a change of either: `CFG_ACCEPT=1 dotnet test "
                + "tests/ConfigEngine.Tests --filter ReferenceTests`.\n\n"
        );
        text.Append(
            "- [The language](#the-language): what a recipe says without a dot, and the values it uses\n- [Resources](#resources): what "
                + "can be so on a host\n- [Values of resources](#values-of-resources)\n- [Facts](#facts): what a host says "
                + "about itself\n- [Types for programs](#types-for-programs): what a resource of your own or a program uses\n\n"
        );
        text.Append("| resource | what it is |\n|---|---|\n");
        foreach (var resource in resources)
            text.Append(
                $"| [{resource.Name}](#{resource.Name.ToLowerInvariant()}) | {FirstSentence(DocText.Cell(docs.Meaning(resource)))} |\n"
            );

        text.Append("\n## The language\n\n");
        foreach (var method in MemberTable.Methods(typeof(Dsl), docs))
            Section(text, DocText.Code(MemberTable.Signature(method)), docs, method, "");
        foreach (var type in Language)
            Section(text, type.Name, docs, type, MemberTable.Members(type, docs));

        text.Append("## Resources\n\nEvery resource has:\n\n").Append(MemberTable.Settings(typeof(Resource), docs)).Append('\n');
        foreach (var resource in resources)
        {
            Section(text, resource.Name, docs, resource, MemberTable.Settings(resource, docs) + Handlers(resource, docs));
            text.Append(Shown(resource, pages)).Append('\n');
        }

        text.Append("## Values of resources\n\n");
        foreach (var type in Beside(resources))
            Section(
                text,
                type.Name,
                docs,
                type,
                typeof(Enum).IsAssignableFrom(type) || MemberTable.Settings(type, docs).Length == 0
                    ? MemberTable.Members(type, docs)
                    : MemberTable.Settings(type, docs)
            );

        text.Append("## Facts\n\n");
        foreach (var type in Reach(typeof(Facts), Told, []))
            Section(text, type.Name, docs, type, MemberTable.Members(type, docs));
        text.Append(
            "## Types for programs\n\nWhat a resource of your own is made of, and what a program that runs the engine itself uses. Their "
                + "members are in the doc comments, which an editor shows.\n\n"
        );
        Types(text, docs, "a resource of your own", ["HostShell", "Model", "Values"]);
        Types(text, docs, "a program", ["", "Planning", "Applying", "Rendering"]);
        return text.ToString().TrimEnd('\n') + "\n";
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

    // A resource that removes something is usually shown with its opposite: NoLine in LineTests.
    static string Shown(Type resource, ILookup<string, (string Title, string Text)> pages) =>
        $"{resource.Name}Tests" switch
        {
            var own when pages.Contains(own) => TestPages.Render(pages[own]),
            ['N', 'o', .. var other] when pages.Contains(other) =>
                $"Its pages are those of [{other[..^"Tests".Length]}](#{other[..^"Tests".Length].ToLowerInvariant()}).\n",
            _ => "",
        };

    /// <summary>
    /// The values of resources' properties, such as the sections of a unit file; types in the language section are left out.
    /// </summary>
    static IEnumerable<Type> Beside(List<Type> resources)
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
