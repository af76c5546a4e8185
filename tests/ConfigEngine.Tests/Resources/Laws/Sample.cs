namespace ConfigEngine.Tests.Resources;

/// <summary>A class that tests a resource, and tells the laws what they cannot find out by themselves.</summary>
public interface ISamples
{
    /// <summary>One for each resource that the class is about.</summary>
    static abstract IReadOnlyList<Sample> Samples { get; }
}

/// <summary>
/// What the laws, here and on the hosts of the lab, have to be told of a resource: it stands where the resource is tested, so that a new
/// one is under all of them without a line anywhere else.
/// </summary>
/// <param name="Type">The resource's type.</param>
public abstract record Sample(Type Type)
{
    /// <summary>What is lost by it, and when.</summary>
    public IReadOnlyList<Loss> Losses { get; init; } = [];

    /// <summary>What it takes, where that is only what it names; null where there are <see cref="Losses"/>.</summary>
    public string? LosesOnly { get; init; }

    /// <summary>It with no more than it must have, on a host of the lab that does not have it yet.</summary>
    public IReadOnlyList<Trial> Bare { get; init; } = [];

    /// <summary>Why a host of the lab cannot show that, or where it is shown.</summary>
    public string? BareElsewhere { get; init; }

    /// <summary>What an ordinary user cannot make of it; what is <see cref="Bare"/> when null.</summary>
    public IReadOnlyList<Trial>? ForRoot { get; init; }

    /// <summary>Why nobody can tell who may make it.</summary>
    public string? ForAnybody { get; init; }

    /// <summary>What an ordinary user cannot make of it.</summary>
    public IReadOnlyList<Trial> Denied => ForRoot ?? Bare;

    /// <summary>What no law was told; empty where nothing is missing.</summary>
    public IEnumerable<string> Missing =>
        [
            .. Losses.Count == 0 && LosesOnly is null ? (string[])["Losses, or LosesOnly with what it names"] : [],
            .. Bare.Count == 0 && BareElsewhere is null && !AllResources.TakesAway(Type) ? (string[])["Bare, or BareElsewhere"] : [],
            .. Denied.Count == 0 && ForAnybody is null ? (string[])["ForRoot, or ForAnybody"] : [],
            .. Bare.Where(trial => trial.IsThere.Length == 0).Select(trial => $"what shows that {trial.Resource.Address} is there"),
        ];
}

/// <inheritdoc/>
/// <typeparam name="TResource">The resource.</typeparam>
public sealed record Sample<TResource>() : Sample(typeof(TResource))
    where TResource : Resource;

/// <summary>A resource, what its host says, and what is lost then.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Answer">The answer to its probe.</param>
/// <param name="Lost">The effects, each with its kind before it.</param>
public sealed record Loss(Resource Resource, string Answer, params IReadOnlyList<string> Lost);

/// <summary>A resource for a host of the lab.</summary>
/// <param name="Resource">The resource.</param>
public sealed record Trial(Resource Resource)
{
    /// <summary>A command that succeeds once it is there.</summary>
    public string IsThere { get; init; } = "";

    /// <summary>What the host must have before, as commands of root.</summary>
    public string Prepare { get; init; } = "";

    /// <summary>The resource of another class that it needs, which is declared before it; nothing when null.</summary>
    public string? Needs { get; init; }
}
