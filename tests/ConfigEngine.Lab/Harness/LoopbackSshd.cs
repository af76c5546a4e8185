using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConfigEngine.Lab;

/// <summary>
/// An sshd of this machine that answers on every address of 127.0.0.0/8 and on no other, for tests of scale. Its sessions are
/// root's, in a pid namespace of their own that ends with it.
/// </summary>
public sealed class LoopbackSshd : IAsyncDisposable
{
    readonly string directory;
    readonly Tether tether;
    int written;

    LoopbackSshd(string directory, int port, Tether tether) => (this.directory, Port, this.tether) = (directory, port, tether);

    public int Port { get; }

    /// <summary>What sshd said so far (its LogLevel is VERBOSE).</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    string LogFile => Path.Combine(directory, "log");

    internal static async Task<LoopbackSshd> Start(Lab lab, string maxStartups)
    {
        var port = FreePort();
        var directory = Path.Combine(lab.Directory, $"sshd-{port}");
        Directory.CreateDirectory(directory);
        await SshConfigs.KeyPair(Path.Combine(directory, "host_key"), "loopback");
        File.Copy(lab.Key, Path.Combine(directory, "key"));
        File.Copy($"{lab.Key}.pub", Path.Combine(directory, "authorized_keys"));

        // sshd opens at most 16 sockets, so one per address is no way to a fleet. "rdomain lo" binds the wildcard address to
        // the loopback device (SO_BINDTODEVICE): all of 127.0.0.0/8, and nothing that comes over another interface.
        await File.WriteAllTextAsync(
            Path.Combine(directory, "sshd_config"),
            $"""
            ListenAddress 0.0.0.0:{port} rdomain lo
            HostKey {directory}/host_key
            AuthorizedKeysFile {directory}/authorized_keys
            MaxStartups {maxStartups}
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            PidFile none
            LogLevel VERBOSE

            """
        );

        var sshd = Requirements.PathOf("sshd") ?? throw new LabException("sshd is gone");
        var tether = Tether.Start(Path.Combine(directory, "log"), "sshd.sh", sshd, Path.Combine(directory, "sshd_config"));
        var loopback = new LoopbackSshd(directory, port, tether);
        await loopback.WaitUntilItListens();
        return loopback;
    }

    /// <summary>An ssh_config with entries <c>loop1</c> … <c>loopN</c>, each with an address of its own.</summary>
    /// <param name="hosts">How many.</param>
    /// <param name="via">A relay to this sshd, <c>new Relay("127.0.0.1", sshd.Port)</c>, that all of them lead through; none when
    /// null.</param>
    public string SshConfig(int hosts, Relay? via = null)
    {
        var publicKey = File.ReadAllText(Path.Combine(directory, "host_key.pub")).Trim();
        File.WriteAllText(Path.Combine(directory, "known_hosts"), $"loopback {publicKey}\n");
        var text = new StringBuilder();
        for (var host = 1; host <= hosts; host++)
            text.Append($"Host loop{host}\n    HostName {(via is null ? Address(host) : "127.0.0.1")}\n");
        text.Append(
            $"""
            Host loop*
                Port {via?.Port ?? Port}
                User root
                HostKeyAlias loopback
                IdentityFile {directory}/key
                IdentitiesOnly yes
                UserKnownHostsFile {directory}/known_hosts
                GlobalKnownHostsFile /dev/null
                StrictHostKeyChecking yes
                UpdateHostKeys no

            """
        );
        var path = Path.Combine(directory, $"ssh_config.{Interlocked.Increment(ref written)}");
        SshConfigs.Write(path, text.ToString());
        return path;
    }

    /// <summary>The address of <c>loopN</c>, in 127.18.0.0/16.</summary>
    public static string Address(int host) => $"127.18.{host / 250}.{host % 250 + 1}";

    public ValueTask DisposeAsync() => tether.DisposeAsync();

    /// <summary>By its log: a connection to try would count towards MaxStartups.</summary>
    async Task WaitUntilItListens()
    {
        for (var tries = 0; tries < 200 && !tether.Ended; tries++)
        {
            if (Log.Contains("Server listening"))
                return;
            await Task.Delay(50);
        }

        await DisposeAsync();
        throw new LabException($"sshd does not listen on port {Port}\n{Log}");
    }

    static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
