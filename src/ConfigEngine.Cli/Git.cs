using System.ComponentModel;
using System.Diagnostics;

namespace ConfigEngine.Cli;

/// <summary>The user's git, for reading a repository.</summary>
/// <param name="directory">The directory that it runs in.</param>
/// <param name="terminal">Its secrets: their variables are not in git's environment.</param>
sealed class Git(string directory, Terminal terminal)
{
    /// <summary>Runs one of its commands.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="ct">Ends it.</param>
    /// <param name="index">The file that is its index; the repository's own when null.</param>
    /// <returns>Its answer; null where there is no git.</returns>
    public async Task<GitAnswer?> Run(IEnumerable<string> arguments, CancellationToken ct, string? index = null)
    {
        // Neither a monitor of files nor a hook of the repository's configuration is started.
        ProcessStartInfo start = new("git", ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_OPTIONAL_LOCKS"] = "0", ["GIT_TERMINAL_PROMPT"] = "0" },
        };
        if (index is not null)
            start.Environment["GIT_INDEX_FILE"] = index;
        foreach (var name in terminal.Redaction.Variables)
            start.Environment.Remove(name);
        try
        {
            using var git = Process.Start(start);
            return git is null ? null : await Answer(git, ct);
        }
        catch (Exception none) when (none is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    static async Task<GitAnswer> Answer(Process git, CancellationToken ct)
    {
        try
        {
            git.StandardInput.Close();
            var said = git.StandardOutput.ReadToEndAsync(ct);
            var complaints = await git.StandardError.ReadToEndAsync(ct);
            var text = await said;
            await git.WaitForExitAsync(ct);
            return new(git.ExitCode, text.Trim(), complaints.Trim());
        }
        finally
        {
            if (!git.HasExited)
                git.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>What git said.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="Said">Its output, without blanks around it.</param>
/// <param name="Complaints">Its errors.</param>
sealed record GitAnswer(int Exit, string Said, string Complaints);
