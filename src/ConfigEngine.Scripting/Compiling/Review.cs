using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConfigEngine.Scripting;

/// <summary>
/// All that is wrong in scripts, as an editor shows it while they are written: the errors and warnings of a compilation, and those of
/// cfg's own rules. Nothing is made that could run.
/// </summary>
static class Review
{
    const int Most = 100;

    /// <summary>The problems, in the order in which <c>cfg check</c> would come to them.</summary>
    /// <param name="compilation">The scripts, compiled with <see cref="RecipeCompiler.Options"/>.</param>
    /// <param name="recipe">The tree of the recipe itself.</param>
    /// <param name="ct">Stops.</param>
    public static IReadOnlyList<Problem> Of(CSharpCompilation compilation, SyntaxTree recipe, CancellationToken ct)
    {
        List<SyntaxTree> trees = [recipe, .. compilation.SyntaxTrees.Where(tree => tree != recipe)];
        ResourceTypes resources = new(trees.Select(tree => tree.GetRoot(ct)));
        var syntax = Diagnosis.Errors(trees.SelectMany(tree => tree.GetDiagnostics(ct)), compilation: null, resources, Most).ToList();
        if (syntax.Count > 0)
            return syntax;

        var diagnostics = compilation.GetDiagnostics(ct);
        List<Problem> found = [.. Diagnosis.Errors(diagnostics, compilation, resources, Most)];
        Take(() => Rules.Check(recipe, trees.Skip(1), resources));
        Take(() => SecretsInText.Check(trees, () => compilation));
        Take(() => OwnProcess.Check(trees, () => compilation));
        return [.. found, .. OldNames.In(diagnostics), .. RecipeWarning.In(trees, () => compilation)];

        void Take(Action check)
        {
            try
            {
                check();
            }
            catch (RecipeException wrong)
            {
                found.Add(Problem.Of(wrong));
            }
        }
    }
}
