using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>One attribute of a resource that is not in its desired state.</summary>
/// <param name="Name">Its name, as plans write it.</param>
/// <param name="Before">The actual value; null when the thing does not exist.</param>
/// <param name="After">The desired value.</param>
public sealed record AttributeChange(string Name, object? Before, object? After)
{
    /// <summary>The attributes with one of them, which holds digests of a secret on the host, shown as secret on both sides.</summary>
    internal static IReadOnlyList<AttributeChange> HiddenDigests(IReadOnlyList<AttributeChange> attributes, string name, Secret? secret)
    {
        return [.. attributes.Select(each => each.Name == name ? each with { Before = Of(each.Before), After = Of(each.After) } : each)];

        object? Of(object? digest) =>
            digest is string { Length: > 0 } text && secret is not null ? SecretDigest.Of(text, secret.Key) : digest;
    }

    /// <summary>
    /// The attributes with their content shown as secret on both sides, because the old content may be an old secret.
    /// </summary>
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

/// <summary>A value that may be known only after the host has acted; a plan shows it as <em>unknown until apply</em>.</summary>
interface IMaybeUnknown
{
    /// <summary>Whether the value is known when planning.</summary>
    bool IsKnown { get; }
}

/// <summary>The differences between the actual and the desired state, by attribute.</summary>
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

    /// <summary>The actual state; null when the thing does not exist.</summary>
    public TState? Actual { get; }

    /// <summary>The desired state.</summary>
    public TState Desired { get; }

    /// <summary>The attributes that differ.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; }

    /// <summary>Whether nothing differs, and the thing exists.</summary>
    public bool IsEmpty => Attributes.Count == 0 && !Creates;

    /// <summary>Whether the thing does not exist yet.</summary>
    public bool Creates => Actual is null;

    /// <summary>The state after the change: the actual one, with the desired values over it.</summary>
    internal TState After => Actual is null ? Desired : StateProperties.Over(Actual, Desired);

    /// <summary>Whether an attribute differs: <c>diff.Changes(s => s.Enabled)</c>.</summary>
    public bool Changes<T>(Func<TState, T> attribute, [CallerArgumentExpression(nameof(attribute))] string name = "")
    {
        var property = Text.Kebab(name[(name.LastIndexOf('.') + 1)..].TrimEnd('!'));
        return Attributes.Any(change => change.Name == property);
    }
}
