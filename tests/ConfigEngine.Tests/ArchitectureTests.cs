using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConfigEngine.Tests;

/// <summary>The core's floors: what stands in one uses itself and those below, as the compiled assembly shows it.</summary>
public class ArchitectureTests
{
    /// <summary>From the bottom. What is in no folder (the recipe's language, the engine) stands on top of all.</summary>
    static readonly IReadOnlyList<string> Floors =
    [
        "Values",
        "HostShell",
        "HostFacts",
        "Model",
        "Planning",
        "Resources",
        "Applying",
        "Rendering",
    ];

    [Fact]
    public void A_floor_uses_only_those_below_it()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(Engine).Assembly.Location, new() { ReadSymbols = true });
        IReadOnlyList<string> wrong =
        [
            .. core
                .MainModule.Types.SelectMany(Uses)
                .Where(use => FloorOf(use.Used) > FloorOf(use.By))
                .Select(use => $"{use.Where}: {use.By.FullName} uses {use.Used.FullName}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static int FloorOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Namespace.Split('.') is ["ConfigEngine", var floor, ..] && Floors.ToList().IndexOf(floor) is >= 0 and var found ? found
            : type.Namespace.StartsWith("ConfigEngine", StringComparison.Ordinal) ? Floors.Count
            : -1;
    }

    static IEnumerable<(TypeDefinition By, TypeReference Used, string Where)> Uses(TypeDefinition type)
    {
        var place = type.Methods.SelectMany(method => method.DebugInformation.SequencePoints).Select(Where).FirstOrDefault(type.FullName);
        IEnumerable<TypeReference?> shape =
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
            .. type.Methods.SelectMany(method =>
                (IEnumerable<TypeReference>)[method.ReturnType, .. method.Parameters.Select(one => one.ParameterType)]
            ),
        ];
        return shape
            .SelectMany(Parts)
            .Select(used => (type, used, place))
            .Concat(type.Methods.Where(method => method.HasBody).SelectMany(method => Uses(type, method)))
            .Concat(type.NestedTypes.SelectMany(Uses));
    }

    static IEnumerable<(TypeDefinition By, TypeReference Used, string Where)> Uses(TypeDefinition type, MethodDefinition method)
    {
        var where = type.FullName;
        foreach (var instruction in method.Body.Instructions)
        {
            if (method.DebugInformation.GetSequencePoint(instruction) is { IsHidden: false } point)
                where = Where(point);
            foreach (var used in Named(instruction.Operand).SelectMany(Parts))
                yield return (type, used, where);
        }
    }

    static string Where(SequencePoint point) => $"{point.Document.Url}({point.StartLine})";

    static IEnumerable<TypeReference?> Named(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
            MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(one => one.ParameterType)],
            _ => [],
        };

    static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
            TypeSpecification of => Parts(of.ElementType),
            _ => [type],
        };
}
