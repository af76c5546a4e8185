namespace ConfigEngine.Applying;

/// <summary>
/// Supervised work continues although the shell that waited for it was killed. Its end is waited for, and gives the result.
/// </summary>
static class LeftBehind
{
    /// <summary>A shell that was ended by a signal has an exit code above this one.</summary>
    const int Killed = 128;

    /// <summary>
    /// The result of supervised work, with its output as the error; null if the shell was not killed, or no work continued.
    /// </summary>
    /// <param name="session">The session, which is still open.</param>
    /// <param name="what">The resource or handler that the work belongs to.</param>
    /// <param name="deadline">How long the work may take.</param>
    /// <param name="answered">The shell's answer.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<Output?> Of(ISession session, string what, TimeSpan deadline, Output answered, CancellationToken ct)
    {
        if (answered.Exit <= Killed)
            return null;
        var left = await session.Ask(
            new("cfg_left_behind", $"the end of {what}, which goes on although its shell was killed") { Deadline = deadline },
            ct
        );
        return left.Lines is [var exit] ? left with { Exit = Number.Read(exit, "an exit code"), Stdout = default } : null;
    }
}
