using System.Diagnostics;
using System.Text.Json;

namespace ConfigEngine.Lab.Faults;

/// <summary>A host where a recipe is applied, disturbed, and applied again, and where what was said is compared with what is so.</summary>
sealed class FaultHost : IAsyncDisposable
{
    const string Address = "/run/configengine";

    /// <summary>Longer than the slowest way to find out that a host is gone.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Lab lab;
    readonly LabHost host;
    readonly Dictionary<string, string> environment;
    readonly CfgProcess cfg;
    readonly string runtime;
    readonly string config;
    FaultRecipe? placed;
    HashSet<int> before = [];
    List<string> steps = [];
    TimeSpan undisturbed;
    string expected = "";
    int leader;
    string root = "";

    FaultHost(Lab lab, LabHost host, string cache)
    {
        (this.lab, this.host) = (lab, host);
        runtime = Directory.CreateTempSubdirectory("cfg-fault-").FullName;
        config = Path.Combine(runtime, "ssh_config");
        environment = new() { ["XDG_CACHE_HOME"] = cache, ["XDG_RUNTIME_DIR"] = runtime };
        cfg = new(config, environment);
    }

    FaultRecipe Recipe => placed ?? throw new InvalidOperationException("the host is not prepared yet");

    /// <summary>How many steps the recipe has, with its handlers.</summary>
    public int Steps => steps.Count;

    /// <summary>Boots a host for the recipe that is quickly applied.</summary>
    public static Task<FaultHost> Start(Lab lab, string release, string cache) =>
        Start(lab, release, cache, fault => Task.FromResult<FaultRecipe>(new SmallRecipe(fault.host, fault.cfg, fault.environment)));

    /// <summary>Boots a host for the recipe with every resource.</summary>
    public static Task<FaultHost> StartWithEverything(Lab lab, string release, string cache) =>
        Start(lab, release, cache, async fault => await EverythingRecipe.Place(lab, fault.host, fault.cfg));

    /// <summary>Boots a host, and applies the recipe to it in peace, to see what should come of it.</summary>
    static async Task<FaultHost> Start(Lab lab, string release, string cache, Func<FaultHost, Task<FaultRecipe>> place)
    {
        FaultHost fault = new(lab, await lab.StartHostAsync(release), cache);
        fault.leader = fault.host.Leader;
        fault.root = $"/proc/{fault.leader}/root";
        fault.before = [.. Seen.Below(fault.leader).Select(process => process.Id)];
        fault.placed = await place(fault);
        // The first compiles the recipe, while other hosts boot: it says nothing of how long a run takes.
        await fault.Rehearse("fcold");
        await fault.Rehearse("fcalm");
        return fault;
    }

    async Task Rehearse(string name)
    {
        await using var relay = lab.RelayTo(host);
        await Prepare(name, relay);
        using var run = Start();
        var clock = await Connected(relay);
        var ran = await run.Ended(Patience);
        undisturbed = clock.Elapsed;
        Assert.True(ran.Exit == 0, ran.Stderr);
        steps =
        [
            .. cfg.Journal()
                .Where(line => line.GetProperty("event").GetString() is "change-done" or "handler-done")
                .Select(line =>
                    line.GetProperty("event").GetString() is "handler-done"
                        ? $"handler \"{line.GetProperty("address").GetString()}\""
                        : line.GetProperty("address").GetString() ?? ""
                )
                .Select(step => FaultRecipe.Anyhow(step, name)),
        ];
        expected = await Recipe.State(name);
        Nothing.In(string.Join('\n', (await Says(name)).Where(one => one is not { State: "done", IsSo: not false })));
    }

