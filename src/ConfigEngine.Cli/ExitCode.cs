namespace ConfigEngine.Cli;

/// <summary>The exit codes of commands, for scripts.</summary>
static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>An error on any host, or a change that was not made.</summary>
    public const int Failed = 1;

    /// <summary>
    /// There are changes, with <c>plan --exit-code</c> and <c>diff</c>; or mutants that no page showed, with <c>test --mutate</c>.
    /// </summary>
    public const int Changes = 2;

    /// <summary>The command line or the recipe is wrong; nothing was done.</summary>
    public const int Usage = 3;

    /// <summary>Told to stop before everything was done: running steps were finished, and nothing is in doubt.</summary>
    public const int Stopped = 4;

    /// <summary>Stopped at once by a signal (128 + SIGINT, as in shells): running steps are in doubt.</summary>
    public const int Interrupted = 130;
}

/// <summary>The command line cannot be executed as it is.</summary>
sealed class UsageException(string problem) : CfgException(problem);
