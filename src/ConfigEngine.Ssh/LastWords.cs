namespace ConfigEngine.Ssh;

/// <summary>
/// The last output of a pipe that carried a session, when it ended: the facts from which a cause can be found.
/// </summary>
/// <param name="Stderr">The end of its standard error; for ssh, also output of jump hosts and of the remote command, and the host's
/// banner.</param>
sealed record LastWords(string Stderr)
{
    /// <summary>How far ssh came, and its own messages; null if the pipe is not ssh.</summary>
    public SshLog? Ssh { get; init; }

    /// <summary>The text on standard output in place of an answer.</summary>
    public string Stdout { get; init; } = "";

    /// <summary>Its exit code; null if it has not ended.</summary>
    public int? Exit { get; init; }

    /// <summary>How long there was no answer, if that is why it was ended; null otherwise.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Whether it printed so much before its first answer that the rest was not read.</summary>
    public bool IsEndless { get; init; }

    /// <summary>ssh's own messages, and then those of others.</summary>
    public string Said => string.Join('\n', ((IEnumerable<string>)[.. Ssh?.Said ?? [], Stderr]).Where(part => part.Length > 0));

    /// <summary>The reason in one line, for a session that was lost.</summary>
    public string Reason =>
        Said is { Length: > 0 } said ? Text.Sentence(said)
        : Exit is { } code ? $"its process ended with exit code {code}"
        : "its output ended";

    /// <summary>All of its output, in the form for a message.</summary>
    public string Printed => Text.Ends(string.Join('\n', ((string[])[Stdout, Stderr]).Where(part => part.Length > 0)));
}
