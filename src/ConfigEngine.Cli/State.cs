using ConfigEngine.Local;

namespace ConfigEngine.Cli;

/// <summary>The user's state directory (XDG Base Directory Specification).</summary>
static class State
{
    /// <summary>Where cfg keeps what it must remember.</summary>
    public static string DirectoryFor(Terminal terminal)
    {
        var state = terminal.Variable("XDG_STATE_HOME");
        if (state is null || !Path.IsPathRooted(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "configengine");
    }

    /// <summary>Makes a directory there, which is the user's alone.</summary>
    /// <exception cref="UntrustedException">Somebody else can write it, or what leads to it.</exception>
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
