using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>One attribute of a resource that is not as it should be.</summary>
/// <param name="Name">Its name, as plans write it.</param>
/// <param name="Before">What it is; null when it is not there.</param>
/// <param name="After">What it should be.</param>
public sealed record AttributeChange(string Name, object? Before, object? After)
{
    /// <summary>Attributes whose content is shown as secret, on both sides: what was there before may be an old secret.</summary>
    internal static IReadOnlyList<AttributeChange> Hidden(IReadOnlyList<AttributeChange> attributes, Content? secret) =>
        secret is null
            ? attributes
            :
            [
                .. attributes.Select(attribute =>
                    attribute with
                    {
                        Before = attribute.Before is Content before ? before.As(secret) : attribute.Before,
                        After = attribute.After is Content after ? after.As(secret) : attribute.After,
                    }
                ),
            ];
}

/// <summary>A value that may only be known once the host has acted; a plan shows it as <em>unknown until apply</em>.</summary>
interface IMaybeUnknown
{
    /// <summary>Whether the value is known when planning.</summary>
    bool IsKnown { get; }
}

/// <summary>What differs between what is and what should be, attribute by attribute.</summary>
/// <typeparam name="TState">The resource's state.</typeparam>
public sealed class Diff<TState>
    where TState : class
{
    /// <summary>Compares. A null in <paramref name="desired"/> is "left alone" and never differs.</summary>
    public Diff(TState? actual, TState desired)
    {
        Actual = actual;
        Desired = desired;
        Attributes =
        [
            .. StateProperties
                .Of(typeof(TState))
                .Select(property =>
                    (property.Name, Before: actual is null ? null : property.GetValue(actual), After: property.GetValue(desired))
                )
                .Where(attribute => attribute.After is not null && !StateProperties.Same(attribute.Before, attribute.After))
                .Select(attribute => new AttributeChange(Text.Kebab(attribute.Name), attribute.Before, attribute.After)),
        ];
    }

    /// <summary>What is; null when the thing is not there.</summary>
    public TState? Actual { get; }

    /// <summary>What should be.</summary>
    public TState Desired { get; }

    /// <summary>The attributes that differ.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; }

    /// <summary>Whether nothing differs, not even that it is there.</summary>
    public bool IsEmpty => Attributes.Count == 0 && !Creates;

    /// <summary>Whether the thing is not there yet.</summary>
    public bool Creates => Actual is null;

    /// <summary>The state once the change took: what is, with what should be over it.</summary>
    internal TState After => Actual is null ? Desired : StateProperties.Over(Actual, Desired);

    /// <summary>Whether an attribute differs: <c>diff.Changes(s => s.Enabled)</c>.</summary>
    public bool Changes<T>(Func<TState, T> attribute, [CallerArgumentExpression(nameof(attribute))] string name = "")
    {
        var property = Text.Kebab(name[(name.LastIndexOf('.') + 1)..].TrimEnd('!'));
        return Attributes.Any(change => change.Name == property);
    }
}
