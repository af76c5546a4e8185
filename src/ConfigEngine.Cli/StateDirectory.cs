using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>The user's state directory (XDG Base Directory Specification).</summary>
static class StateDirectory
{
    /// <summary>The directory where cfg keeps its own files.</summary>
    public static string For(Terminal terminal)
    {
        var state = terminal.Variable("XDG_STATE_HOME");
        if (state is null || !Path.IsPathRooted(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "configengine");
    }

    /// <summary>Creates a directory there that only the user can enter.</summary>
    /// <exception cref="UntrustedException">Another user can write it, or a directory above it.</exception>
    public static void Make(string directory)
    {
        try
        {
            Trust.Own.MakeDirectory(directory);
        }
        catch (UntrustedException untrusted)
        {
            throw new UntrustedException(directory, untrusted.Why, "set XDG_STATE_HOME to one of yours; sudo -H takes root's");
        }
    }
}
