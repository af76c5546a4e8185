namespace ConfigEngine.Cli;

/// <summary>The user's state directory (XDG Base Directory Specification).</summary>
static class State
{
    /// <summary>The mode of what cfg makes there: the user's alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where cfg keeps what it must remember.</summary>
    public static string DirectoryFor(Terminal terminal)
    {
        var state = terminal.Variable("XDG_STATE_HOME");
        if (state is null || !Path.IsPathRooted(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "configengine");
    }
}
