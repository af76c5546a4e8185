using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using ConfigEngine.Tests.Documenting;

namespace ConfigEngine.Tests;

/// <summary>What an assembly lets others use, one line for each type and member: a change of it shows in review.</summary>
static class PublicApi
{
    const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly NullabilityInfoContext Nullability = new();

    // What the compiler adds to every record says nothing.
    static readonly string[] OfRecords =
    [
        "Equals",
        "GetHashCode",
        "ToString",
        "PrintMembers",
        "Deconstruct",
        "<Clone>$",
        "op_Equality",
        "op_Inequality",
        "EqualityContract",
    ];

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append($"{Kind(type)} {type.Namespace}.{CSharpName.Of(type)}{Bases(type)}\n");
            foreach (
                var member in type.GetMembers(Own).Select(member => Line(type, member)).OfType<string>().Order(StringComparer.Ordinal)
            )
                text.Append($"    {member}\n");
        }

        return text.ToString();
    }

    static string Kind(Type type)
    {
        var record =
            type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", Own) is not null)
                ? "record "
                : "";
        return type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => $"{record}struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (
                type.IsAbstract ? "abstract "
                : type.IsSealed ? "sealed "
                : ""
            ) + (record.Length > 0 ? "record" : "class"),
        };
    }

    static string Bases(Type type)
    {
        if (type.IsEnum)
            return "";
        IEnumerable<Type> bases =
        [
            .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? (Type[])[parent] : [],
            .. type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []),
        ];
        var names = bases
            .Where(type => type.IsPublic)
            .Select(CSharpName.Of)
            .Where(name => !name.StartsWith("IEquatable", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? "" : $" : {string.Join(", ", names)}";
    }

    static string? Line(Type type, MemberInfo member) =>
        member switch
        {
            _ when OfRecords.Contains(member.Name) || IsOverride(member) => null,
            FieldInfo { IsPublic: true, IsSpecialName: false } field => type.IsEnum
                ? field.Name
                : $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{CSharpName.Of(Nullability.Create(field))} "
                    + $"{field.Name}",
            PropertyInfo property when Seen(property.GetMethod) || Seen(property.SetMethod) => Property(property),
            ConstructorInfo constructor
                when Seen(constructor) && !type.IsAbstract && constructor.GetParameters() is not [{ Name: "original" }] =>
                $"{Access(constructor)}new({Parameters(constructor)})",
            MethodInfo method when Seen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
                $"{Access(method)}{CSharpName.Of(Nullability.Create(method.ReturnParameter))} "
                    + $"{method.Name}"
                    + $"{(method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(CSharpName.Of))}>" : "")}"
                    + $"({Parameters(method)})",
            _ => null,
        };

    static string Property(PropertyInfo property)
    {
        var access = Access((property.GetMethod ?? property.SetMethod)!);
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var set =
            property.SetMethod is not { } setter || !Seen(setter) ? ""
            : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
            : " set;";
        var index = property.GetIndexParameters() is [_, ..] parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        return $"{access}{required}{CSharpName.Of(Nullability.Create(property))} {(index.Length > 0 ? "this" : property.Name)}{index} "
            + $"{{{(Seen(property.GetMethod) ? " get;" : "")}{set} }}";
    }

    static string Access(MethodBase method) =>
        (method.IsPublic ? "" : "protected ")
        + (
            method.IsStatic ? "static "
            : method is not MethodInfo { IsVirtual: true, IsFinal: false } info || method.DeclaringType!.IsInterface ? ""
            : method.IsAbstract ? "abstract "
            : "virtual "
        );

    /// <summary>What an override promises is on the page already, at the type that it comes from.</summary>
    static bool IsOverride(MemberInfo member) =>
        (member is PropertyInfo property ? property.GetMethod ?? property.SetMethod : member as MethodInfo) is { } method
        && method.GetBaseDefinition() != method;

    static bool Seen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamCollectionAttribute)) || parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + $"{CSharpName.Of(Nullability.Create(parameter))} {parameter.Name}"
        + (parameter.HasDefaultValue ? " = …" : "");
}
