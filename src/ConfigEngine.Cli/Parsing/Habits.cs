namespace ConfigEngine.Cli.Parsing;

/// <summary>Words from other tools that users type, and their names here.</summary>
static class Habits
{
    /// <summary>Stands for a command line without a command.</summary>
    const string Root = "";

    static readonly string[] Planning = ["plan", "apply"];

    static readonly string[] Reaching = ["plan", "apply", "facts", "purge", "exec"];

    /// <summary>
    /// Words with the same meaning as one of ours, or without a meaning here, because our command always does that.
    /// </summary>
    static readonly (string[] Typed, string[] In, string? Meant)[] Same =
    [
        (["-V", "-v"], [Root], "--version"),
        (["--auto-approve", "-auto-approve"], ["apply"], "--yes"),
        (["--limit", "-l"], Planning, "--on"),
        (["--target", "-target"], Planning, "--only"),
        (["--forks", "-f"], Reaching, "--parallel"),
        (["-b"], Reaching, "--become"),
        (["--ask-pass", "-k"], Reaching, "--ask-password"),
        (["--ask-become-pass", "-K"], Reaching, "--ask-become-password"),
        (["--dry-run", "--dryrun", "--dry", "--check", "-C", "-n", "-D"], ["plan"], null),
    ];

    /// <summary>Options that do not exist here, and what to use instead.</summary>
    static readonly (string[] Typed, string Answer)[] Others =
    [
        (["--dry-run", "--dry", "--check", "-C", "-n", "--noop"], "cfg plan shows what would change, and changes nothing"),
        (["-D"], "a plan always shows the differences; --diff full shows whole files and long lines too"),
        (["--limit", "-l"], "name the hosts as arguments"),
        (["--inventory", "-i"], "the hosts are those of the nearest infra.csx, or of the recipe; --host user@address is for another one"),
        (["--private-key", "--key-file", "--user", "-u"], "set it for the host in infra.csx, or in your ssh configuration"),
        (["--tags", "--skip-tags", "-t"], "--only and --skip choose resources by their addresses"),
        (["--extra-vars", "-e"], "a recipe reads a variable of the environment with Environment.GetEnvironmentVariable"),
        (["--output", "-o"], "--json prints JSON, and plan --out FILE saves a plan"),
        (["--force"], "nothing is forced: --yes leaves out the question, and a plan that is out of date is made again"),
    ];

    /// <summary>Commands of other tools.</summary>
    static readonly (string[] Typed, string Meant)[] Commands =
    [
        (["diff", "preview", "dry-run", "noop", "test"], "plan"),
        (["run", "deploy", "up", "converge", "sync", "update"], "apply"),
        (["validate", "lint", "build", "compile"], "check"),
        (["ping", "setup", "gather", "grains"], "facts"),
        (["list", "inventory", "ls", "nodes"], "hosts"),
        (["log", "runs", "report"], "history"),
        (["new", "create", "start"], "init"),
        (["clean", "cleanup", "destroy", "uninstall"], "purge"),
    ];

    /// <summary>The command line with our words in place of words with the same meaning.</summary>
    public static IReadOnlyList<string> Translate(IReadOnlyList<string> typed)
    {
        if (typed is ["help", ..])
            return [.. typed.Skip(1).Take(1), "--help"];
        if (typed is ["version"])
            return ["--version"];
        var command = typed.FirstOrDefault(word => !word.StartsWith('-')) ?? Root;
        var words = typed.TakeWhile(word => word is not "--").ToList();
        return [.. words.SelectMany(word => Translate(word, command)), .. typed.Skip(words.Count)];
    }

    static IEnumerable<string> Translate(string word, string command)
    {
        var (name, value) = Words.Split(word);
        foreach (var (typed, commands, meant) in Same)
        {
            if (typed.Contains(name) && commands.Contains(command))
                return meant is null ? [] : [meant + value];
        }

        return [word];
    }

    /// <summary>
    /// What to use instead of an option that does not exist, also where it is not spelt as the other tool spells it; null for an unknown
    /// option.
    /// </summary>
    public static string? InsteadOf(string option) =>
        Answer(option)
        ?? (
            Similar.Closest(
                option,
                Others.SelectMany(other => other.Typed).Where(typed => typed.StartsWith("--", StringComparison.Ordinal))
            )
                is { } close
                ? Answer(close)
                : null
        );

    static string? Answer(string option) => Others.FirstOrDefault(other => other.Typed.Contains(option)).Answer;

    /// <summary>Our name for another tool's command.</summary>
    public static string? CommandFor(string typed) =>
        Commands.FirstOrDefault(other => other.Typed.Contains(typed, StringComparer.OrdinalIgnoreCase)).Meant;
}
