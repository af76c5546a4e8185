namespace ConfigEngine.Tests.Resources;

/// <summary>What the classes that test resources tell the laws, found by reflection.</summary>
public static class AllSamples
{
    /// <summary>All of it, in the order of the resources' names.</summary>
    public static IReadOnlyList<Sample> All { get; } =
    [
        .. typeof(AllSamples)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ISamples)))
            .SelectMany(type =>
                type.GetProperty(nameof(ISamples.Samples))?.GetValue(null) as IReadOnlyList<Sample>
                ?? throw new InvalidOperationException($"{type.Name}.{nameof(ISamples.Samples)} is not public")
            )
            .OrderBy(sample => sample.Type.Name, StringComparer.Ordinal),
    ];

    /// <summary>Those for hosts of the lab, in an order in which each finds what it needs.</summary>
    /// <param name="choose">Which of a sample.</param>
    public static IReadOnlyList<Trial> Trials(Func<Sample, IEnumerable<Trial>> choose) =>
        [.. All.SelectMany(choose).OrderBy(trial => trial.Needs is not null)];

    /// <summary>What the laws lack to judge a resource by; empty where they lack nothing.</summary>
    public static string Lacking(Type resource) =>
        All.Where(sample => sample.Type == resource).ToList() switch
        {
            [var only] => string.Join("; ", only.Missing.Select(missing => $"the sample of {resource.Name} does not say: {missing}")),
            [] => $"no class tells the laws of {resource.Name}: let the class that tests it be {nameof(ISamples)}",
            _ => $"several classes have samples of {resource.Name}",
        };
}
