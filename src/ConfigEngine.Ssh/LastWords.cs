namespace ConfigEngine.Ssh;

/// <summary>What was seen of a process that carried a session, when that ended: what a cause may be told from, and nothing else.</summary>
/// <param name="Stderr">What it complained of last: of ssh, also what jump hosts and the remote command said, and the host's
/// banner.</param>
sealed record LastWords(string Stderr)
{
    /// <summary>What ssh itself wrote down; null where the process is no ssh.</summary>
    public SshLog? Ssh { get; init; }

    /// <summary>What came instead of an answer on standard output.</summary>
    public string Stdout { get; init; } = "";

    /// <summary>How the process ended; null where it did not.</summary>
    public int? Exit { get; init; }

    /// <summary>How long no answer came, where that is why it ended; null otherwise.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Whether it printed so much before its first answer that nobody listens any more.</summary>
    public bool IsEndless { get; init; }

    /// <summary>What ssh said of itself, and then what others said.</summary>
    public string Said => string.Join('\n', ((IEnumerable<string>)[.. Ssh?.Said ?? [], Stderr]).Where(part => part.Length > 0));

    /// <summary>In one line, for a session that was lost.</summary>
    public string Reason =>
        Said is { Length: > 0 } said ? Text.Sentence(said)
        : Exit is { } code ? $"its process ended with exit code {code}"
        : "its output ended";

    /// <summary>All that was printed, as a message shows it.</summary>
    public string Printed => Text.Ends(string.Join('\n', ((string[])[Stdout, Stderr]).Where(part => part.Length > 0)));
}
