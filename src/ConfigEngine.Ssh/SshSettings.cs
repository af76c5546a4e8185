using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ConfigEngine.Ssh;

/// <summary>What ssh would do for a host, by its configuration. For OpenSSH it is the output of <c>ssh -G</c>.</summary>
/// <param name="HostName">The name or address that it connects to.</param>
/// <param name="User">The user that it logs in as.</param>
/// <param name="Port">The port.</param>
public sealed record SshSettings(string HostName, string User, int Port)
{
    /// <summary>
    /// The name under which the host's key is stored, and which ssh uses for the host in its questions; <see cref="HostName"/> when
    /// null.
    /// </summary>
    public string? HostKeyAlias { get; init; }

    /// <summary>The jump hosts on the way; null where there are none.</summary>
    public string? ProxyJump { get; init; }

    /// <summary>The command that makes the connection; null if ssh makes it.</summary>
    public string? ProxyCommand { get; init; }

    /// <summary>The key files that it offers besides the keys of an agent: those of the configured files that exist.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];

    /// <summary>Asks ssh.</summary>
    /// <exception cref="HostUnreachableException">There is no ssh here, or its configuration is wrong.</exception>
    internal static async Task<SshSettings> Of(Host host, ConnectorOptions options, CancellationToken ct)
    {
        ProcessStartInfo start = new(
            "ssh",
            ["-G", .. options.SshConfig is { } file ? (string[])["-F", file] : [], .. CommandLine.Destination(host)]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in options.Withheld())
            start.Environment.Remove(name);
        try
        {
            using var ssh = Process.Start(start) ?? throw new InvalidOperationException("ssh did not start");
            ssh.StandardInput.Close();
            using var output = ssh.StandardOutput;
            using var error = ssh.StandardError;
            var complaint = error.ReadToEndAsync(ct);
            var answer = await output.ReadToEndAsync(ct);
            await ssh.WaitForExitAsync(ct);
            return ssh.ExitCode == 0 ? Read(answer) : throw new HostUnreachableException(host.Name, (await complaint).Trim());
        }
        catch (Win32Exception missing)
        {
            throw new HostUnreachableException(host.Name, $"ssh cannot be started here ({missing.Message})", "Install OpenSSH's client.");
        }
    }

    static SshSettings Read(string answer)
    {
        var said = answer
            .Split('\n')
            .Select(line => line.Split(' ', 2))
            .Where(words => words.Length == 2)
            .ToLookup(words => words[0], words => words[1]);
        return new(
            said["hostname"].FirstOrDefault() ?? "",
            said["user"].FirstOrDefault() ?? "",
            int.TryParse(said["port"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 22
        )
        {
            HostKeyAlias = said["hostkeyalias"].FirstOrDefault(),
            ProxyJump = said["proxyjump"].FirstOrDefault(jump => jump is not "none"),
            ProxyCommand = said["proxycommand"].FirstOrDefault(command => command is not "none"),
            IdentityFiles = [.. said["identityfile"].Where(file => File.Exists(Expanded(file)))],
        };
    }

    static string Expanded(string file) =>
        file.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), file[2..])
            : file;
}
