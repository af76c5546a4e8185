namespace ConfigEngine.Model;

/// <summary>A part of the host that decides who can log in.</summary>
/// <param name="Parts">What it consists of, in the form of <see cref="Risk.Touched"/>.</param>
sealed record Login(IReadOnlyList<string> Parts)
{
    /// <summary>The accounts.</summary>
    public static Login Account { get; } = new(Risk.Accounts);

    /// <summary>The keys of a user.</summary>
    public static Login KeysOf(string user) => new([$"keys={user}"]);
}
