using System.Diagnostics;

namespace ConfigEngine.Lab;

/// <summary>
/// A virtual machine with Debian's own kernel, for what this machine's kernel may not have: modules, NFS, CIFS, loop devices,
/// netem. It has an NFS and an SMB server too, so that it can mount from itself. There is no KVM: it is emulated, boots in about
/// 20 s and takes half a second for an ssh connection. <see cref="Run"/> is over ssh.
/// </summary>
public sealed class LabVm : LabMachine
{
    readonly Lab lab;
    VmImage? image;

    internal LabVm(Lab lab, string name, string release, int index)
        : base(lab, name, release, index) => this.lab = lab;

    private protected override TimeSpan BootDeadline => TimeSpan.FromMinutes(4);

    private protected override TimeSpan PowerOffDeadline => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public override Task<Ran> Run(string script, string stdin = "", TimeSpan? deadline = null)
    {
        if (Power is null)
            throw new LabException($"{Name} is not running.");
        return LocalCommand.Run(
            new ProcessStartInfo(
                "ssh",
                [
                    "-F",
                    lab.SshConfig,
                    "-o",
                    "ConnectTimeout=120",
                    "-o",
                    "ServerAliveInterval=10",
                    Name,
                    "exec /usr/bin/env -i HOME=/root LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "
                        + $"DEBIAN_FRONTEND=noninteractive /bin/sh -c {Quoted(script)}",
                ]
            ),
            stdin,
            deadline
        );
    }

    internal async Task Prepare(VmImage from)
    {
        image = from;
        await PrepareKeys();
        await Lab.Ip($"tuntap add dev {Link} mode tap");
        await Lab.Ip($"link set {Link} master {lab.Number.Bridge} up");
    }

    private protected override Tether Boot()
    {
        var from = image ?? throw new LabException($"{Name} has no image yet.");
        return Tether.Start(Log, "vm.sh", Name, Address, Link, from.Directory, Directory);
    }
}
