using System.Collections.Concurrent;

namespace ConfigEngine.Lab;

/// <summary>
/// Real hosts to try things on: systemd, sshd and apt, in a network of their own without a way out. A test class joins with
/// <c>[Collection("lab")]</c> and takes it in its constructor; a program says <c>await using var lab = await Lab.StartAsync()</c>.
/// Everything that a lab made is gone after it, also when it was killed: then the next one removes what is left.
/// </summary>
[CollectionDefinition("lab")]
public sealed class Lab : IAsyncLifetime, ICollectionFixture<Lab>
{
    /// <summary>What the user <c>ops</c> logs in with, and gives to sudo: full of what shells and programs trip over.</summary>
    public const string OpsPassword = "correct horse 'battery' $taple";

    readonly ConcurrentDictionary<string, LabMachine> hosts = new();
    readonly ConcurrentBag<IAsyncDisposable> parts = [];
    LabNumber? number;
    SshConfigs? configs;
    int last = 9;

    /// <summary>Why the lab cannot run here; null when it can.</summary>
    public static string? Unavailable => Requirements.Missing;

    internal static string? SkipReason => Environment.GetEnvironmentVariable("CI") is "true" ? null : Unavailable;

    /// <summary>A directory of this lab, on disk, removed with it.</summary>
    public string Directory => Number.Directory;

    /// <summary>
    /// For <c>cfg --ssh-config</c> and <c>ssh -F</c>: an entry for each host, and for its users, as in <c>web1-deploy</c>.
    /// </summary>
    public string SshConfig => Configs.Main;

    /// <summary>The private key that root, deploy and plain accept on every host of this lab.</summary>
    public string Key => Configs.Key;

    internal LabNumber Number => number ?? throw NotStarted;

    internal SshConfigs Configs => configs ?? throw NotStarted;

    static LabException NotStarted => new($"The lab is not started. {Unavailable}".TrimEnd());

    public static async Task<Lab> StartAsync()
    {
        var lab = new Lab();
        if (Unavailable is { } reason)
            throw new LabException(reason);
        await lab.Start();
        return lab;
    }

    /// <summary>
    /// Boots a host and returns when it is up and answers ssh. The first of a release builds its image (about a minute).
    /// </summary>
    /// <param name="release">bullseye, bookworm or trixie, also as trixie-postgresql or bullseye-postgresql-11; or dnf, for one whose
    /// packages are dnf's.</param>
    /// <param name="name">Its hostname and its name in <see cref="SshConfig"/>; the release and a number when null.</param>
    public async Task<LabHost> StartHostAsync(string release = "bookworm", string? name = null)
    {
        var own = NextAddress();
        var host = Named(new LabHost(this, name ?? $"{release}{own}", release, own));
        await host.Prepare(await Image.Of(release));
        Configs.Add(host);
        await host.Start();
        return host;
    }

    /// <summary>Boots a virtual machine and returns when it is up and answers ssh. The first builds its disk (about a minute).</summary>
    /// <param name="name">Its hostname and its name in <see cref="SshConfig"/>; vm and a number when null.</param>
    public async Task<LabVm> StartVmAsync(string? name = null)
    {
        var own = NextAddress();
        var vm = Named(new LabVm(this, name ?? $"vm{own}", "bookworm", own));
        await vm.Prepare(await VmImage.Of(vm.Release));
        Configs.Add(vm);
        await vm.Start();
        return vm;
    }

    /// <summary>A TCP relay to the host's sshd; use it with <see cref="SshConfigFor"/>.</summary>
    public Relay RelayTo(LabMachine host)
    {
        var relay = new Relay(host.Address, 22);
        parts.Add(relay);
        return relay;
    }

    /// <summary>Like <see cref="SshConfig"/>, with the host's entries leading through the relay.</summary>
    public string SshConfigFor(LabMachine host, Relay relay) => Configs.Through(host, relay);

    /// <summary>An sshd on 127.0.0.0/8, for fleets of hundreds of names that are one machine: this one, as root.</summary>
    /// <param name="maxStartups">sshd_config(5): connections that are not logged in yet, and when further ones are refused.</param>
    public async Task<LoopbackSshd> StartSshdAsync(string maxStartups = "10:30:100")
    {
        var sshd = await LoopbackSshd.Start(this, maxStartups);
        parts.Add(sshd);
        return sshd;
    }

    public async Task DisposeAsync()
    {
        try
        {
            await Task.WhenAll(hosts.Values.Select(host => host.Kill()));
            foreach (var part in parts)
                await part.DisposeAsync();
        }
        finally
        {
            if (Interlocked.Exchange(ref number, null) is { } mine)
                await mine.DisposeAsync();
        }
    }

    /// <summary>For xunit. Where the lab cannot run, every test is skipped (<see cref="LabFactAttribute"/>), except in CI.</summary>
    async Task IAsyncLifetime.InitializeAsync()
    {
        if (Unavailable is null)
            await Start();
        else if (SkipReason is null)
            throw new LabException(Unavailable);
    }

    /// <summary>Ends this process's hold on the lab as a kill would, for the test of what follows that.</summary>
    internal void Abandon()
    {
        Number.Abandon();
        number = null;
    }

    /// <summary>For a machine that has ended: another one may have its name now.</summary>
    internal void Forget(LabMachine host)
    {
        if (hosts.TryRemove(KeyValuePair.Create(host.Name, host)))
            configs?.Remove(host);
    }

    int NextAddress() =>
        Interlocked.Increment(ref last) is var own and <= 254
            ? own
            : throw new LabException("A lab has addresses for 245 hosts; this one is out of them.");

    T Named<T>(T host)
        where T : LabMachine => hosts.TryAdd(host.Name, host) ? host : throw new LabException($"This lab has a host {host.Name} already.");

    async Task Start()
    {
        number = await LabNumber.Take();
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            configs = await SshConfigs.Create(this);
            await Ip($"link add {number.Bridge} type bridge");
            await Ip($"address add {number.Address(1)}/24 dev {number.Bridge}");
            await Ip($"link set {number.Bridge} up");
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    internal static async Task Ip(string arguments) => (await LocalCommand.Run("ip", arguments.Split(' '))).Succeeded($"ip {arguments}");
}
