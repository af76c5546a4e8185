namespace ConfigEngine.Model;

/// <summary>How a session becomes another user, once, right after login.</summary>
public sealed record Become
{
    Become(string user) => User = user;

    /// <summary>
    /// sudo to root. If no password is given here, sudo must not need one, or <c>--ask-become-password</c> is used.
    /// </summary>
    public static Become Sudo { get; } = new("root");

    /// <summary>The user to become.</summary>
    public string User { get; private init; }

    /// <summary>
    /// The password that sudo may ask for; asked for on the terminal when null and <c>--ask-become-password</c> is given.
    /// </summary>
    public Secret? Password { get; init; }

    /// <summary>sudo to a user other than root.</summary>
    public static Become To(string user) => new(user);
}
