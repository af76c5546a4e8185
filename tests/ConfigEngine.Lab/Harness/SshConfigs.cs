using System.Text;

namespace ConfigEngine.Lab;

/// <summary>The lab's key pair, its known_hosts and the ssh_config files that lead to its hosts.</summary>
sealed class SshConfigs
{
    readonly string directory;
    readonly List<LabMachine> hosts = [];
    readonly Lock gate = new();
    int relayed;

    SshConfigs(string directory) => this.directory = directory;

    public string Main => Path.Combine(directory, "ssh_config");

    public string Key => Path.Combine(directory, "key");

    public string KnownHosts => Path.Combine(directory, "known_hosts");

    public static async Task<SshConfigs> Create(Lab lab)
    {
        var configs = new SshConfigs(lab.Directory);
        await KeyPair(configs.Key, "lab");
        Write(configs.Main, "");
        return configs;
    }

    public static async Task KeyPair(string path, string comment) =>
        (await LocalCommand.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path)).Succeeded("ssh-keygen");

    public void Add(LabMachine host)
    {
        lock (gate)
        {
            hosts.Add(host);
            File.AppendAllText(KnownHosts, $"{host.Address} {host.PublicKey}\n");
            WriteMain();
        }
    }

    public void Remove(LabMachine host)
    {
        lock (gate)
        {
            hosts.Remove(host);
            WriteMain();
        }
    }

    public string Through(LabMachine host, Relay relay)
    {
        var path = Path.Combine(directory, $"ssh_config.{host.Name}.{Interlocked.Increment(ref relayed)}");
        Write(path, Entries(host, "127.0.0.1", relay.Port));
        return path;
    }

    void WriteMain() => Write(Main, string.Concat(hosts.Select(each => Entries(each, each.Address, 22))));

    string Entries(LabMachine host, string address, int port)
    {
        var text = new StringBuilder();
        foreach (
            var (name, user, password) in new[]
            {
                (host.Name, "root", false),
                ($"{host.Name}-deploy", "deploy", false),
                ($"{host.Name}-plain", "plain", false),
                ($"{host.Name}-ops", "ops", true),
            }
        )
        {
            text.Append(
                $"""
                Host {name}
                    HostName {address}
                    Port {port}
                    HostKeyAlias {host.Address}
                    User {user}
                    UserKnownHostsFile {KnownHosts}
                    GlobalKnownHostsFile /dev/null
                    StrictHostKeyChecking yes
                    UpdateHostKeys no
                    IdentitiesOnly yes

                """
            );
            text.Append(password ? "    PubkeyAuthentication no\n    PreferredAuthentications password\n" : $"    IdentityFile {Key}\n");
        }

        return text.ToString();
    }

    /// <summary>Whole or not at all: a run of <c>ssh</c> in another test may be reading it.</summary>
    internal static void Write(string path, string content)
    {
        File.WriteAllText($"{path}.new", content);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