    /// <summary>One round: disturbs a run, runs again, and looks at everything.</summary>
    public async Task<Outcome> Round(Strike strike)
    {
        await using var relay = lab.RelayTo(host);
        var name = $"f{strike.Number:0000}";
        await Prepare(name, relay);
        var earlier = cfg.LastJournal;
        var clock = Stopwatch.StartNew();
        string at;
        Ran first;
        using (var run = Start())
        {
            at = await Strikes(strike, name, run, relay);
            first = await run.Ended(Patience);
        }

        var struck = clock.Elapsed;

        // What the silent connection still holds stays where it is: nobody's packets come back from the dead.
        if (strike.Victim is Victim.Silence)
            Direct();
        // A run that ended before it had a plan has no journal, and said nothing of any change.
        var told = cfg.LastJournal == earlier ? [] : await Says(name);
        using var again = Start();
        var second = await again.Ended(Patience);
        var took = clock.Elapsed - struck;
        var wrong = string.Concat(told.Where(one => one.IsUntrue).Select(one => $"the first run said of {one}\n"));
        if (second.Exit != 0)
            wrong += $"the second run ended with {second.Exit}: {End(second.Stdout)}{End(second.Stderr)}";
        var state = await Recipe.State(name);
        if (state != expected)
            wrong += $"the end state is\n{state}\nand should be\n{expected}\n";
        clock.Restart();
        await relay.DisposeAsync();
        wrong += await Left(name);
        return new(
            strike,
            host.Name,
            at,
            first.Exit,
            second.Exit,
            struck,
            took,
            clock.Elapsed,
            told,
            wrong.Length == 0
                ? ""
                : $"{wrong}The first run ended with {first.Exit} and said at last:\n{End(first.Stdout)}{End(first.Stderr)}"
        );
    }

    /// <summary>What the last run said, once nothing of it goes on any more, beside what is so.</summary>
    async Task<IReadOnlyList<Told>> Says(string name)
    {
        await host.Sh($"flock -w 120 {Address}/lock true");
        return Told.Read(JsonDocument.Parse((await cfg.Run(0, "history", "last", "--json")).Stdout).RootElement, await Recipe.Look(name));
    }

    static string End(string text) => string.Concat(text.Split('\n').TakeLast(12).Select(line => $"{line}\n"));

    async Task Prepare(string name, Relay relay)
    {
        await Recipe.Begin(name);
        File.Copy(lab.SshConfigFor(host, relay), config, overwrite: true);
        LightKeys();
    }

    void Direct()
    {
        File.Copy(lab.SshConfig, config, overwrite: true);
        LightKeys();
    }

    /// <summary>A key exchange that costs a tenth of the default's time.</summary>
    void LightKeys() => File.AppendAllText(config, "Host *\n    KexAlgorithms curve25519-sha256\n");

    RunningCfg Start() => new(cfg.Start("apply", Recipe.Path, "--host", host.Name, "--yes"));

    /// <summary>Waits for the moment, and strikes.</summary>
    /// <returns>Which step the host was at.</returns>
    async Task<string> Strikes(Strike strike, string name, RunningCfg run, Relay relay)
    {
        var clock = await Connected(relay);
        var at = await Task.Factory.StartNew(
            () =>
            {
                var step = "";
                while (!run.HasEnded)
                {
                    step = StepOf(name) is { Length: > 0 } now ? now : step;
                    if (strike.Step is { } wanted ? steps.IndexOf(FirstOf(step)) >= wanted : clock.Elapsed >= undisturbed * strike.Moment)
                        break;
                    Thread.Sleep(1);
                }

                return step;
            },
            TaskCreationOptions.LongRunning
        );
        await Task.Delay(strike.Later);
        while (!run.HasEnded)
        {
            if (Hits(strike.Victim, run, relay))
                return at;
            await Task.Delay(1);
        }

        return "(over)";
    }

    /// <summary>Whether there was something to strike at.</summary>
    bool Hits(Victim victim, RunningCfg run, Relay relay)
    {
        switch (victim)
        {
            case Victim.Cfg:
                run.Kill();
                return true;
            case Victim.Client:
                return Kill(Seen.With(runtime).Where(process => process.Command.StartsWith("ssh ", StringComparison.Ordinal)));
            case Victim.Server:
                return Kill(Sessions());
            case Victim.Shell:
                return Kill(ChildrenOf(Sessions()));
            case Victim.Step:
                // The first child of a session's shell is what watches over it.
                return Kill(
                    ChildrenOf(ChildrenOf(Sessions()))
                        .GroupBy(process => process.Parent)
                        .SelectMany(children => children.OrderBy(process => process.Began).Skip(1))
                );
            case Victim.Link:
                relay.Cut();
                return true;
            case Victim.Silence:
                relay.BlackHole();
                return true;
            default:
                throw new LabException($"nobody knows how to strike at {victim}");
        }
    }

