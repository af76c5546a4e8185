using System.Reflection;

namespace ConfigEngine.Planning;

/// <summary>
/// Another state for a resource, as if somebody had changed the host by hand: the state that it was really in before, or one attribute
/// changed, or the thing removed; a name that no host has is the last that is tried. Only a state that the resource can compare, and that
/// it would change, is taken.
/// </summary>
static class Drift
{
    /// <summary>The state; null where there is none.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="state">Its state now.</param>
    /// <param name="before">The state in which it was observed once; null where that is not known.</param>
    public static Observed? Of(Resource resource, Observed state, Observed? before) =>
        Candidates(state, before).FirstOrDefault(candidate => IsNoticed(resource, candidate));

    static IEnumerable<Observed> Candidates(Observed state, Observed? before)
    {
        if (before is { State: not null })
            yield return before;
        if (state.State is { } whole)
        {
            foreach (var (property, value) in Changeable(whole).SelectMany(property => Others(property, whole)))
                yield return new(With(whole, property, value));
        }

        yield return new(null);
        if (state.State is not { } named)
            yield break;
        foreach (var property in StateProperties.Of(named.GetType()).Where(property => property.CanWrite))
        {
            if (property.GetValue(named) is string { Length: > 0 })
                yield return new(With(named, property, "another"));
        }
    }

    static bool IsNoticed(Resource resource, Observed candidate)
    {
        try
        {
            return resource.Compare(candidate) is { Attributes.Count: > 0 } or { Verb: Verb.Create };
        }
        catch (Exception impossible) when (impossible is not OutOfMemoryException)
        {
            // No host has such a state: it cannot be read, or nothing leads out of it.
            return false;
        }
    }

    /// <summary>The attributes of which another value is surely a possible one, the plainest first.</summary>
    static IEnumerable<PropertyInfo> Changeable(object state) =>
        StateProperties
            .Of(state.GetType())
            .Where(property => property.CanWrite && Order.Contains(Type(property)) && property.GetValue(state) is not null)
            .OrderBy(property => Array.IndexOf(Order, Type(property)));

    static readonly Type[] Order = [typeof(Content), typeof(Mode), typeof(bool), typeof(int)];

    static Type Type(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    static IEnumerable<(PropertyInfo Property, object Value)> Others(PropertyInfo property, object state)
    {
        object? other = property.GetValue(state) switch
        {
            Content { IsSecret: false, Text: { } text } => (Content)$"{text}changed by hand\n",
            Mode mode => mode == Mode.Parse("0600") ? Mode.Parse("0640") : Mode.Parse("0600"),
            bool value => !value,
            int number => number + 1,
            _ => null,
        };
        if (other is not null)
            yield return (property, other);
    }

    static object With(object state, PropertyInfo property, object value)
    {
        var copy = StateProperties.Copy(state);
        property.SetValue(copy, value);
        return copy;
    }
}
