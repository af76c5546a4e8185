using System.Net.Sockets;

namespace ConfigEngine.Lab;

/// <summary>
/// What a container and a virtual machine of the lab have in common: a name, an address, and ways to prepare and judge from
/// outside what <c>cfg</c> does there. <see cref="Run"/> and what builds on it are root's, with LC_ALL=C and a plain PATH.
/// </summary>
public abstract class LabMachine : IAsyncDisposable
{
    static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(20);

    readonly Lab lab;
    Tether? power;

    private protected LabMachine(Lab lab, string name, string release, int index)
    {
        if (name.Length > 40 || name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not '-'))
            throw new LabException($"A host's name is at most 40 of a-z, 0-9 and '-', not '{name}'.");
        (this.lab, Name, Release, Address) = (lab, name, release, lab.Number.Address(index));
        // A name is free again after its host has ended; what is left of that one stays apart.
        Mark = $"{name}.{index}";
        Directory = Path.Combine(lab.Directory, Mark);
        Link = $"{lab.Number.Name}v{index}";
    }

    public string Name { get; }

    public string Release { get; }

    public string Address { get; }

    /// <summary>The lab's, which has an entry for it.</summary>
    internal string SshConfig => lab.SshConfig;

    internal string PublicKey => File.ReadAllText(KeyFile + ".pub").Trim();

    /// <summary>Its name and number: no other machine of the lab ever has the same.</summary>
    private protected string Mark { get; }

    private protected string Directory { get; }

    /// <summary>The name of its port on the lab's bridge.</summary>
    private protected string Link { get; }

    private protected string Log => Path.Combine(Directory, "console.log");

    /// <summary>Its first process on this machine, while it runs.</summary>
    private protected int? Power => power is { Ended: false } ? power.Id : null;

    private protected abstract TimeSpan BootDeadline { get; }

    private protected abstract TimeSpan PowerOffDeadline { get; }

    string KeyFile => Path.Combine(Directory, "ssh_host_ed25519_key");

    /// <summary>Runs a script inside; its exit code is for the caller to judge (137, 143, 255: the host went down meanwhile).</summary>
    public abstract Task<Ran> Run(string script, string stdin = "", TimeSpan? deadline = null);

    /// <summary>Runs a script inside that must succeed; its stdout without blanks around it.</summary>
    public async Task<string> Sh(string script) => (await Run(script)).Succeeded($"{Name}: {script}").Stdout.Trim();

    /// <summary>Waits until something is so inside.</summary>
    /// <param name="condition">A command that succeeds then.</param>
    /// <param name="within">How long, at the pace of a quiet machine; half a minute when null.</param>
    /// <exception cref="LabException">It was not so in time; what it was then is for <paramref name="instead"/> to say.</exception>
    /// <param name="instead">What to show when it is not so in time.</param>
    public async Task Until(string condition, TimeSpan? within = null, string instead = "true")
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        for (var clock = PacedWatch.Start(); (await Run(condition)).Exit != 0; await Task.Delay(100))
        {
            if (clock.Elapsed > limit)
                throw new LabException($"{Name}: waited {limit.TotalSeconds:0} s in vain for: {condition}\n{(await Run(instead)).Stdout}");
        }
    }

    /// <summary>Writes a file as given; an existing one keeps its owner and mode.</summary>
    public async Task WriteFile(string path, string content) =>
        (await Run($"cat >{Quoted(path)}", content)).Succeeded($"{Name}: write {path}");

    public async Task<string> ReadFile(string path) => (await Run($"cat {Quoted(path)}")).Succeeded($"{Name}: read {path}").Stdout;

    /// <summary>Has a script run by systemd at every boot from now on.</summary>
    /// <param name="script">The script.</param>
    /// <param name="order">Lines of the unit's [Unit] section that say when.</param>
    /// <param name="type">The service's type: whether the boot is over only when the script is (oneshot), or at once (simple).</param>
    public async Task AtBoot(string script, string order = "", string type = "oneshot")
    {
        await WriteFile("/usr/local/sbin/at-boot", $"#!/bin/sh\n{script}\n");
        await WriteFile(
            "/etc/systemd/system/at-boot.service",
            $"[Unit]\n{order}\n[Service]\nType={type}\nExecStart=/usr/local/sbin/at-boot\n[Install]\nWantedBy=multi-user.target\n"
        );
        await Sh("chmod 755 /usr/local/sbin/at-boot; systemctl enable -q at-boot");
    }

    /// <summary>Does something to it; where that fails, what its console said at last is part of the message.</summary>
    public async Task Watched(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failed) when (failed is LabException or TimeoutException)
        {
            // systemd shows what it waits for twice a second: the last of these lines is enough.
            var console = File.ReadAllLines(Log);
            throw new LabException(
                string.Join(
                    '\n',
                    [
                        failed.Message,
                        $"The console of {Name} at last:",
                        .. console.Where(line => !line.Contains(" running (")).TakeLast(60),
                        .. console.TakeLast(1),
                    ]
                )
            );
        }
    }

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

    /// <summary>
    /// Ends it for good, and frees its name. A test ends its hosts: each takes some of the machine's inotify instances, or of its
    /// processors.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        lab.Forget(this);
        GC.SuppressFinalize(this);
    }

    /// <summary>Boots it after it was stopped or killed, and returns when it is up and answers ssh.</summary>
    public async Task Start()
    {
        if (Power is not null)
            throw new LabException($"{Name} is running already.");
        await Kill();
        using var slot = await Slot.Take();
        power = Boot();
        await WaitForSystem();
    }

    /// <summary>Returns when it is up, with nothing left to start, and sshd answers.</summary>
    /// <param name="not">The boot id of a system that does not count any more.</param>
    public async Task WaitForSystem(string? not = null)
    {
        var clock = PacedWatch.Start();
        while (clock.Elapsed < BootDeadline)
        {
            if (Power is null)
                throw new LabException($"{Name} ended while it booted\n{Tether.Tail(Log)}");
            if (await Answers() && await Status() is ("running" or "degraded", var boot) && boot != not)
                return;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{Name} is not up after {BootDeadline}; it is {await State()}\n{Tether.Tail(Log)}");
    }

    private protected abstract Tether Boot();

    /// <summary>What it must have before it boots: keys, and the directory that holds all of it.</summary>
    private protected async Task PrepareKeys()
    {
        System.IO.Directory.CreateDirectory(Directory);
        await SshConfigs.KeyPair(KeyFile, Name);
        File.Copy($"{lab.Key}.pub", Path.Combine(Directory, "authorized_keys"));
    }

    async Task<(string State, string Boot)> Status()
    {
        try
        {
            // One look, so that both are of the same boot.
            var lines = (
                await Run("systemctl is-system-running; cat /proc/sys/kernel/random/boot_id", deadline: LookDeadline)
            ).Stdout.Split('\n');
            return lines is [{ Length: > 0 } state, { Length: > 0 } boot, ..] ? (state, boot) : ("off", "");
        }
        catch (Exception silent) when (silent is LabException or TimeoutException)
        {
            return ("off", "");
        }
    }

    /// <summary>Whether sshd sends its banner: an open port is not enough.</summary>
    async Task<bool> Answers()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), Pace.Clock);
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

    private protected static string Quoted(string word) => $"'{word.Replace("'", @"'\''")}'";
}
