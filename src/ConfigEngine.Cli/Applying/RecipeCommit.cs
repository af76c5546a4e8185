namespace ConfigEngine.Cli.Applying;

/// <summary>The commit that a recipe was at.</summary>
static class RecipeCommit
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The commit of the git checkout that a file is in, with <c>-dirty</c> if tracked files were changed since (git-describe(1)); null
    /// if it is in none, or if there is no git. It never takes longer than a few seconds and never fails a run.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">The clock, and the secrets of the run.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<string?> Of(string path, Terminal terminal, CancellationToken ct)
    {
        Git git = new(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", terminal);
        using CancellationTokenSource late = new(Longest, terminal.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            var answer = await git.Run(["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"], either.Token);
            return answer is { Exit: 0, Said: { Length: > 0 } commit } ? commit : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
