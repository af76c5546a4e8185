namespace ConfigEngine.Applying;

/// <summary>
/// What is supervised goes on although the shell that waited for it was killed: its end is waited for, and is what counts.
/// </summary>
static class LeftBehind
{
    /// <summary>A shell that was ended by a signal has an exit code above this one.</summary>
    const int Killed = 128;

    /// <summary>
    /// What supervised work came to, and what it said as the error; null where the shell was not killed, or nothing went on.
    /// </summary>
    /// <param name="session">The session, which is still there.</param>
    /// <param name="what">Whose work it is.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="answered">What the shell ended with.</param>
    /// <param name="ct">Gives up.</param>
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
