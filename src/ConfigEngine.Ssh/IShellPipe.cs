namespace ConfigEngine.Ssh;

/// <summary>
/// The way to a shell on a host: two outputs, one input, an end and a kill. It is a process, or a channel of an ssh connection.
/// Nothing above it knows which.
/// </summary>
interface IShellPipe : IAsyncDisposable
{
    /// <summary>The shell's standard output.</summary>
    Stream Stdout { get; }

    /// <summary>The shell's standard error.</summary>
    Stream Stderr { get; }

    /// <summary>How far its connection came, and its own messages; null if it is not ssh.</summary>
    SshLog? Log { get; }

    /// <summary>
    /// Writes to the shell's standard input, in the order of the calls. After a write that was not completed, nothing more is
    /// written.
    /// </summary>
    /// <exception cref="IOException">The pipe is closed.</exception>
    Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Closes the shell's standard input: a shell ends when it has read everything.</summary>
    void CloseInput();

    /// <summary>The exit code, if it ends within this time.</summary>
    Task<int?> Exited(TimeSpan within);

    /// <summary>Ends it at once, if it has not ended.</summary>
    void Kill();

    /// <summary>A request was answered: the connection works, and its log may be shortened.</summary>
    void Answered();
}
