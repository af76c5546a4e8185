using System.Text.Json;

namespace ConfigEngine.Cli.History;

/// <summary>A run, read from its journal.</summary>
/// <param name="Path">The journal's path.</param>
/// <param name="Format">The version of the journal's format.</param>
/// <param name="Started">When it began.</param>
sealed record RecordedRun(string Path, int Format, DateTimeOffset Started)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = RunFiles.IdOf(Path);

    /// <summary>The user who ran it.</summary>
    public required string User { get; init; }

    /// <summary>The recipe's path, as it was given.</summary>
    public required string Recipe { get; init; }

    /// <summary>The directory that the command ran in; null in journals of an older cfg.</summary>
    public string? Directory { get; init; }

    /// <summary>The commit of the git checkout that the recipe was in; null if there was none.</summary>
    public string? Commit { get; init; }

    /// <summary>The digest of the recipe and everything that it loads.</summary>
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

    /// <summary>Whether it is still running.</summary>
    public bool IsRunning { get; set; }

    /// <summary>How many lines could not be read, except the last one, which a killed run may have left incomplete.</summary>
    public int Unreadable { get; set; }

    /// <summary>How it ended, in short.</summary>
    public string Outcome =>
        (Ended, IsRunning) switch
        {
            // The name in format 1.
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

/// <summary>The events on one host.</summary>
/// <param name="name">Its name.</param>
sealed class RecordedHost(string name)
{
    public string Name => name;

    /// <summary>The events, in order.</summary>
    public List<RecordedEvent> Events { get; } = [];

    /// <summary>The planned work that is not done yet: changes, then handlers.</summary>
    public List<string> Open { get; set; } = [];

    /// <summary>The resource in work when the journal's last line was written, and since when.</summary>
    public (string Address, DateTimeOffset Since)? Begun { get; set; }

    /// <summary>Why it stopped; null where it did not.</summary>
    public string? Error { get; set; }

    /// <summary>Whether it stopped because other hosts failed, without an error of its own.</summary>
    public bool IsNotStarted { get; set; }

    /// <summary>Whether the journal has its end.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The changes that were sent to the host and are not known to have ended.</summary>
    public HashSet<string> Sent { get; } = [];

    /// <summary>The changes that ended without success.</summary>
    public Dictionary<string, ChangeReport> Ended { get; } = [];

    /// <summary>The final results, if the run itself wrote them at its end.</summary>
    public IReadOnlyList<ChangeReport>? States { get; set; }

    /// <summary>
    /// The work that was not finished: by the run's own results or, if it was killed, as far as its journal shows.
    /// </summary>
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

/// <summary>An event on a host.</summary>
/// <param name="What">The journal's name for the event.</param>
/// <param name="Address">The resource or the handler; empty if there is none.</param>
/// <param name="Seconds">How long it took; null if it has no duration.</param>
/// <param name="Body">The whole event.</param>
sealed record RecordedEvent(string What, string Address, double? Seconds, JsonElement Body);
