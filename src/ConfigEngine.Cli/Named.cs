using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>Files and directories that the command line names, and whether they are trusted.</summary>
static class Named
{
    /// <summary>The option for trusted directories, in addition to the user's own.</summary>
    public static System.CommandLine.Option<string[]> Option() =>
        Repeated.Option("--trust", "directory", "Trust the files in this directory, whoever owns them");

    /// <summary>Adds the option to a command, with completion.</summary>
    public static System.CommandLine.Option<string[]> AddTo(System.CommandLine.Command command)
    {
        var trust = Option();
        command.Add(trust);
        Paths.Complete(trust);
        return trust;
    }

    /// <summary>Finds a file or directory, if no other user can change it.</summary>
    /// <exception cref="UntrustedException">Another user can change it.</exception>
    /// <exception cref="UsageException">A directory of the option does not exist.</exception>
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
