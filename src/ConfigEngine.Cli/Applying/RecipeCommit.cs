using System.ComponentModel;
using System.Diagnostics;

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
    /// <param name="terminal">The clock, and the secrets of the run: their variables are not in git's environment.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<string?> Of(string path, Terminal terminal, CancellationToken ct)
    {
        ProcessStartInfo start = new(
            "git",
            // Neither a monitor of files nor a hook of the checkout's configuration is started.
            [
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                "describe",
                "--always",
                "--dirty",
                "--abbrev=40",
                "--exclude=*",
            ]
        )
        {
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(path)),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_OPTIONAL_LOCKS"] = "0", ["GIT_TERMINAL_PROMPT"] = "0" },
        };
        foreach (var name in terminal.Redaction.Variables)
            start.Environment.Remove(name);
        try
        {
            using var git = Process.Start(start);
            if (git is null)
                return null;
            using CancellationTokenSource late = new(Longest, terminal.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
            try
            {
                git.StandardInput.Close();
                var complaints = git.StandardError.ReadToEndAsync(either.Token);
                var commit = (await git.StandardOutput.ReadToEndAsync(either.Token)).Trim();
                await complaints;
                await git.WaitForExitAsync(either.Token);
                return git.ExitCode == 0 && commit.Length > 0 ? commit : null;
            }
            finally
            {
                if (!git.HasExited)
                    git.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception none) when (none is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
