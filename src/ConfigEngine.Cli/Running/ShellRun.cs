using System.ComponentModel;
using System.Diagnostics;
using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Ssh;

namespace ConfigEngine.Cli.Running;

/// <summary>A shell for a person: the input goes to ssh itself, and so do answers to ssh's questions for passwords.</summary>
static class ShellRun
{
    /// <summary>Prints the command that opens it.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> Print(string? selector, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        terminal.Out.WriteLine(string.Join(' ', CommandFor(selector, choice, terminal, ct).Select(HostShell.Shell.Quote)));
        return Task.FromResult(ExitCode.Done);
    }

    static IReadOnlyList<string> CommandFor(string? selector, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        if (selector is null && choice.Everywhere is null)
            throw new UsageException("name a host: cfg shell web1");
        var hosts = InventoryHosts.Select(selector is null ? [] : [selector], choice, terminal, ct);
        if (hosts is not [var host])
            throw new UsageException(
                $"{selector} is {Counts.Of(hosts.Count, "host")}, and a shell opens on one: cfg exec runs a command on all"
            );
        return Connector.ShellOn(host, Connecting.Options(choice));
    }

    /// <summary>Opens it and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> Open(string? selector, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        var line = CommandFor(selector, choice, terminal, ct);
        try
        {
            ProcessStartInfo start = new(line[0], line.Skip(1));
            foreach (var name in terminal.Redaction.Variables)
                start.Environment.Remove(name);
            using var shell = Process.Start(start) ?? throw new UsageException($"{line[0]} did not start");
            // Ctrl-C is for the program in the shell, which gets the signal from the terminal, too.
            await shell.WaitForExitAsync(CancellationToken.None);
            return shell.ExitCode;
        }
        catch (Win32Exception missing)
        {
            throw new UsageException(
                $"{line[0]} cannot be started here: {missing.Message}"
                    + (line[0] is "ssh" ? "\n  hint: a shell needs OpenSSH's client; cfg exec runs commands without it" : "")
            );
        }
    }
}
