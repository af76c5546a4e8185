using System.Diagnostics;

namespace ConfigEngine.Tests.HostShell;

/// <summary>The smallest shells that a host may have, and scripts in them on this machine.</summary>
static class SmallShells
{
    public static IReadOnlyList<IReadOnlyList<string>> All { get; } =
    [
        ["dash"],
        ["busybox", "sh"],
    ];

    /// <summary>Runs a script that the shell reads from its standard input.</summary>
    /// <param name="shell">The shell's command.</param>
    /// <param name="script">The script.</param>
    /// <param name="path">A directory whose programs come before all others; none when null.</param>
    public static Output Run(IReadOnlyList<string> shell, string script, string? path = null)
    {
        ProcessStartInfo start = new(shell[0], shell.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (path is not null)
            start.Environment["PATH"] = $"{path}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{shell[0]} did not start");
        using MemoryStream output = new(),
            errors = new();
        var copies = Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(output),
            process.StandardError.BaseStream.CopyToAsync(errors)
        );
        process.StandardInput.Write(script + "\n");
        process.StandardInput.Close();
        copies.Wait();
        process.WaitForExit();
        return new(process.ExitCode, output.ToArray(), errors.ToArray());
    }
}
