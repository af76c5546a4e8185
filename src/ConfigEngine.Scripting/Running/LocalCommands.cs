using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>
/// Runs commands of this machine, within a time. No message contains their standard output, which may be a secret; their standard
/// error is shown.
/// </summary>
sealed class LocalCommands(SecretOptions options, CancellationToken ct)
{
    const int ComplaintLength = 400;

    /// <summary>What a command prints.</summary>
    /// <param name="commandLine">The command and its arguments.</param>
    /// <param name="withheld">Variables of the environment that it does not get.</param>
    /// <exception cref="RecipeException">It cannot be started, fails, or does not end.</exception>
    public byte[] Output(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld)
    {
        if (commandLine.Count == 0)
            throw new RecipeException("it names no command", hint: "give a program and its arguments, each as a text of its own");
        if (options.StandIn is not null)
            throw new RecipeException(
                $"{commandLine[0]} would have to run on this machine, and nothing runs in a test",
                hint: "keep what it prints in a file beside the recipe"
            );
        using var process = Start(commandLine, withheld);
        using CancellationTokenSource expired = new(options.Limit, options.Time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, expired.Token);
        try
        {
            // A program that asks for a passphrase reads from the terminal itself (tty(4)), not from standard input.
            process.StandardInput.Close();
            using MemoryStream printed = new();
            using var output = process.StandardOutput;
            using var error = process.StandardError;
            var printing = output.BaseStream.CopyToAsync(printed, limited.Token);
            var complaining = error.ReadToEndAsync(limited.Token);
            Task.WhenAll(printing, complaining, process.WaitForExitAsync(limited.Token)).GetAwaiter().GetResult();
            return process.ExitCode == 0
                ? printed.ToArray()
                : throw new RecipeException(
                    $"{commandLine[0]} ended with exit code {process.ExitCode}{Complaint(complaining.Result, printed.ToArray())}"
                );
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RecipeException($"{commandLine[0]} was still running after {options.Limit.TotalSeconds:0.##} s");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static Process Start(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld)
    {
        ProcessStartInfo start = new(commandLine[0], commandLine.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in withheld)
            start.Environment.Remove(name);
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{commandLine[0]} did not start");
        }
        catch (Win32Exception missing)
        {
            throw new RecipeException(
                $"{commandLine[0]} cannot be started here ({missing.Message})",
                hint: "it is looked for in PATH, and no shell reads the words: Secrets.Command(\"pass\", \"show\", \"db\")"
            );
        }
    }

    static string Complaint(string said, byte[] printed)
    {
        var value = Encoding.UTF8.GetString(printed).Trim();
        var shown = (value.Length == 0 ? said : said.Replace(value, "(secret)", StringComparison.Ordinal)).Trim();
        return shown.Length == 0
            ? ", and said nothing"
            : $":\n  {(shown.Length <= ComplaintLength ? shown : "…" + shown[^ComplaintLength..]).ReplaceLineEndings("\n  ")}";
    }
}
