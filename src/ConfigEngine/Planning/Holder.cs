using System.Globalization;

namespace ConfigEngine.Planning;

/// <summary>The run that has a host's lock, by the note beside the lock.</summary>
/// <param name="By">The user of that run: <c>ann@laptop</c>.</param>
sealed record Holder(string By)
{
    /// <summary>The run's id; null where the note does not say.</summary>
    public string? Run { get; init; }

    /// <summary>When it got the lock; null where the note does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Its current step there: the step's addresses; null before the first one.</summary>
    public string? Step { get; init; }

    /// <summary>The process that runs it, in the form of <see cref="Run.Process"/>.</summary>
    public string Process { get; init; } = "";

    /// <summary>Whether its connection is lost, and only an operation that must not be interrupted continues.</summary>
    public bool IsGone { get; init; }

    /// <summary>The process on the host that finishes such an operation; null where there is none.</summary>
    public int? Supervised { get; init; }

    internal static Holder Read(ILookup<string, string> said) =>
        new(said["who"].FirstOrDefault() ?? throw new UnexpectedOutputException("expected who has the lock, and that is not said"))
        {
            Run = said["run"].FirstOrDefault(),
            Since = said["since"].FirstOrDefault() is { } since ? Time(since) : null,
            Step = said["step"].FirstOrDefault(),
            Process = said["process"].FirstOrDefault() ?? "",
            IsGone = said.Contains("link"),
            Supervised = said["supervised"].FirstOrDefault() is { } pid ? Number.Read(pid, "the number of a process") : null,
        };

    static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new UnexpectedOutputException($"expected since when the lock is taken, got \"{Text.Excerpt(text)}\"");

    /// <summary>The user, the time and the step, as a part of a sentence.</summary>
    public override string ToString() => Sentence(null);

    /// <summary>The same.</summary>
    /// <param name="ago">Says how long ago a time is; only the time is shown when null.</param>
    public string Sentence(Func<DateTimeOffset, string>? ago) =>
        By
        + (Run is null ? "" : $" (run {Run})")
        + (Since is { } since ? $" since {since.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC{(ago is null ? "" : $" ({ago(since)})")}" : "")
        + (Step is null ? "" : $", at {Step}")
        + (
            IsGone
                ? Supervised is { } pid
                    ? $"; its connection is gone, and process {pid} finishes what must not be cut in half"
                    : "; its connection is gone"
                : ""
        );
}
