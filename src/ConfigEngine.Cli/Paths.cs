using System.CommandLine;

namespace ConfigEngine.Cli;

/// <summary>
/// Completes paths, by leaving that to the shell, which knows how to quote them: what is offered is which files, as a glob, and the
/// scripts beside <see cref="Commands.CompletionCommand"/> take a word that begins with a star for one.
/// </summary>
static class Paths
{
    /// <summary>The recipe that a command is for, completed.</summary>
    /// <param name="what">What it is to the command.</param>
    public static Argument<string?> Recipe(string what = "The recipe")
    {
        Argument<string?> recipe = new("recipe")
        {
            Description = $"{what} [default: the nearest infra.csx]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Complete(recipe, "*.csx");
        return recipe;
    }

    public static void Complete(Argument argument, params IEnumerable<string> globs)
    {
        // Help would show what is offered in the argument's place.
        argument.HelpName ??= argument.Name;
        foreach (var glob in globs)
            argument.CompletionSources.Add(_ => [new(glob)]);
    }

    public static void Complete(Option option) => option.CompletionSources.Add(_ => [new("*")]);
}
