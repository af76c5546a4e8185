using System.Diagnostics;

namespace ConfigEngine.Lab;

/// <summary>
/// One booted host: a container with a systemd of its own, on this machine's kernel. <see cref="Run"/> enters it from outside,
/// without ssh.
/// </summary>
public sealed class LabHost : LabMachine
{
    readonly Lab lab;
    Image? image;

    internal LabHost(Lab lab, string name, string release, int index)
        : base(lab, name, release, index) => this.lab = lab;

    /// <summary>Its network namespace, for <c>ip netns exec</c>.</summary>
    public string Namespace => $"{lab.Number.Name}-{Mark}";

    /// <summary>Its process 1, by its id out here.</summary>
    internal int Leader =>
        Power is { } tether && Processes.Init(tether) is { } leader ? leader : throw new LabException($"{Name} is not running.");

    private protected override TimeSpan BootDeadline => TimeSpan.FromMinutes(2);

    private protected override TimeSpan PowerOffDeadline => TimeSpan.FromSeconds(30);

    string Hold => Path.Combine(Directory, "hold");

    /// <inheritdoc/>
    public override Task<Ran> Run(string script, string stdin = "", TimeSpan? deadline = null)
    {
        var leader = Leader;

        // Who waits for the script must be a shell. A system that goes down stops its processes before it kills them; nsenter
        // would stop with its child, never reap it, and so keep that pid namespace, and the reboot, from ending.
        return LocalCommand.Run(
            new ProcessStartInfo(
                "nsenter",
                [
                    "--target",
                    $"{leader}",
                    "--all",
                    "--no-fork",
                    "--root",
                    "--wd",
                    "/usr/bin/env",
                    "-i",
                    "HOME=/root",
                    "LC_ALL=C",
                    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "DEBIAN_FRONTEND=noninteractive",
                    "/bin/sh",
                    "-c",
                    "/bin/sh -c \"$1\"; exit $?",
                    "sh",
                    script,
                ]
            ),
            stdin,
            deadline
        );
    }

    /// <summary>Copies a file of this machine to it.</summary>
    public void Receive(string file, string path) => File.Copy(file, $"/proc/{Leader}/root{path}");

    /// <summary>From now on it does not come back from a reboot, until <see cref="ReleaseBoot"/>.</summary>
    public void HoldBoot() => File.WriteAllText(Hold, "");

    public void ReleaseBoot() => File.Delete(Hold);

    internal async Task Prepare(Image from)
    {
        image = from;
        await PrepareKeys();
        await Lab.Ip($"netns add {Namespace}");
        await Lab.Ip($"link add {Link} type veth peer name host0 netns {Namespace}");
        await Lab.Ip($"link set {Link} master {lab.Number.Bridge} up");
        await Lab.Ip($"-n {Namespace} address add {Address}/24 dev host0");
        await Lab.Ip($"-n {Namespace} link set host0 up");
        await Lab.Ip($"-n {Namespace} link set lo up");
    }

    private protected override Tether Boot()
    {
        var from = image ?? throw new LabException($"{Name} has no image yet.");
        return Tether.Start(Log, "boot.sh", Name, Namespace, from.Root, Directory, from.Repository);
    }
}
