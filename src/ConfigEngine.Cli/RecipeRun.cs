using System.Security.Cryptography;
using ConfigEngine.Cli.Live;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Cli.Watching;
using ConfigEngine.Rendering;
using ConfigEngine.Scripting;

namespace ConfigEngine.Cli;

/// <summary>A recipe and the hosts that it runs on; shared by plan and apply.</summary>
/// <remarks>Sessions stay open between planning and applying, for as many hosts as a machine can keep open.</remarks>
sealed class RecipeRun(
    LoadedRecipe recipe,
    RunChoice choice,
    IDisposable? connector,
    Whereabouts whereabouts,
    Engine engine,
    Redaction redaction
) : IAsyncDisposable
{
    const int HeldOpen = 200;

    TimeSpan used;

    /// <summary>The recipe.</summary>
    public LoadedRecipe Recipe => recipe;

    /// <summary>The choices on the command line.</summary>
    public RunChoice Choice => choice;

    /// <summary>The progress of every host.</summary>
    public Whereabouts Whereabouts => whereabouts;

    /// <summary>The run.</summary>
    public Engine Engine => engine;

    /// <summary>Its id, which is also in its journal.</summary>
    public required string Id { get; init; }

    /// <summary>Loads the recipe, asks for passwords, and prepares the run.</summary>
    /// <param name="path">The recipe; the nearest infra.csx when null.</param>
    /// <param name="choice">Which hosts and how.</param>
    /// <param name="then">What follows the plan.</param>
    /// <param name="terminal">The terminal that asks for passwords.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="listen">Listens to all sessions; nothing listens when null.</param>
    public static async Task<RecipeRun> Load(
        string? path,
        RunChoice choice,
        Then then,
        Terminal terminal,
        CancellationToken ct,
        Func<IConnector, IConnector>? listen = null
    )
    {
        var recipe = Recipes.Load(path, choice, terminal, ct);
        Whereabouts whereabouts = new(terminal.Time, choice.HostDeadline);
        IDisposable? owned = null;
        IConnector connector;
        Func<HostPlan, PredictedHost?>? predict = null;
        if (choice.Recorded is null)
        {
            // Nothing of ssh is loaded where no host is contacted.
            var reached = await Reach(choice, terminal, ct);
            (owned, connector) = (
                reached.Owned,
                new WatchedConnector(new RedactedConnector(reached.Hosts, terminal.Redaction), whereabouts)
            );
        }
        else
        {
            (connector, predict) = RecordedChoice.Hosts(choice, recipe, terminal);
        }

        var run = ThisRun.Begin(terminal.Time);
        Engine engine = new(
            recipe.Catalog,
            recipe.Inventory,
            listen?.Invoke(connector) ?? connector,
            new()
            {
                On = choice.On,
                Everywhere = choice.Everywhere,
                Only = choice.Only,
                Skip = choice.Skip,
                Parallel = choice.Parallel,
                KeepSessions = then is Then.Apply && recipe.Inventory.Hosts.Count <= HeldOpen,
                Changes = then is Then.Apply,
                Run = run,
                WaitForLock = choice.WaitForLock,
                Say = (host, what) => terminal.Say($"{host}: {what}"),
                OwnBootId = ThisRun.BootId,
                Time = terminal.Time,
                Predict = predict,
            }
        );
        recipe.ReadSecrets(engine.Hosts.Select(assigned => assigned.Host));
        return new(recipe, choice, owned, whereabouts, engine, terminal.Redaction) { Id = run.Id };
    }

    static async Task<(IDisposable Owned, IConnector Hosts)> Reach(RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        var connector = await Connecting.Make(choice, terminal, ct);
        return (connector, connector);
    }

    /// <summary>Plans the hosts, and shows the progress meanwhile.</summary>
    /// <exception cref="RunDeadlineException">It took longer than --deadline allows.</exception>
    public async Task<Plan> Plan(Terminal terminal, Interrupts interrupts, CancellationToken ct)
    {
        var began = terminal.Time.GetTimestamp();
        List<string> hosts = [.. engine.Hosts.Select(host => host.Host.Name)];
        await using var progress = PlanProgress.Start(terminal, hosts);
        using var stop = Begin(hosts, terminal, ct);
        interrupts.WhenAsked(() => progress.Print(Where(terminal)));
        Plan plan;
        try
        {
            plan = await engine.Plan(Planned, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Reason is { ExitCode: ExitCode.Failed } reason)
        {
            throw new RunDeadlineException(reason, stop.Where, terminal.Time);
        }

        used += terminal.Time.GetElapsedTime(began);
        return plan.HasErrors || engine.Choosing.Missed() is not { } missed
            ? plan
            : throw new UsageException(
                $"{missed.Option}: the recipe has no resource \"{missed.Pattern}\" for these hosts\n  hint: "
                    + (
                        missed.Nearest is { } near
                            ? $"did you mean {near}?"
                            : "write an address as plans show it (file /etc/motd), its key (/etc/motd), or a pattern (package *)"
                    )
            );

        void Planned(HostPlan host)
        {
            redaction.Add(host.Secrets);
            whereabouts.Tell(host);
            progress.Done(host);
        }
    }

    /// <summary>Begins a part of the run that counts for --deadline.</summary>
    public RunStop Begin(IEnumerable<string> hosts, Terminal terminal, CancellationToken ct)
    {
        whereabouts.Begin(hosts);
        RunStop stop = new(whereabouts, terminal.Time, ct);
        if (choice.Deadline is { } limit)
            stop.After(limit - used, StopReason.Deadline(limit));
        return stop;
    }

    /// <summary>The progress of every host, for people.</summary>
    public IReadOnlyList<OutputLine> Where(Terminal terminal) =>
        [new("Where every host is:"), .. WhereText.Of(whereabouts.Look(), terminal.Time, terminal.Width)];

    /// <summary>A plan of this run as a document.</summary>
    public PlanDocument Document(Plan plan) =>
        PlanJson
            .Document(
                plan,
                Cfg.Version,
                Cfg.Build,
                RecipeDocument(),
                new()
                {
                    On = choice.On,
                    Host = choice.HostText,
                    Local = choice.Local,
                    Only = choice.Only,
                    Skip = choice.Skip,
                    Become = choice.Becomes,
                }
            )
            .Without(redaction);

    RecipeDocument RecipeDocument() =>
        new()
        {
            Path = recipe.Path,
            Digest = recipe.Digest,
            Files =
            [
                .. recipe.Files.Select(file => new FileDocument(file, Digest(file))),
                .. recipe.LocalFiles.Select(file => new FileDocument(file.Path, file.Digest)),
            ],
        };

    /// <summary>A file's SHA-256 digest; empty where the file cannot be read.</summary>
    public static string Digest(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        whereabouts.Dispose();
        connector?.Dispose();
    }
}

/// <summary>What follows a plan.</summary>
enum Then
{
    /// <summary>Nothing: the plan is only shown.</summary>
    Nothing,

    /// <summary>It is applied.</summary>
    Apply,
}
