using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>Reads secrets of this machine. No message contains a command's standard output; its standard error is shown.</summary>
sealed class LocalSecrets(ScriptPaths paths, Disk disk, SecretOptions options, CancellationToken ct) : ILocalSecrets
{
    const long Longest = 1 << 20;

    const int ComplaintLength = 400;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ReadOnlyMemory<byte> DigestKey => options.DigestKey();

    public string? Variable(string name) => options.Variable(name);

    public string File(string path, string script)
    {
        var full = path.Length == 0 ? throw new RecipeException("its path is empty") : paths.Full(path, script);
        return Text(disk.Read(full, paths.Shown(full), longest: Longest));
    }

    public string Prompt(string question) =>
        options.Ask is { } ask
            ? ask(question)
            : throw new RecipeException(
                "there is no terminal to ask on",
                hint: "where nobody is there to type it, take it from Secrets.Environment, Secrets.File or Secrets.Command"
            );

    public string Command(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld)
    {
        if (commandLine.Count == 0)
            throw new RecipeException("it names no command", hint: "Secrets.Command(\"pass\", \"show\", \"db\")");
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
                ? Text(printed.ToArray())
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

    static string Text(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
                : text.EndsWith('\n') ? text[..^1]
                : text;
        }
        catch (DecoderFallbackException)
        {
            throw new RecipeException(
                "it is not UTF-8 text",
                hint: "keep it in base64, and decode it on the host: new Command($\"base64 -d >/etc/key\") { Input = … }"
            );
        }
    }
}
