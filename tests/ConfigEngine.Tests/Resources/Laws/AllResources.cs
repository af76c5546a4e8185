using System.Reflection;
using ConfigEngine.Tests.Documenting;

namespace ConfigEngine.Tests.Resources;

/// <summary>Every resource type of the engine, found by reflection: a new one is under the laws without being listed anywhere.</summary>
static class AllResources
{
    static readonly ILookup<bool, Type> All = typeof(Resource)
        .Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Resource)))
        .ToLookup(type => type.IsDefined(typeof(ObsoleteAttribute)));

    static readonly Dictionary<string, Type> ByName = All[false].ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static IReadOnlyList<Type> Types { get; } = [.. ByName.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Old names, each derived from the resource that it stands for: what is true of that is true of them.</summary>
    public static IReadOnlyList<Type> OldNames { get; } = [.. All[true]];

    public static TheoryData<string> Names => [.. Types.Select(type => type.Name)];

    /// <summary>What resources compare; of these null is "not known", and recipes do not write them.</summary>
    public static IReadOnlySet<Type> States { get; } =
        Types.Select(type => type.BaseType?.GetGenericArguments().FirstOrDefault()).OfType<Type>().ToHashSet();

    public static XmlDocs Docs { get; } = XmlDocs.Of(typeof(Resource).Assembly);

    public static Type Named(string name) => ByName[name];

    /// <summary>Whether it wants something not to be there: where nothing is, it has nothing to do.</summary>
    public static bool TakesAway(Resource resource) => TakesAway(resource.GetType());

    /// <inheritdoc cref="TakesAway(Resource)"/>
    public static bool TakesAway(Type type) => type.Name is ['N', 'o', >= 'A' and <= 'Z', ..];

    /// <summary>The instance that the resource's own example makes.</summary>
    public static Resource Example(string name) => Examples.Of(Named(name));
}