    static bool Kill(IEnumerable<Seen> processes)
    {
        var found = processes.ToList();
        found.ForEach(process => process.Kill());
        return found.Count > 0;
    }

    /// <summary>The server's process of each session: <c>sshd: root@notty</c>, from OpenSSH 9.8 on <c>sshd-session: …</c>.</summary>
    IEnumerable<Seen> Sessions() =>
        Seen.Below(leader)
            .Where(process =>
                process.Command.StartsWith("sshd", StringComparison.Ordinal)
                && process.Command.Contains("@notty", StringComparison.Ordinal)
            );

    IEnumerable<Seen> ChildrenOf(IEnumerable<Seen> processes)
    {
        var parents = processes.Select(process => process.Id).ToHashSet();
        return Seen.Below(leader).Where(process => parents.Contains(process.Parent));
    }

    static async Task<Stopwatch> Connected(Relay relay)
    {
        for (var i = 0; i < 30_000 && relay.Connections == 0; i++)
            await Task.Delay(2);
        return Stopwatch.StartNew();
    }

    /// <summary>Of those that share a transaction, the first.</summary>
    string FirstOf(string step) => steps.Find(one => step.StartsWith($"{one}, ", StringComparison.Ordinal)) ?? step;

    string StepOf(string name)
    {
        try
        {
            var step = File.ReadAllText($"{root}{Address}/step").Trim();
            return Recipe.IsOf(step, name) ? FaultRecipe.Anyhow(step, name) : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>What is left that should not be, a few seconds after a run.</summary>
    async Task<string> Left(string name)
    {
        var left = "";
        for (var clock = PacedWatch.Start(); clock.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(200))
        {
            left = Here() + There(name);
            if (left.Length == 0)
                break;
        }

        var lockIs = await host.Run($"flock -n {Address}/lock true");
        return (left.Length == 0 ? "" : $"left behind:\n{left}") + (lockIs.Exit == 0 ? "" : "the host is still locked\n");
    }

    string Here() =>
        string.Concat(
            Seen.With(runtime)
                .Select(process => $"  here: {process.Id} {process.Command}\n")
                .Concat(
                    Directory
                        .EnumerateFileSystemEntries(runtime, "*", SearchOption.AllDirectories)
                        .Where(path => path != config)
                        .Select(path => $"  here: {path}\n")
                )
        );

    string There(string name)
    {
        string[] kept = ["lib/configengine/owed", "lib/configengine/holds"];
        return string.Concat(
            Seen.Below(leader)
                .Where(process => !before.Contains(process.Id) && !IsSystem(process.Command) && !Recipe.Wants(process.Command))
                .Select(process => $"  there: {process.Id} {process.Command}\n")
                .Concat(
                    Directory
                        .EnumerateFileSystemEntries($"{root}/var/lib/configengine", "*", SearchOption.AllDirectories)
                        .Concat(
                            Directory
                                .EnumerateFileSystemEntries($"{root}{Address}")
                                .Where(path => Path.GetFileName(path) is not ("lock" or "log" or "phase"))
                        )
                        .Concat(
                            Recipe
                                .Directories(name)
                                .SelectMany(path =>
                                    Directory.EnumerateFileSystemEntries(
                                        $"{root}{path}",
                                        ".cfg.*",
                                        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }
                                    )
                                )
                        )
                        .Concat(Directory.EnumerateFiles($"{root}/tmp", "*cfg*"))
                        .Select(path => path[root.Length..])
                        .Where(path => !kept.Any(path.EndsWith))
                        .Select(path => $"  there: {path}\n")
                )
        );
    }

    /// <summary>What systemd keeps for a user who was logged in a moment ago, and an sshd that was restarted.</summary>
    static bool IsSystem(string command) =>
        command.Contains("systemd", StringComparison.Ordinal)
        || command.StartsWith("(sd-pam)", StringComparison.Ordinal)
        || command.Contains("dbus-daemon", StringComparison.Ordinal)
        || command.Contains("[listener]", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        placed?.Dispose();
        cfg.Dispose();
        Directory.Delete(runtime, recursive: true);
    }
}
