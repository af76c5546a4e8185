using ConfigEngine.Cli.Applying;
using ConfigEngine.Cli.Inspecting;
using ConfigEngine.Cli.Live;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>Applies a recipe to containers that stand in for its hosts, and compares what was planned with what was done.</summary>
sealed class RehearsalRun(RehearsalChoice choice, Terminal terminal, Interrupts interrupts)
{
    readonly Dictionary<string, Container> containers = [];

    /// <summary>Builds, plans, applies, plans again, compares, and takes the containers away.</summary>
    /// <exception cref="UsageException">This machine or the recipe does not allow it.</exception>
    /// <exception cref="RehearsalException">A container does not come up.</exception>
    public async Task<Rehearsal> Run(CancellationToken ct)
    {
        Tools.Check(choice.Outside);
        var recipe = choice.Recipe ?? Recipes.Nearest();
        var beside = Path.Combine(Path.GetDirectoryName(recipe) ?? "", RecordingFolder.Name);
        await using var work = await RecipeRun.Load(
            recipe,
            choice.Run with
            {
                StandIns = choice.Secrets is SecretValues.StandIns ? beside : null,
            },
            Then.Apply,
            terminal,
            ct,
            connector => new RehearsalConnector(connector, host => containers[host].Shell)
        );
        IReadOnlyList<Host> hosts = [.. work.Engine.Hosts.Select(assigned => assigned.Host)];
        if (hosts.Count == 0)
            throw new UsageException(
                $"{work.Recipe.Path} has no block for {choice.Run.On ?? "any host"}"
                    + (
                        work.Recipe.Inventory.IsEmpty
                            ? "\n  hint: it names no hosts; give one a name: --host web1 --system debian:bookworm"
                            : ""
                    )
            );
        using var folder = RunFolder.Make(Path.Combine(Cache, "runs"));
        var roots = await Roots(hosts, new(beside, Path.GetFileNameWithoutExtension(work.Recipe.Path), []), folder, ct);
        await using var network = await Network.Make(hosts, choice.Aliases, folder, terminal, ct);
        try
        {
            await Boot(hosts, roots, network, folder, ct);
            return await Rehearse(work, ct);
        }
        finally
        {
            await Task.WhenAll(containers.Values.Select(container => container.DisposeAsync().AsTask()));
        }
    }

    static string Cache =>
        Local.UserCache.For("rehearsal") ?? throw new UsageException("cfg rehearse keeps containers below HOME, and HOME is not set");

    /// <summary>The root that each host's container begins with.</summary>
    async Task<IReadOnlyDictionary<string, string>> Roots(
        IReadOnlyList<Host> hosts,
        RecordingFolder recordings,
        RunFolder folder,
        CancellationToken ct
    )
    {
        Dictionary<string, string> roots = [];
        foreach (var host in hosts)
        {
            if ((choice.Roots.GetValueOrDefault(host.Name) ?? choice.Roots.GetValueOrDefault("")) is { } given)
                roots[host.Name] = given;
        }

        IReadOnlyList<Host> open = [.. hosts.Where(host => !roots.ContainsKey(host.Name))];
        BaseSystems systems = new(Path.Combine(Cache, "systems"), choice, terminal);
        foreach (var (host, name, because) in await Names(open, recordings, ct))
        {
            var root = roots[host] = await systems.Of(name, folder.Script("base-system.sh"), ct);
            terminal.Say($"{host}: {name}{because}, installed {Ago.Until(terminal.Time)(BaseSystems.Installed(root))}", Ink.Dim);
        }

        return roots;
    }

