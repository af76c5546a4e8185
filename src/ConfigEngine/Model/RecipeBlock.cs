namespace ConfigEngine.Model;

/// <summary>One <c>On(…)</c>: the desired state of some hosts, in order, with its handlers at the end.</summary>
public sealed class RecipeBlock
{
    readonly Func<HostView, IEnumerable<IDeclaration>> declare;

    internal RecipeBlock(int number, Target target, SourceLine? source, Func<HostView, IEnumerable<IDeclaration>> declare)
    {
        Number = number;
        Target = target;
        Source = source;
        this.declare = declare;
    }

    /// <summary>The block's place in the recipe, from 1.</summary>
    public int Number { get; }

    /// <summary>The hosts that it is for.</summary>
    public Target Target { get; }

    /// <summary>Where it was declared.</summary>
    public SourceLine? Source { get; }

    /// <summary>Blocks that must be finished on all their hosts before this one begins on any of its hosts.</summary>
    public IReadOnlyList<RecipeBlock> After { get; set; } = [];

    /// <summary>How it is rolled out to its hosts; when null, to all at once, limited by <c>--parallel</c>.</summary>
    public Rollout? Rollout { get; set; }

    /// <summary>Its name in messages.</summary>
    public string Name => Source is null ? $"block {Number} (On \"{Target.Selector}\")" : $"On(\"{Target.Selector}\") at {Source}";

    /// <summary>The block's resources for one host.</summary>
    internal IReadOnlyList<Resource> ResourcesFor(HostView host) => [.. Recipe.ResourcesOf(declare(host))];

    /// <summary>The block's resources if they do not depend on the host; null if a lambda makes them from facts.</summary>
    internal IReadOnlyList<Resource>? Fixed { get; init; }
}
