using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ConfigEngine.Rendering;

/// <summary>The first line of an apply with <c>--json</c>, and of its journal.</summary>
[Description("The first line: the run begins.")]
sealed record RunStartedDocument
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Always <c>run-started</c>.</summary>
    public string Event { get; init; } = "run-started";

    /// <summary>The version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>The run's id, as <c>cfg history</c> has it.</summary>
    public required string Run { get; init; }

    /// <summary>The version of cfg.</summary>
    public required string Cfg { get; init; }

    /// <summary>The user who runs it.</summary>
    public required string User { get; init; }

    /// <summary>The recipe's path, as it was given.</summary>
    public required string Recipe { get; init; }

    /// <summary>The directory that the command runs in.</summary>
    public required string Directory { get; init; }

    /// <summary>The commit of the git checkout that the recipe is in, with <c>-dirty</c> if tracked files were changed since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Commit { get; init; }

    /// <summary>The digest of the recipe and everything that it loads.</summary>
    public required string Digest { get; init; }

    /// <summary>The hosts, in order of the plan.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The command line.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}

/// <summary>The last line of an apply with <c>--json</c>, and of its journal.</summary>
[Description("The last line: the run ends.")]
sealed record RunEndedDocument
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Always <c>run-ended</c>.</summary>
    public string Event { get; init; } = "run-ended";

    /// <summary>How it ended, in short: <c>done</c>, <c>failed</c>, <c>stopped</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Where hosts were, if the run ended while they were at work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WhereDocument>? Where { get; init; }

    /// <summary>The totals; null if the run was broken off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TotalsDocument? Totals { get; init; }
}

/// <summary>The totals of a run.</summary>
/// <param name="Hosts">How many hosts it was for.</param>
/// <param name="Changes">How many changes were made and verified.</param>
/// <param name="Handlers">How many handlers ran.</param>
/// <param name="NotDone">How many changes and handlers did not end as done.</param>
/// <param name="Failed">How many hosts have an error.</param>
sealed record TotalsDocument(int Hosts, int Changes, int Handlers, int NotDone, int Failed)
{
    /// <summary>The totals of a report.</summary>
    public static TotalsDocument Of(Applying.Report report) =>
        new(
            report.Hosts.Count,
            report.Hosts.Sum(host => host.Done.Count),
            report.Hosts.Sum(host => host.HandlersDone.Count),
            report.Hosts.Sum(host => host.Changes.Count(change => change.State is not Applying.ChangeState.Done)),
            report.Hosts.Count(host => host.Error is not null)
        );
}

/// <summary>What a run waited for on a host.</summary>
/// <param name="Host">The host.</param>
/// <param name="WaitingFor">What it waited for.</param>
/// <param name="Since">Since when.</param>
sealed record WhereDocument(string Host, string WaitingFor, DateTimeOffset Since);
