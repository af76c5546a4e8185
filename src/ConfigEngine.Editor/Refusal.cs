using System.Runtime.CompilerServices;
using ConfigEngine.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConfigEngine.Editor;

/// <summary>
/// Why a text is not looked at: the compiler calls itself for each level of nesting, and a stack that ends takes the whole process with
/// it. No recipe that somebody wrote comes near these limits.
/// </summary>
/// <param name="Problem">The reason; null if there is none.</param>
sealed record Refusal(Problem? Problem)
{
    const int Longest = 2 << 20;
    const int MostBrackets = 300;
    const int Deepest = 1000;

    static readonly ConditionalWeakTable<string, Refusal> Known = [];

    /// <summary>The reason for a text; null if there is none.</summary>
    public static Problem? Of(string text) => Known.GetValue(text, text => new(Brackets(text) ?? Nesting(text))).Problem;

    static Problem? Brackets(string text)
    {
        if (text.Length > Longest)
            return new(null, $"this script is too large for an editor's help: {text.Length >> 10} KiB");
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '(' or '[' or '{' => 1,
                ')' or ']' or '}' when depth > 0 => -1,
                _ => 0,
            };
            if (depth > MostBrackets)
                return new(
                    new("", text.AsSpan(0, i).Count('\n') + 1),
                    $"more than {MostBrackets} brackets are open here, so there is no help in this script"
                );
        }

        return null;
    }

    static Problem? Nesting(string text)
    {
        Stack<(SyntaxNode Node, int Depth)> ahead = new([(CSharpSyntaxTree.ParseText(text, RecipeCompiler.Parse).GetRoot(), 0)]);
        while (ahead.TryPop(out var at))
        {
            if (at.Depth > Deepest)
                return new(
                    new("", at.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1),
                    $"more than {Deepest} levels of code are in each other here, so there is no help in this script"
                );
            foreach (var child in at.Node.ChildNodes())
                ahead.Push((child, at.Depth + 1));
        }

        return null;
    }
}
