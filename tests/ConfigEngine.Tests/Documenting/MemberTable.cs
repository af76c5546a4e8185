using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ConfigEngine.Tests.Documenting;

/// <summary>The members of a type that a recipe can set or read, as a Markdown table.</summary>
static class MemberTable
{
    const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The properties that a recipe sets, those of the constructor first: name, type, meaning, default.</summary>
    public static string Settings(Type type, XmlDocs docs)
    {
        var sample = Sample(type);
        var first = Positional(type);
        StringBuilder rows = new();
        foreach (
            var property in Settable(type).OrderBy(property => first.IndexOf(property.Name) is >= 0 and var place ? place : int.MaxValue)
        )
            rows.Append(
                $"| `{property.Name}` | {Cell(CSharpName.Of(property.PropertyType))} | "
                    + $"{DocText.Cell(docs.Parameter(type, property.Name) ?? docs.Meaning(property))} | "
                    + $"{Default(property, sample, first)} |\n"
            );
        return rows.Length == 0 ? "" : $"| property | type | meaning | default |\n|---|---|---|---|\n{rows}";
    }

    /// <summary>All members of a type: name, type, meaning.</summary>
    public static string Members(Type type, XmlDocs docs)
    {
        StringBuilder rows = new();
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                rows.Append($"| `{field.Name}` | {DocText.Cell(docs.Meaning(field))} |\n");
            return $"| value | meaning |\n|---|---|\n{rows}";
        }

        foreach (
            var property in type.GetProperties(Own)
                .Where(property => property.GetIndexParameters().Length == 0 && docs.Meaning(property) is not null)
        )
            rows.Append(
                $"| `{property.Name}` | {Cell(CSharpName.Of(property.PropertyType))} | {DocText.Cell(docs.Meaning(property))} |\n"
            );
        foreach (var method in Methods(type, docs))
            rows.Append(
                $"| {Cell(Signature(method))} | {Cell(CSharpName.Of(method.ReturnType))} | {DocText.Cell(docs.Meaning(method))} |\n"
            );
        return rows.Length == 0 ? "" : $"| member | type | meaning |\n|---|---|---|\n{rows}";
    }

    public static IEnumerable<MethodInfo> Methods(Type type, XmlDocs docs) =>
        type.GetMethods(Own)
            .Where(method =>
                !method.IsSpecialName
                && docs.Meaning(method) is not null
                && method.GetCustomAttribute<System.ComponentModel.EditorBrowsableAttribute>()
                    is not { State: System.ComponentModel.EditorBrowsableState.Never }
            );

    /// <summary>A method's call; parameters that the compiler fills in are left out.</summary>
    public static string Signature(MethodInfo method) =>
        method.Name
        + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(CSharpName.Of))}>" : "")
        + $"({string.Join(", ", method.GetParameters().Where(IsWritten).Select(Parameter))})";

    /// <summary>Whether an author writes it; the compiler fills in the others.</summary>
    static bool IsWritten(ParameterInfo parameter) => !parameter.IsDefined(typeof(CallerFilePathAttribute));

    static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "")
        + $"{CSharpName.Of(parameter.ParameterType)} {parameter.Name}";

    /// <summary>What a type declares itself, or a base type of the same namespace: not what every resource has.</summary>
    static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties()
            .Where(property =>
                property.DeclaringType?.Namespace == type.Namespace
                && property.SetMethod is { IsPublic: true }
                && property.GetIndexParameters().Length == 0
            );

    /// <summary>The names of the primary constructor's parameters.</summary>
    public static List<string> Positional(Type type) =>
        Constructor(type) is { } constructor ? [.. constructor.GetParameters().Select(parameter => parameter.Name ?? "")] : [];

    static ConstructorInfo? Constructor(Type type) =>
        type.IsAbstract ? null : type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length);

    static object? Sample(Type type) =>
        Constructor(type) is not { } constructor
            ? null
            : constructor.Invoke([
                .. constructor
                    .GetParameters()
                    .Select(parameter =>
                        parameter.ParameterType switch
                        {
                            var t when t == typeof(string) => "x",
                            var t when t == typeof(Shell) => Shell.Verbatim("x"),
                            { IsValueType: true } t => Activator.CreateInstance(t),
                            _ => (object?)null,
                        }
                    ),
            ]);

    static string Default(PropertyInfo property, object? sample, List<string> positional)
    {
        if (positional.IndexOf(property.Name) is >= 0 and var place)
            return place is 0 ? "*first*"
                : place is 1 ? "*second*"
                : $"*number {place + 1}*";
        if (property.IsDefined(typeof(RequiredMemberAttribute)))
            return "*required*";
        return (sample is null ? null : property.GetValue(sample)) switch
        {
            null => "",
            Enum value => $"`{value.GetType().Name}.{value}`",
            string text => Cell($"\"{text}\""),
            ICollection { Count: 0 } => "`[]`",
            IEnumerable many when !many.Cast<object>().Any() => "`[]`",
            var value => Cell(ValueText.Short(value)),
        };
    }

    static string Cell(string code) => DocText.Code(code.Replace("|", "\\|", StringComparison.Ordinal));
}
