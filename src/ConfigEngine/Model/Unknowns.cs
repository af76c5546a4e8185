using System.Reflection;

namespace ConfigEngine.Model;

/// <summary>The values of a resource that are not known yet.</summary>
static class Unknowns
{
    static readonly PropertyInfo DeclaredIf =
        typeof(Resource).GetProperty(nameof(Resource.DeclaredIf), BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException(nameof(Resource), nameof(Resource.DeclaredIf));

    /// <summary>The origins of these values, each once.</summary>
    public static IReadOnlyList<Origin> Of(Resource resource) => [.. Holding(resource).SelectMany(held => Of(held.Value)).Distinct()];

    /// <summary>The attributes that have such values, as a plan shows them.</summary>
    public static IReadOnlyList<AttributeChange> Attributes(Resource resource) =>
        [
            .. Holding(resource)
                .Where(held => Of(held.Value).Any())
                .Select(held => new AttributeChange(NameOf(held.Property), Pending.Value, Pending.Value)),
        ];

    static string NameOf(PropertyInfo property) => property == DeclaredIf ? "declared" : Text.Kebab(property.Name);

    /// <summary>The resource with the values that were found; the same object where none was found.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="find">The current value of an origin; null where it is not known.</param>
    public static Resource Fill(Resource resource, Func<Origin, object?> find)
    {
        var filled = resource;
        foreach (var (property, value) in Holding(resource))
        {
            object? with = value switch
            {
                IKnown { IsKnown: false, Origin: { } origin } known when find(origin) is { } found => known.With(found),
                Content content => content.With(find),
                DataValue data => data.With(find),
                _ => value,
            };
            if (ReferenceEquals(with, value))
                continue;
            filled = ReferenceEquals(filled, resource) ? StateProperties.Copy(resource) : filled;
            property.SetValue(filled, with);
        }

        return filled;
    }

    static IEnumerable<(PropertyInfo Property, object Value)> Holding(Resource resource) =>
        from property in StateProperties.Of(resource.GetType()).Append(DeclaredIf)
        where property.CanWrite && IsHolder(property.PropertyType)
        let value = property.GetValue(resource)
        where value is not null
        select (property, value);

    static bool IsHolder(Type type) => type == typeof(Content) || type == typeof(DataValue) || type.IsAssignableTo(typeof(IKnown));

    static IEnumerable<Origin> Of(object value) =>
        value is IKnown { IsKnown: false, Origin: { } origin } ? [origin] : DataValue.ContentOf(value)?.Unknown ?? [];

    /// <summary>The placeholder for such a value in a plan.</summary>
    sealed record Pending : IMaybeUnknown
    {
        public static Pending Value { get; } = new();

        public bool IsKnown => false;
    }
}
