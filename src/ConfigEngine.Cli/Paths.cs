using System.CommandLine;

namespace ConfigEngine.Cli;

/// <summary>
/// Completes paths by leaving that to the shell, which knows how to quote them. The completion is a glob for the wanted files, and
/// the scripts beside <see cref="Commands.CompletionCommand"/> treat a word that begins with a star as a glob.
/// </summary>
static class Paths
{
    /// <summary>The argument for a command's recipe, with completion.</summary>
    /// <param name="what">The argument's description.</param>
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

    /// <summary>The argument for the directory that a command writes to, with completion.</summary>
    public static Argument<string?> Directory()
    {
        Argument<string?> directory = new("directory") { Description = "Where [default: here]", Arity = ArgumentArity.ZeroOrOne };
        Complete(directory, "*/");
        return directory;
    }

    public static void Complete(Argument argument, params IEnumerable<string> globs)
    {
        // Without this, help would show the completions in place of the argument's name.
        argument.HelpName ??= argument.Name;
        foreach (var glob in globs)
            argument.CompletionSources.Add(_ => [new(glob)]);
    }

    public static void Complete(Option option) => option.CompletionSources.Add(_ => [new("*")]);
}
