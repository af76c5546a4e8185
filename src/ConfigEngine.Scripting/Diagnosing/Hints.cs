using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Advice about a compiler's error, for common mistakes.</summary>
sealed class Hints(CSharpCompilation? compilation, ResourceTypes resources)
{
    static readonly Func<Slip, string?>[] All =
    [
        TextHints.For,
        SyntaxHints.For,
        OwnMachineHints.For,
        NameHints.For,
        AbsenceHints.For,
        HabitHints.For,
        MemberHints.For,
        VarHints.For,
        ValueHints.For,
        AsyncHints.For,
    ];

    /// <summary>A hint, or null if the compiler's message is enough.</summary>
    public string? For(Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
            return null;
        var root = tree.GetRoot();
        Slip slip = new(
            diagnostic.Id,
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            diagnostic.Location.SourceSpan.Start,
            root.FindToken(diagnostic.Location.SourceSpan.Start),
            root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true),
            compilation?.GetSemanticModel(tree),
            resources
        );
        return All.Select(hint => hint(slip)).FirstOrDefault(hint => hint is not null);
    }
}

/// <summary>A compiler's error with the code at its place.</summary>
/// <param name="Id">The error's number: <c>CS0103</c>.</param>
/// <param name="Message">The compiler's message.</param>
/// <param name="Position">Where it begins, counted in characters.</param>
/// <param name="Token">The token where it begins.</param>
/// <param name="Node">The syntax node that it is about.</param>
/// <param name="Model">The meaning of names; null for a syntax error.</param>
/// <param name="Resources">The known resource types.</param>
sealed record Slip(
    string Id,
    string Message,
    int Position,
    SyntaxToken Token,
    SyntaxNode Node,
    SemanticModel? Model,
    ResourceTypes Resources
)
{
    /// <summary>The name at its place.</summary>
    public string Name => Node is ObjectCreationExpressionSyntax creation ? creation.Type.ToString() : Token.ValueText;

    /// <summary>The character at its place, or the next one that is no space.</summary>
    public char Following => Node.SyntaxTree.GetText().ToString().AsSpan(Position).TrimStart() is [var next, ..] ? next : '\0';

    /// <summary>All text before its place.</summary>
    public string Before => Node.SyntaxTree.GetText().ToString()[..Position];

    /// <summary>The text of its line.</summary>
    public string Line => LineAt(0);

    /// <summary>The text of the line before it.</summary>
    public string LineBefore => LineAt(-1);

    public bool IsResource(string name) => Resources.Names.Contains(name);

    string LineAt(int offset)
    {
        var text = Node.SyntaxTree.GetText();
        var number = text.Lines.GetLineFromPosition(Position).LineNumber + offset;
        return number < 0 ? "" : text.Lines[number].ToString();
    }
}
