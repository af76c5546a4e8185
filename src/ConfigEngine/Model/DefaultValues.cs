using System.Reflection;

namespace ConfigEngine.Model;

/// <summary>What the properties of a record are where nobody sets them.</summary>
static class DefaultValues
{
    /// <summary>The record with the same name, and nothing else set; null where it cannot be made.</summary>
    public static object? Of(object record)
    {
        var properties = StateProperties.Of(record.GetType());
        var made = record
            .GetType()
            .GetConstructors()
            .OrderByDescending(constructor => constructor.GetParameters().Length)
            .Select(constructor => (constructor, Arguments: ArgumentsOf(constructor, properties, record)))
            .FirstOrDefault(one => one.Arguments is not null);
        try
        {
            return made.constructor?.Invoke(made.Arguments);
        }
        catch (TargetInvocationException)
        {
            // It wants more than its name.
            return null;
        }
    }

    static object?[]? ArgumentsOf(ConstructorInfo constructor, PropertyInfo[] properties, object record)
    {
        var sources = constructor
            .GetParameters()
            .Select(parameter =>
                Array.Find(
                    properties,
                    property =>
                        property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)
                        && parameter.ParameterType.IsAssignableFrom(property.PropertyType)
                )
            )
            .ToList();
        return sources.Contains(null) ? null : [.. sources.Select(property => property?.GetValue(record))];
    }
}
