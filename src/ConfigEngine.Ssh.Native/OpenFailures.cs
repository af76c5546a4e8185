using Microsoft.Extensions.Logging;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// Notices that a host on the way refused to go on. SSH.NET only closes the port then; the host's answer is in nothing but what it gives
/// to a logger.
/// </summary>
sealed class OpenFailures : ILoggerFactory, ILogger
{
    /// <summary>The reason; null if nothing was refused.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) { }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (
            state is IReadOnlyList<KeyValuePair<string, object?>> values
            && values.Select(value => value.Value).OfType<string>().FirstOrDefault(IsFailure) is { } said
        )
        {
            // RFC 4254, 5.1
            Reason ??= said.EndsWith("#1", StringComparison.Ordinal) ? "it may not (administratively prohibited)" : "connect failed";
        }
    }

    static bool IsFailure(string said) => said.StartsWith("SSH_MSG_CHANNEL_OPEN_FAILURE :", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() { }
}
