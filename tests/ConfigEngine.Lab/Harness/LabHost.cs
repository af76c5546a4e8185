using System.Diagnostics;
using System.Net.Sockets;

namespace ConfigEngine.Lab;

/// <summary>
/// One booted host. <see cref="Run"/> and what builds on it enter it from outside, without ssh, so that a test can prepare
/// and judge what <c>cfg</c> does. It is root there, with LC_ALL=C and a plain PATH.
/// </summary>
public sealed class LabHost : IAsyncDisposable
{
    static readonly TimeSpan BootDeadline = TimeSpan.FromMinutes(2);
    static readonly TimeSpan PowerOffDeadline = TimeSpan.FromSeconds(30);

    readonly Lab lab;
    readonly int index;
    readonly string directory;
    Image? image;
    Tether? power;

    internal LabHost(Lab lab, string name, string release, int index)
    {
        if (name.Length > 40 || name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not '-'))
            throw new LabException($"A host's name is at most 40 of a-z, 0-9 and '-', not '{name}'.");
        (this.lab, Name, Release, this.index) = (lab, name, release, index);
        directory = Path.Combine(lab.Directory, name);
    }

    public string Name { get; }

    public string Release { get; }

    public string Address => lab.Number.Address(index);

    /// <summary>Its network namespace, for <c>ip netns exec</c>.</summary>
    public string Namespace => $"{lab.Number.Name}-{Name}";

    internal string PublicKey => File.ReadAllText(KeyFile + ".pub").Trim();

    string KeyFile => Path.Combine(directory, "ssh_host_ed25519_key");

    string Hold => Path.Combine(directory, "hold");

    string Log => Path.Combine(directory, "console.log");

    /// <summary>Runs a script inside; its exit code is for the caller to judge (137 and 143: the host went down meanwhile).</summary>
    public Task<Ran> Run(string script, string stdin = "", TimeSpan? deadline = null)
    {
        var leader = power is { Ended: false } ? Processes.Init(power.Id) : null;
        if (leader is null)
            throw new LabException($"{Name} is not running.");

        // Who waits for the script must be a shell. A system that goes down stops its processes before it kills them; nsenter
        // would stop with its child, never reap it, and so keep that pid namespace, and the reboot, from ending.
        return LocalCommand.Run(new ProcessStartInfo("nsenter",
        [
            "--target", $"{leader}", "--all", "--no-fork", "--root", "--wd", "/usr/bin/env", "-i", "HOME=/root", "LC_ALL=C",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive",
            "/bin/sh", "-c", "/bin/sh -c \"$1\"; exit $?", "sh", script,
        ]), stdin, deadline);
    }

    /// <summary>Runs a script inside that must succeed; its stdout without blanks around it.</summary>
    public async Task<string> Sh(string script) =>
        (await Run(script)).Succeeded($"{Name}: {script}").Stdout.Trim();

    /// <summary>Writes a file as given; an existing one keeps its owner and mode.</summary>
    public async Task WriteFile(string path, string content) =>
        (await Run($"cat >{Quoted(path)}", content)).Succeeded($"{Name}: write {path}");

    public async Task<string> ReadFile(string path) =>
        (await Run($"cat {Quoted(path)}")).Succeeded($"{Name}: read {path}").Stdout;

    public Task<string> BootId() => Sh("cat /proc/sys/kernel/random/boot_id");

    /// <summary>What systemd says of itself: running, degraded, starting, stopping … and <c>off</c> while there is none.</summary>
    public async Task<string> State() => (await Status()).State;

    /// <summary>Reboots it and returns when the next boot is up and answers ssh.</summary>
    public async Task Reboot()
    {
        var before = await BootId();
        await Run("systemctl reboot");
        await WaitForSystem(before);
    }

    /// <summary>Shuts it down in order.</summary>
    public async Task Stop()
    {
        await Run("systemctl poweroff");
        if (power is not null && !await power.WaitForEnd(PowerOffDeadline))
            throw new TimeoutException($"{Name} is not off {PowerOffDeadline} after poweroff\n{Tether.Tail(Log)}");
        await Kill();
    }

    /// <summary>Ends it at once, as a power cut would. What it wrote stays; <see cref="Start"/> boots it again.</summary>
    public async Task Kill()
    {
        if (Interlocked.Exchange(ref power, null) is { } running)
            await running.DisposeAsync();
    }

    /// <summary>Ends it for good. Each running systemd takes some of the machine's inotify instances, so a test ends its hosts.</summary>
    public async ValueTask DisposeAsync() => await Kill();

    /// <summary>Boots a host that was stopped or killed, and returns when it is up and answers ssh.</summary>
    public async Task Start()
    {
        var from = image ?? throw new LabException($"{Name} has no image yet.");
        if (power is { Ended: false })
            throw new LabException($"{Name} is running already.");
        await Kill();
        power = Tether.Start(Log, "boot.sh", Name, Namespace, from.Root, directory, from.Repository);
        await WaitForSystem();
    }

    /// <summary>From now on it does not come back from a reboot, until <see cref="ReleaseBoot"/>.</summary>
    public void HoldBoot() => File.WriteAllText(Hold, "");

    public void ReleaseBoot() => File.Delete(Hold);

    /// <summary>Returns when it is up, with nothing left to start, and sshd answers.</summary>
    /// <param name="not">The boot id of a system that does not count any more.</param>
    public async Task WaitForSystem(string? not = null)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < BootDeadline)
        {
            if (power is null or { Ended: true })
                throw new LabException($"{Name} ended while it booted\n{Tether.Tail(Log)}");
            if (await Status() is ("running" or "degraded", var boot) && boot != not && await Answers())
                return;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{Name} is not up after {BootDeadline}; it is {await State()}\n{Tether.Tail(Log)}");
    }

    internal async Task Prepare(Image from)
    {
        image = from;
        System.IO.Directory.CreateDirectory(directory);
        await SshConfigs.KeyPair(KeyFile, Name);
        File.Copy($"{lab.Key}.pub", Path.Combine(directory, "authorized_keys"));

        var link = $"{lab.Number.Name}v{index}";
        await Lab.Ip($"netns add {Namespace}");
        await Lab.Ip($"link add {link} type veth peer name host0 netns {Namespace}");
        await Lab.Ip($"link set {link} master {lab.Number.Bridge} up");
        await Lab.Ip($"-n {Namespace} address add {Address}/24 dev host0");
        await Lab.Ip($"-n {Namespace} link set host0 up");
        await Lab.Ip($"-n {Namespace} link set lo up");
    }

    async Task<(string State, string Boot)> Status()
    {
        try
        {
            // One look, so that both are of the same boot.
            var lines = (await Run("systemctl is-system-running; cat /proc/sys/kernel/random/boot_id")).Stdout.Split('\n');
            return lines is [{ Length: > 0 } state, { Length: > 0 } boot, ..] ? (state, boot) : ("off", "");
        }
        catch (LabException)
        {
            return ("off", "");
        }
    }

    /// <summary>Whether sshd sends its banner: an open port is not enough.</summary>
    async Task<bool> Answers()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Address, 22, soon.Token);
            var banner = new byte[4];
            return await socket.ReceiveAsync(banner, soon.Token) is 4 && banner.AsSpan().SequenceEqual("SSH-"u8);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    static string Quoted(string word) => $"'{word.Replace("'", @"'\''")}'";
}
