using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for variables of a host: <c>host.Vars["port"]</c> is an object, <c>host.Var&lt;int&gt;("port")</c> a number.</summary>
static class VarHints
{
    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS0266" or "CS0029" or "CS1503" or "CS0019" when Element(slip) is { } element && IsVars(element.Expression, slip) => Typed(
                element,
                slip
            ),
            "CS0021" when Element(slip) is { } element => slip.Model?.GetTypeInfo(element.Expression).Type?.Name switch
            {
                nameof(HostView) => Typed(element, slip),
                nameof(Facts) => "a fact is a property, such as host.Facts.Memory",
                _ => null,
            },
            _ => null,
        };

    static ElementAccessExpressionSyntax? Element(Slip slip) =>
        slip.Node.DescendantNodesAndSelf().OfType<ElementAccessExpressionSyntax>().FirstOrDefault();

    static bool IsVars(ExpressionSyntax expression, Slip slip) => slip.Model?.GetTypeInfo(expression).Type?.Name is nameof(Vars);

    static string Typed(ElementAccessExpressionSyntax element, Slip slip)
    {
        var wanted = slip.Model?.GetTypeInfo(element).ConvertedType;
        if (wanted is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] })
            wanted = value;
        var type = wanted?.SpecialType switch
        {
            SpecialType.System_Int32 => "int",
            SpecialType.System_Boolean => "bool",
            SpecialType.System_Int64 => "long",
            SpecialType.System_Double => "double",
            _ when slip.Id is "CS0019" => "int",
            _ => "string",
        };
        var name = element.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }] ? literal.ToString() : "\"name\"";
        return $"a variable is read with its type: host.Var<{type}>({name})";
    }
}
