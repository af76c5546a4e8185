using System.Text.Json;

namespace ConfigEngine.Cli.History;

/// <summary>A run as its journal tells it.</summary>
/// <param name="Path">The journal.</param>
/// <param name="Format">The version of the journal's format.</param>
/// <param name="Started">When it began.</param>
sealed record RecordedRun(string Path, int Format, DateTimeOffset Started)
{
    /// <summary>What it is called.</summary>
    public string Id { get; } = RunFiles.IdOf(Path);

    /// <summary>Who ran it.</summary>
    public required string User { get; init; }

    /// <summary>The recipe's path, as it was given.</summary>
    public required string Recipe { get; init; }

    /// <summary>The recipe's digest, with all that it loads.</summary>
    public required string Digest { get; init; }

    /// <summary>The command line.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The hosts, in order of the plan.</summary>
    public required IReadOnlyList<RecordedHost> Hosts { get; init; }

    /// <summary>When the last line of the journal was written.</summary>
    public DateTimeOffset Last { get; set; } = Started;

    /// <summary>How it ended, in short; null where the journal has no end.</summary>
    public string? Ended { get; set; }

    /// <summary>The exit code; null where the journal has no end.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Whether it is still going on.</summary>
    public bool IsRunning { get; set; }

    /// <summary>How many lines could not be read, without the last one, which a run that was killed may have left half written.</summary>
    public int Unreadable { get; set; }

    /// <summary>How it ended, in short.</summary>
    public string Outcome =>
        (Ended, IsRunning) switch
        {
            // As format 1 called it.
            ("not everything was done", _) => "failed",
            ({ } ended, _) => ended,
            (null, true) => "running",
            _ => "did not end",
        };

    /// <summary>How many changes were made.</summary>
    public int Changes => Hosts.Sum(host => host.Changes);

    /// <summary>How many handlers ran.</summary>
    public int Handlers => Hosts.Sum(host => host.HandlersDone);

    /// <summary>How many hosts stopped with an error.</summary>
    public int Failed => Hosts.Count(host => host is { Error: not null, IsNotStarted: false });
}

/// <summary>What happened on one host.</summary>
/// <param name="name">Its name.</param>
sealed class RecordedHost(string name)
{
    public string Name => name;

    /// <summary>What happened, in order.</summary>
    public List<RecordedEvent> Events { get; } = [];

    /// <summary>What was meant to be done and is not done yet: changes, then handlers.</summary>
    public List<string> Open { get; set; } = [];

    /// <summary>The resource that was being worked on when the journal's last line was written, and since when.</summary>
    public (string Address, DateTimeOffset Since)? Begun { get; set; }

    /// <summary>Why it stopped; null where it did not.</summary>
    public string? Error { get; set; }

    /// <summary>Whether it stopped because others failed, and has no error of its own.</summary>
    public bool IsNotStarted { get; set; }

    /// <summary>Whether the journal tells its end.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What was sent to the host and is not known to have ended.</summary>
    public HashSet<string> Sent { get; } = [];

    /// <summary>What ended otherwise than done.</summary>
    public Dictionary<string, ChangeReport> Ended { get; } = [];

    /// <summary>What became of everything, where the run itself said it at its end.</summary>
    public IReadOnlyList<ChangeReport>? States { get; set; }

    /// <summary>What did not come to its end: as the run said it, or, where it was killed, as far as its journal tells.</summary>
    public IReadOnlyList<ChangeReport> Left =>
        States is { } told
            ? [.. told.Where(change => change.State is not ChangeState.Done)]
            :
            [
                .. Open.Select(address =>
                    Ended.GetValueOrDefault(address)
                    ?? new(address, Sent.Contains(address) || Begun?.Address == address ? ChangeState.InDoubt : ChangeState.NotBegun)
                ),
            ];

    public int Changes { get; set; }

    public int HandlersDone { get; set; }
}

/// <summary>Something that happened on a host.</summary>
/// <param name="What">What, as the journal calls it.</param>
/// <param name="Address">The resource or the handler; empty where it is about none.</param>
/// <param name="Seconds">How long it took; null where nothing did.</param>
/// <param name="Body">Everything about it.</param>
sealed record RecordedEvent(string What, string Address, double? Seconds, JsonElement Body);
