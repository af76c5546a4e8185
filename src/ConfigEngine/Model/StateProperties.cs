using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Model;

/// <summary>States as lists of their properties.</summary>
static class StateProperties
{
    // Weak, so that the types of a recipe can be unloaded.
    static readonly ConditionalWeakTable<Type, PropertyInfo[]> Known = [];

    public static PropertyInfo[] Of(Type type) =>
        Known.GetValue(
            type,
            static type =>
                [
                    .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                        .Where(property => property.GetIndexParameters().Length == 0),
                ]
        );

    public static bool Same(object? a, object? b) =>
        (a, b) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            (string, string) => a.Equals(b),
            (IEnumerable first, IEnumerable second) => first.Cast<object?>().SequenceEqual(second.Cast<object?>(), Comparer),
            _ => a.Equals(b),
        };

    /// <summary>A copy of one state with the other state's attributes, where those are not null.</summary>
    public static TState Over<TState>(TState actual, TState desired)
        where TState : class
    {
        var copy = Copy(actual);
        foreach (var property in Of(typeof(TState)).Where(property => property.CanWrite))
        {
            if (property.GetValue(desired) is { } value)
                property.SetValue(copy, value);
        }

        return copy;
    }

    /// <summary>A copy that is not shared yet, so that its init-only properties can be set.</summary>
    public static T Copy<T>(T original)
        where T : class => Clone.Invoke(original, null) as T ?? original;

    static MethodInfo Clone { get; } =
        typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMethodException(nameof(Object), nameof(MemberwiseClone));

    static readonly IEqualityComparer<object?> Comparer = EqualityComparer<object?>.Create(Same);
}
