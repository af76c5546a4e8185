using System.Reflection;

namespace ConfigEngine.Tests.Documenting;

/// <summary>The names of types in C#.</summary>
static class CSharpName
{
    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
        [typeof(double)] = "double",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>A type's name, without a mark for null.</summary>
    public static string Of(Type type) =>
        type switch
        {
            { IsByRef: true } => Of(type.GetElementType() ?? type),
            { IsArray: true } => $"{Of(type.GetElementType() ?? type)}[]",
            _ when Nullable.GetUnderlyingType(type) is { } value => Of(value),
            { IsGenericType: true } => Nested(type, type.GetGenericArguments().Select(Of)),
            _ => Keywords.GetValueOrDefault(type) ?? Nested(type, []),
        };

    /// <summary>A type's name with a question mark wherever null is allowed.</summary>
    public static string Of(NullabilityInfo value) =>
        value switch
        {
            { ElementType: { } element } => $"{Of(element)}[]{Mark(value)}",
            { Type: var type } when Nullable.GetUnderlyingType(type) is { } inner => $"{Of(inner)}?",
            { GenericTypeArguments: [_, ..] arguments } => Nested(value.Type, arguments.Select(Of)) + Mark(value),
            _ => Of(value.Type) + Mark(value),
        };

    static string Mark(NullabilityInfo value) =>
        value.ReadState is NullabilityState.Nullable || value.WriteState is NullabilityState.Nullable ? "?" : "";

    static string Nested(Type type, IEnumerable<string> arguments)
    {
        List<string> all = [.. arguments];
        var name = type.Name.Split('`')[0] + (all.Count > 0 ? $"<{string.Join(", ", all)}>" : "");
        return type is { IsNested: true, IsGenericParameter: false, DeclaringType: { } outer } ? $"{Of(outer)}.{name}" : name;
    }
}