    /// <summary>The distribution of each host: as told, as recorded, or as it says itself. It is only asked.</summary>
    async Task<IReadOnlyList<(string Host, BaseName Name, string Because)>> Names(
        IReadOnlyList<Host> hosts,
        RecordingFolder recordings,
        CancellationToken ct
    )
    {
        if (choice.System is { } told)
            return [.. hosts.Select(host => (host.Name, told, ""))];
        var files = recordings.Of([.. hosts.Select(host => host.Name)]).ToLookup(file => file.Host, file => file.Path);
        IReadOnlyList<Host> unrecorded = [.. hosts.Where(host => !files[host.Name].Any())];
        if (choice.Secrets is SecretValues.StandIns && unrecorded.FirstOrDefault(host => host.Secrets.Any()) is { } locked)
            throw new UsageException(
                $"{locked.Name}: its distribution is not known, and asking needs its password, of which this has a stand-in\n"
                    + "  hint: name it: --system debian:bookworm; or record the host (cfg record); or use the real one: --real-secrets"
            );
        List<(string Host, BaseName Name, string Because)> names =
        [
            .. hosts
                .Except(unrecorded)
                .Select(host => (host.Name, BaseName.Of(host.Name, recordings.Read(files[host.Name].First()).Facts), ", as recorded")),
        ];
        if (unrecorded.Count > 0)
            names.AddRange(
                await EachHost.Ask(
                    unrecorded,
                    choice.Run,
                    terminal,
                    (host, session) => Task.FromResult((host.Name, BaseName.Of(host.Name, session.Facts), ", as it says")),
                    (_, error) =>
                        throw new UsageException(
                            $"{error.Message}\n  hint: so its distribution is not known; name it: --system debian:bookworm"
                        ),
                    ct
                )
            );
        return names;
    }

    async Task Boot(
        IReadOnlyList<Host> hosts,
        IReadOnlyDictionary<string, string> roots,
        Network network,
        RunFolder folder,
        CancellationToken ct
    )
    {
        Lock gate = new();
        var began = terminal.Time.GetTimestamp();
        terminal.Say($"Booting {Counts.Of(hosts.Count, "container")} …", Ink.Dim);
        await Parallel.ForEachAsync(
            hosts,
            new ParallelOptions { MaxDegreeOfParallelism = choice.Run.Parallel, CancellationToken = ct },
            async (host, stop) =>
            {
                var container = await Container.Boot(host.Name, roots[host.Name], network, choice, folder, terminal, stop);
                lock (gate)
                    containers.Add(host.Name, container);
            }
        );
        terminal.Say($"Up after {Counts.Of(terminal.Time.GetElapsedTime(began))}.", Ink.Dim);
    }

    async Task<Rehearsal> Rehearse(RecipeRun work, CancellationToken ct)
    {
        var plan = await work.Plan(terminal, interrupts, ct);
        choice.Plan?.CheckRecipe(work.Document(plan));
        var report = await Apply(work, plan, ct);
        ct.ThrowIfCancellationRequested();
        var again = await work.Plan(terminal, interrupts, ct);
        var (done, second) = (report.Hosts.ToDictionary(host => host.Host), again.Hosts.ToDictionary(host => host.Host));
        return new(
            work.Recipe.Path,
            [
                .. plan.Hosts.Select(host => new RehearsedHost(host.Host, host.System)
                {
                    Lines = LineOutcome.Of(host, done[host.Host]),
                    Again = [.. Again(second[host.Host])],
                    Errors =
                    [
                        .. done[host.Host].Errors,
                        .. host.Error is null && second[host.Host].Error is { } error ? (CfgException[])[error] : [],
                    ],
                }),
            ]
        )
        {
            Saved = choice.Plan is null ? [] : [.. SavedLines.Of(choice.Plan, done, second)],
        };
    }

    /// <summary>What a second plan changes, except what is done at every apply.</summary>
    static IEnumerable<Change> Again(HostPlan second) =>
        second
            .Planned.Where(planned => planned.Change.Verb is not Verb.Recheck && !planned.Resource.IsRepeated)
            .Select(planned => planned.Change);

    async Task<Report> Apply(RecipeRun work, Plan plan, CancellationToken ct)
    {
        using var stop = work.Begin(plan.Hosts.Select(host => host.Host), terminal, ct);
        await using IApplyProgress progress = terminal.IsLive ? new LiveProgress(terminal, plan) : new LineProgress(terminal);
        interrupts.WhenAsked(() => progress.Print(work.Where(terminal)));
        var report = await work.Engine.Apply(plan, Happened, interrupts.Drain, stop.Token);
        return stop.Reason is { ExitCode: ExitCode.Failed } reason
            ? throw new Watching.RunDeadlineException(reason, stop.Where, terminal.Time)
            : report;

        void Happened(ApplyEvent happened)
        {
            work.Whereabouts.Tell(happened);
            progress.Tell(happened);
        }
    }
}
