using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>Files and directories that the command line names, and whether what is there is the user's or somebody else's.</summary>
static class Named
{
    /// <summary>The option that says what is trusted besides what is the user's own.</summary>
    public static System.CommandLine.Option<string[]> Option() =>
        new("--trust")
        {
            Description = "Use what lies in this directory, whoever owns it or can write it; may be given again",
            HelpName = "directory",
            Arity = System.CommandLine.ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    /// <summary>Finds one, if nobody else can change it.</summary>
    /// <exception cref="UntrustedException">Somebody else can.</exception>
    /// <exception cref="UsageException">What is to be trusted is not there.</exception>
    public static TrustedFile Find(string path, IReadOnlyList<string> trusted)
    {
        try
        {
            return Trust.ForRecipes(trusted).Find(Path.GetFullPath(path));
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new UsageException($"--trust: {missing.Message}");
        }
    }
}
